"""Two hands on one field, and one key for two things: both versions are kept, shown to two people, and decided."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.intake.app import SERVICE
from services.intake.domain.conflicts import OPEN_FOR
from shared.access import CENTRE_LEAD, COUNSELLOR
from shared.service import Running
from shared.timers import Timers
from shared.work import utc_now
from tests.integration.asking import Asker, asking
from tests.integration.intake.conftest import Office
from tests.integration.intake.editing import edit, events, shown, taken_up

KEPT = {"name_latin": "Sok Dara", "phone": "019 000 001", "phone_owner": "self", "note": "tall"}


@pytest.fixture
async def colleague(intake: Running) -> AsyncIterator[Asker]:
    """Another counsellor of the same centre."""
    async with asking(intake, COUNSELLOR, centre="pursat") as asker:
        yield asker


@pytest.fixture
async def other_lead(intake: Running) -> AsyncIterator[Asker]:
    """The lead of another centre."""
    async with asking(intake, CENTRE_LEAD, centre="oddar-meanchey") as asker:
        yield asker


async def in_conflict(office: Office, colleague: Asker) -> tuple[str, str]:
    """A person of whom two wrote down another telephone, offline; and the conflict that the second one left."""
    person, _ = await taken_up(office.counsellor, person=KEPT)
    await edit(office.counsellor, f"/persons/{person}", 1, phone="019 000 002", note="very tall")
    told = await edit(
        colleague,
        f"/persons/{person}",
        1,
        202,
        phone="019 000 003",
        sex="male",
        device_time="2026-11-20T08:15:00+07:00",
    )
    assert told["status"] == "conflict"
    return person, told["ids"]["conflict"]


def fields_of(conflict: dict[str, Any]) -> dict[str, tuple[Any, Any, Any]]:
    return {each["field"]: (each["before"], each["kept"], each["submitted"]) for each in conflict["fields"]}


async def test_both_versions_are_kept_and_the_rest_is_merged(office: Office, intake: Running, colleague: Asker) -> None:
    person, conflict = await in_conflict(office, colleague)
    who = await shown(colleague, f"/persons/{person}")
    assert (who["sex"], who["identity"]["phone"], who["identity"]["note"]) == ("male", "+85519000002", "very tall")
    found = await shown(colleague, f"/conflicts/{conflict}")
    assert fields_of(found) == {"phone": ("+85519000001", "+85519000002", "+85519000003")}
    assert (found["sort"], found["record"], found["version"], found["mine"]) == ("person", person, 3, True)
    assert found["device_time"] == "2026-11-20T01:15:00Z"
    assert (await events(intake, person))[-1] == "conflict-found"
    ((data,),) = await intake.database.fetch("select data from ledger where type like '%conflict-found%'")
    assert '"fields":["phone"]' in data
    assert "19000003" not in data


async def test_only_the_submitter_and_the_lead_see_it(office: Office, colleague: Asker, other_lead: Asker) -> None:
    _, conflict = await in_conflict(office, colleague)
    for asker, sees in ((colleague, True), (office.lead, True), (office.counsellor, False), (office.elsewhere, False),
                        (other_lead, False)):  # fmt: skip
        assert (await asker.get(f"/conflicts/{conflict}")).status_code == (200 if sees else 404)
        assert [each["conflict"] for each in (await asker.get("/conflicts")).json()] == ([conflict] if sees else [])
        body = {"choices": {"phone": "kept"}, "based_on": 1}
        answer = await asker.post(f"/conflicts/{conflict}/resolution", body)
        assert answer.status_code == (409 if sees else 404), answer.text
    assert (await office.operator.get("/conflicts")).status_code == 403


async def test_the_lead_decides_for_what_was_submitted(office: Office, intake: Running, colleague: Asker) -> None:
    person, conflict = await in_conflict(office, colleague)
    body = {"choices": {"phone": "submitted"}, "based_on": 3}
    answer = await office.lead.post(f"/conflicts/{conflict}/resolution", body)
    assert (answer.status_code, answer.json()["ids"]["version"]) == (200, "4")
    who = await shown(colleague, f"/persons/{person}")
    assert (who["identity"]["phone"], who["identity"]["phone_owner"]) == ("+85519000003", "self")
    assert (await events(intake, person))[-2:] == ["conflict-settled", "contact-changed"]
    assert (await colleague.get(f"/conflicts/{conflict}")).status_code == 404
    again = await office.lead.post(f"/conflicts/{conflict}/resolution", body)
    assert again.json()["type"].endswith("conflict-settled")
    assert (await intake.database.fetch("select count(*) from sealed"))[0][0] == 0


async def test_a_decision_names_the_version_it_saw(office: Office, colleague: Asker) -> None:
    person, conflict = await in_conflict(office, colleague)
    await edit(office.counsellor, f"/persons/{person}", 3, phone="019 000 004")
    answer = await colleague.post(
        f"/conflicts/{conflict}/resolution", {"choices": {"phone": "submitted"}, "based_on": 3}
    )
    assert (answer.status_code, answer.json()["allowed"]) == (409, ["4"])
    assert (await shown(colleague, f"/conflicts/{conflict}"))["version"] == 4
    for choices in ({}, {"phone": "kept", "note": "kept"}):
        answer = await colleague.post(f"/conflicts/{conflict}/resolution", {"choices": choices, "based_on": 4})
        assert (answer.status_code, answer.json()["allowed"]) == (422, ["phone"])
    kept = {"choices": {"phone": "kept"}, "based_on": 4}
    assert (await colleague.post(f"/conflicts/{conflict}/resolution", kept)).status_code == 200
    assert (await shown(colleague, f"/persons/{person}"))["version"] == 4


async def test_many_hands_at_once_lose_nothing(office: Office, colleague: Asker) -> None:
    person, _ = await taken_up(office.counsellor, person={"name_latin": "Sok"})
    names = [f"Sok {word}" for word in ("Bopha", "Chan", "Dara", "Kosal", "Rith", "Vanna")]
    askers = (office.counsellor, colleague, office.lead) * 2
    answers = await asyncio.gather(
        *(
            asker.patch(f"/persons/{person}", {"based_on": 1, "name_latin": name})
            for asker, name in zip(askers, names, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [202] * 5
    who = await shown(office.lead, f"/persons/{person}")
    waiting = [fields_of(each)["name_latin"] for each in (await office.lead.get("/conflicts")).json()]
    assert {each[:2] for each in waiting} == {("Sok", who["identity"]["name_latin"])}
    assert {who["identity"]["name_latin"], *(each[2] for each in waiting)} == set(names)


async def test_the_same_request_again_is_one_conflict(office: Office, colleague: Asker) -> None:
    person, _ = await taken_up(office.counsellor, person=KEPT)
    await edit(office.counsellor, f"/persons/{person}", 1, note="very tall")
    body = {"based_on": 1, "note": "short"}
    first, second = [await colleague.patch(f"/persons/{person}", body, "the-same-key") for _ in range(2)]
    assert (first.status_code, second.status_code, first.json()) == (202, 202, second.json())
    assert len((await colleague.get("/conflicts")).json()) == 1


async def test_a_cases_fields_are_in_conflict_too(office: Office, colleague: Asker) -> None:
    _, case = await taken_up(office.counsellor, case={"debt_usd": 500, "broker": "Mr Example"})
    await edit(office.counsellor, f"/cases/{case}", 1, debt_usd=700, broker="Ms Example")
    told = await edit(colleague, f"/cases/{case}", 1, 202, debt_usd=900, broker=None, work_years=4)
    found = await shown(office.lead, f"/conflicts/{told['ids']['conflict']}")
    assert fields_of(found) == {"debt_usd": (500, 700, 900), "broker": ("Mr Example", "Ms Example", None)}
    choices = {"debt_usd": "submitted", "broker": "kept"}
    await office.lead.post(
        f"/conflicts/{found['conflict']}/resolution", {"choices": choices, "based_on": found["version"]}
    )
    file = await shown(colleague, f"/cases/{case}")
    assert (file["debt_usd"], file["broker"], file["work_years"]) == (900, "Ms Example", 4)


class Moved:
    """A clock that stands so far ahead."""

    def __init__(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


async def fire(intake: Running, ahead: timedelta) -> None:
    timers = Timers("intake", SERVICE.handlers, SERVICE.kinds, intake.database, Moved(ahead), lambda: None)
    while await timers.step():
        pass


async def test_a_conflict_expires_and_what_stood_in_it_is_gone(
    office: Office, intake: Running, colleague: Asker
) -> None:
    person, conflict = await in_conflict(office, colleague)
    await colleague.post("/persons", {"person": {"name_latin": "Chan"}}, "a-device-key")
    await colleague.post("/persons", {"person": {"name_latin": "Vanna"}}, "a-device-key")
    await fire(intake, OPEN_FOR - timedelta(minutes=5))
    assert (await colleague.get(f"/conflicts/{conflict}")).status_code == 200
    await fire(intake, OPEN_FOR + timedelta(minutes=5))
    assert (await colleague.get("/conflicts")).json() == []
    assert (await intake.database.fetch("select count(*) from sealed"))[0][0] == 0
    assert (await events(intake, person))[-1] == "conflict-settled"
    states = await intake.database.fetch("select sort, state from conflict order by sort")
    assert [tuple(row) for row in states] == [("person", "expired"), ("request", "expired")]
    assert (await shown(colleague, f"/persons/{person}"))["identity"]["phone"] == "+85519000002"


async def test_a_decided_conflict_does_not_expire(office: Office, intake: Running, colleague: Asker) -> None:
    _, conflict = await in_conflict(office, colleague)
    await colleague.post(f"/conflicts/{conflict}/resolution", {"choices": {"phone": "kept"}, "based_on": 3})
    await fire(intake, OPEN_FOR * 2)
    assert (await intake.database.fetch("select state from conflict"))[0][0] == "resolved"


async def test_a_key_with_other_content_is_refused_and_kept(office: Office, intake: Running, colleague: Asker) -> None:
    key = "one-key-for-two"
    first = await colleague.post("/persons", {"person": {"name_latin": "Chan"}}, key)
    other = {"person": {"name_latin": "Vanna"}, "device_time": "2026-11-20T08:15:00+07:00"}
    refused = [await colleague.post("/persons", other, key) for _ in range(3)]
    assert {answer.status_code for answer in refused} == {422}
    assert {answer.json()["type"] for answer in refused} == {"urn:reintegration:problem:key-reused"}
    (where,) = {answer.headers["location"] for answer in refused}
    kept = await shown(colleague, where)
    assert (kept["sort"], kept["person"], kept["fields"]) == ("request", None, [])
    assert kept["request"] == {"method": "POST", "path": "/persons", "body": other}
    assert (await office.lead.get(where)).status_code == 200
    assert (await office.counsellor.get(where)).status_code == 404
    assert (await office.elsewhere.get(where)).status_code == 404
    assert (await colleague.post("/persons", {"person": {"name_latin": "Chan"}}, key)).json() == first.json()
    assert len(await intake.database.fetch("select 1 from conflict")) == 1
    await office.lead.post(f"{where}/resolution", {})
    assert (await colleague.get(where)).status_code == 404
    assert (await intake.database.fetch("select count(*) from sealed"))[0][0] == 0


async def test_a_form_under_a_used_key_is_kept_too(office: Office, intake: Running) -> None:
    rows = [{"line": 1, "fields": {"form_no": "1", "name_latin": "Chan", "sex": "male", "commune": "150101"}}]
    await office.counsellor.post("/registrations", {"rows": rows}, "a-form-key")
    rows[0]["fields"] = {**rows[0]["fields"], "form_no": "2"}  # type: ignore[dict-item]
    refused = await office.counsellor.post("/registrations", {"rows": rows}, "a-form-key")
    kept = await shown(office.counsellor, refused.headers["location"])
    assert kept["request"]["body"] == {"rows": rows}


async def test_what_comes_from_no_centre_is_refused_and_not_kept(office: Office, intake: Running) -> None:
    for title in ("Masonry", "Brickwork"):
        offer = {"course": "a", "provider": "p", "title_en": title, "title_km": "ជាងសំណង់"}
        answer = await office.operator.post("/offers", {"offers": [offer]}, "operators-key")
    assert answer.json()["type"].endswith("key-reused")
    assert await intake.database.fetch("select 1 from conflict") == []


async def test_what_is_personal_stands_in_the_identity_store_and_nowhere_else(
    office: Office, intake: Running, colleague: Asker
) -> None:
    said = {
        "person": {
            "name_latin": "Kumru Khiev",
            "phone": "019 000 001",
            "phone_owner": "self",
            "birth_date": "1990-05-12",
            "outside_ids": {"oscar": "CANARY-7"},
            "address": "Canary lane",
            "note": "canary note",
        },
        "case": {"broker": "Canary Broker"},
        "household": [{"relation": "child", "name": "Kumru Toch"}],
    }
    person, case = await taken_up(office.counsellor, **said)
    await edit(office.counsellor, f"/persons/{person}", 1, address="Canary street")
    await edit(colleague, f"/persons/{person}", 1, 202, address="Canary alley")
    await edit(office.counsellor, f"/cases/{case}", 1, broker="Canary Agent")
    await edit(colleague, f"/cases/{case}", 1, 202, broker="Canary Uncle")
    for alone in (False, True):
        await colleague.post("/persons", {**said, "alone": alone}, "one-device-key")
    canaries = ("Kumru", "19000001", "1990-05-12", "CANARY-7", "Canary", "canary note")
    holding = set()
    for (table,) in await intake.database.fetch("select tablename from pg_tables where schemaname = 'public'"):
        rows = await intake.database.fetch(f'select row_to_json(each)::text from "{table}" as each')
        if any(canary in row[0] for row in rows for canary in canaries):
            holding.add(table)
    assert holding == {"identity", "sealed", "change"}
    waiting = (await office.lead.get("/conflicts")).json()
    assert [each["sort"] for each in waiting] == ["person", "case", "request"]
