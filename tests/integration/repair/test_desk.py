"""An operator sees why an event is parked and what waits behind it, and corrects, replays or drops it, on record."""

import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from shared.access import COUNSELLOR, OPERATOR, DevelopmentIssuer
from shared.events.intake import ReferralRequested
from shared.http import application
from shared.service import Running
from tests.integration.core.speaking import person, record, speak
from tests.integration.core.test_unreadable import speak_together
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
SECRET = "made-up-name-of-somebody"


class Desk:
    def __init__(self, client: httpx.AsyncClient, issuer: DevelopmentIssuer) -> None:
        self.client, self.issuer = client, issuer

    async def get(self, path: str, *roles: str, **parameters: Any) -> httpx.Response:
        token = self.issuer.token("rith", roles or [OPERATOR], centre="pursat")
        return await self.client.get(path, headers={"Authorization": f"Bearer {token}"}, params=parameters)

    async def post(self, path: str, body: Any) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self.issuer.token('rith', [OPERATOR])}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        return await self.client.post(path, json=body, headers=headers)


@pytest.fixture
async def training(running: Start, tmp_path: Any) -> Running:
    return await running("training", issuer_key=DevelopmentIssuer(tmp_path / "issuer").public_key)


@pytest.fixture
async def desk(training: Running, tmp_path: Any) -> AsyncIterator[Desk]:
    transport = httpx.ASGITransport(application(training))
    async with httpx.AsyncClient(transport=transport, base_url="http://training") as client:
        yield Desk(client, DevelopmentIssuer(tmp_path / "issuer"))


def requested(who: str, sequence: int, code: str) -> Any:
    data = ReferralRequested(
        referral=str(uuid.uuid4()), code=code, kind="prior-learning", provider="provider-a", occupation="7212"
    )
    return record(who, sequence, data)


def broken(who: str, sequence: int) -> Any:
    good = requested(who, sequence, "1111-1111-1111")
    data = json.loads(good.value)
    return record(who, sequence, json.dumps({**data, "code": SECRET}).encode(), type=ReferralRequested.type)


async def test_correct_and_replay_keep_the_order_and_everything_is_on_record(
    kafka: str, topics: str, training: Running, desk: Desk
) -> None:
    who, other = person(), person()
    await speak(kafka, topics, [broken(who, 1), requested(who, 2, "2222-2222-2222"), broken(other, 1)])
    await until(lambda: training.consumer.counts["parked"] == 3)

    listed = (await desk.get("/parked", person=who)).json()
    assert listed["counts"] == {"contract": 2, "behind-parked": 1}
    assert [(each["reason"], each["sequence"]) for each in listed["parked"]] == [("contract", 1), ("behind-parked", 2)]
    number, behind = [each["number"] for each in listed["parked"]]
    shown = await desk.get(f"/parked/{number}")
    assert shown.json()["data"] is None
    assert shown.json()["record"]["detail"].startswith("code: ")
    assert shown.json()["record"]["words"] == "The data do not meet the contract."
    assert "contract" in shown.json()["record"]["words_km"]
    (wrong,) = shown.json()["faults"]
    assert (wrong["field"], wrong["reason"]) == ("code", "not-a-referral-code")
    assert wrong["fix"].startswith("Copy the referral code")
    assert wrong["fix_km"].startswith("សូមចម្លងកូដបញ្ជូន")
    assert [each["number"] for each in shown.json()["behind"]] == [behind]
    assert SECRET not in shown.text
    assert (await desk.get(f"/parked/{behind}")).json()["data"]["code"] == "2222-2222-2222"
    assert (await desk.get("/parked", COUNSELLOR)).status_code == 403
    assert (await desk.get("/parked", person=who.upper())).status_code == 422

    why = {"why": "the sheet had a name in the code's column"}
    again = (await desk.post(f"/parked/{number}/replay", why)).json()
    assert again["ids"] == {"applied": "0", "waiting": "2"}
    for fields, wrong in (({"code": "x"}, "code"), ({"kode": 1}, "kode"), ({"ce_subject": other}, "ce_subject")):
        refused = await desk.post(f"/parked/{number}/correct", {**why, "fields": fields})
        assert refused.status_code == 422
        assert SECRET not in refused.text
        if wrong != "kode":  # the first fault is the code's, as long as that is wrong
            assert refused.json()["errors"][0]["field"] == wrong
    done = await desk.post(f"/parked/{number}/correct", {**why, "fields": {"code": "1111-1111-1111"}})
    assert done.json()["status"] == "corrected", done.text
    again = (await desk.post(f"/parked/{number}/replay", why)).json()
    assert again["ids"] == {"applied": "2", "waiting": "0"}

    heard = await training.database.fetch("select code from referral where person = $1 order by code", who)
    assert [row[0] for row in heard] == ["1111-1111-1111", "2222-2222-2222"]
    actions = (await desk.get(f"/parked/{number}")).json()["actions"]
    assert [(each["action"], each["done_by"], each["fields"]) for each in actions] == [
        ("replayed", "rith", []),
        ("corrected", "rith", ["code"]),
        ("replayed", "rith", []),
    ]
    kept = await training.database.fetch("select value from repair where value is not null")
    assert SECRET.encode() in kept[0][0], "the record's own bytes stay"
    assert (await desk.post(f"/parked/{number}/replay", why)).status_code == 409


async def test_what_waits_behind_a_dropped_event_goes_on(
    kafka: str, topics: str, training: Running, desk: Desk
) -> None:
    who = person()
    await speak(kafka, topics, [broken(who, 1), requested(who, 2, "3333-3333-3333")])
    await until(lambda: training.consumer.counts["parked"] == 2)
    (number, _) = [each["number"] for each in (await desk.get("/parked")).json()["parked"]]
    assert (await desk.post(f"/parked/{number}/drop", {"why": "sent twice"})).status_code == 422
    done = (await desk.post(f"/parked/{number}/drop", {"why": "sent twice", "code": "duplicate"})).json()
    assert done["status"] == "dropped"
    assert done["ids"].keys() == {"applied", "waiting", "told"}
    assert (done["ids"]["applied"], done["ids"]["waiting"]) == ("1", "0")
    heard = await training.database.fetch("select code from referral where person = $1", who)
    assert [row[0] for row in heard] == ["3333-3333-3333"]
    dropped = (await desk.get("/parked", state="dropped")).json()["parked"]
    assert [(each["number"], each["settled_by"]) for each in dropped] == [(number, "rith")]
    assert (await desk.get("/parked/999")).status_code == 404


async def test_a_record_that_names_nobody_is_corrected_by_naming_her(
    kafka: str, topics: str, training: Running, desk: Desk
) -> None:
    who = person()
    good = requested(who, 1, "4444-4444-4444")
    await speak(kafka, topics, [replace(good, key=b"nobody")])
    await until(lambda: training.consumer.counts["parked"] == 1)
    (each,) = (await desk.get("/parked")).json()["parked"]
    assert (each["person"], each["reason"]) == (None, "wrong-key")
    shown = (await desk.get(f"/parked/{each['number']}")).json()
    assert [fault["field"] for fault in shown["faults"]] == ["ce_subject"]
    body = {"why": "the case says so", "fields": {"ce_subject": who}}
    done = await desk.post(f"/parked/{each['number']}/correct", body)
    assert done.json()["status"] == "corrected", done.text
    assert (await desk.get("/parked", person=who)).json()["parked"][0]["reason"] == "corrected"
    again = (await desk.post(f"/parked/{each['number']}/replay", {"why": "corrected"})).json()
    assert again["ids"] == {"applied": "1", "waiting": "0"}
    heard = await training.database.fetch("select code from referral where person = $1", who)
    assert [row[0] for row in heard] == ["4444-4444-4444"]


async def test_a_batch_that_cannot_be_read_is_shown_by_its_place_and_dropped(
    kafka: str, topics: str, training: Running, desk: Desk
) -> None:
    spoken = [requested(person(), 1, f"5555-5555-555{n}") for n in range(3)]
    await speak_together(kafka, topics + "intake", spoken, bad=0)
    await until(lambda: training.consumer.counts["parked"] == 1)
    (each,) = (await desk.get("/parked", reason="unreadable")).json()["parked"]
    assert (each["offset"], each["last_offset"], each["owner"]) == (0, 2, "intake")
    shown = await desk.get(f"/parked/{each['number']}")
    assert (shown.json()["data"], shown.json()["faults"]) == (None, [])
    assert "5555-5555" not in shown.text
    path = f"/parked/{each['number']}"
    why = {"why": "its owner tells it again"}
    assert (await desk.post(f"{path}/correct", {**why, "fields": {"data": {}}})).status_code == 409
    assert (await desk.post(f"{path}/replay", why)).json()["ids"] == {"applied": "0", "waiting": "1"}
    assert (await desk.post(f"{path}/drop", {**why, "code": "unreadable"})).json()["status"] == "dropped"
    (told,) = await training.database.fetch("select data::jsonb ->> 'last_offset' from ledger")
    assert told[0] == "2"
