"""The clock of referrals on a real database: each step once, after a restart, in two processes, and whatever the
machine's clock does; then another office, and at last the lead."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Unpack

import orjson
import pytest

from services.intake.app import SERVICE
from shared.access import SERVICE_PROVIDER, Owners
from shared.service import Running
from shared.settings import Settings
from shared.work import utc_now
from tests.integration.asking import Asker, asking, issuer
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Hand:
    """A clock that a test moves; each look is a moment later, as with any."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


Start = Callable[[], Running]


@pytest.fixture
async def again(database_of: Callable[[str | Path], Awaitable[str]], hand: Hand) -> AsyncIterator[Start]:
    """Intake in a process more, on the one database, by the same clock; its loops are not started."""
    url, made = await database_of("intake"), []

    def start() -> Running:
        settings: dict[str, Any] = {"database_url": url, "issuer_key": issuer().public_key, "digest_key": "k" * 32}
        made.append(Running(SERVICE, Settings(**settings), hand))
        return made[-1]

    yield start
    for running in made:
        for database in running.pools.values():
            await database.close()


@pytest.fixture
def intake(again: Start) -> Running:
    return again()


@dataclass(frozen=True)
class Clinics:
    """The staff of three offices of health care: two for Pursat, one for its district Bakan alone."""

    a: Asker
    b: Asker
    bakan: Asker

    def of(self, provider: str) -> Asker:
        asker: Asker = getattr(self, provider.removeprefix("clinic-"))
        return asker


def clinic(code: str, **changed: Any) -> dict[str, Any]:
    titles = {"title_en": f"Clinic {code}", "title_km": "មណ្ឌលសុខភាព"}
    return {"office": f"clinic-{code}", "kinds": ["health"], "provinces": ["15"], **titles, **changed}


@pytest.fixture
async def clinics(intake: Running, office: Office) -> AsyncIterator[Clinics]:
    every = [clinic("a", capacity=5), clinic("b"), clinic("bakan", provinces=[], districts=["1501"])]
    kept = await office.lead.post("/offices", {"offices": every})
    assert (kept.status_code, kept.json()["status"]) == (200, "kept"), kept.text
    async with AsyncExitStack() as stack:

        async def enter(**offices: Unpack[Owners]) -> Asker:
            return await stack.enter_async_context(asking(intake, SERVICE_PROVIDER, **offices))

        yield Clinics(
            a=await enter(provider="clinic-a"),
            b=await enter(provider="clinic-b"),
            bakan=await enter(provider="clinic-bakan"),
        )


async def sweep(running: Running) -> None:
    """Let the timers that are due now go off, and those that come of it."""
    while await running.timers.step():
        pass
    assert running.timers.counts["put_off"] == 0


async def referred(asker: Asker, case: str, **changed: Any) -> dict[str, Any]:
    """A referral to a clinic; returns what is shown of it."""
    made = await asker.post(f"/cases/{case}/referrals", {"kind": "health", **changed})
    assert made.status_code == 200, made.text
    shown: dict[str, Any] = (await asker.get(f"/referrals/{made.json()['ids']['code']}")).json()
    return shown


async def told(running: Running, person: str) -> list[str]:
    """Which facts of referrals intake recorded of a person, in order."""
    rows = await running.database.fetch("select type from ledger where subject = $1 order by sequence", person)
    return [fact for row in rows if (fact := row[0].split(".")[2]).startswith("referral-")]


async def listed(asker: Asker, view: str) -> list[tuple[str, str, str | None]]:
    return [
        (each["code"], each["state"], each["escalated"] if view == "lead" else each["reason"])
        for each in (await asker.get("/referrals", view=view)).json()
    ]


async def shown(asker: Asker, code: str) -> dict[str, Any]:
    answer = await asker.get(f"/referrals/{code}")
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


NO_NEEDS = {"needs": ""}


async def test_an_office_is_reminded_the_lead_told_and_another_office_asked(
    office: Office, clinics: Clinics, intake: Running, hand: Hand
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    first = await referred(office.counsellor, case, priority="urgent")
    assert (first["provider"], first["state"]) == ("clinic-bakan", "requested")  # it serves her district
    due = datetime.fromisoformat(first["due_at"])
    assert timedelta() <= hand.now + 3 * DAY - due < HOUR
    await sweep(intake)
    assert await told(intake, person) == ["referral-requested"]

    hand.now += 49 * HOUR
    await sweep(intake)
    assert (await shown(clinics.bakan, first["code"]))["reminded"] == 1
    assert await listed(office.lead, "lead") == []
    hand.now += 24 * HOUR
    await sweep(intake)
    assert await listed(office.lead, "lead") == [(first["code"], "requested", "unanswered")]
    hand.now += 8 * DAY
    await sweep(intake)
    hand.now += 20 * DAY
    await sweep(intake)

    chain = (await office.counsellor.get(f"/referrals/{first['code']}/chain")).json()
    assert [(each["number"], each["state"], each["reason"]) for each in chain] == [
        (1, "re-routed", "unanswered"),
        (2, "requested", None),
    ]
    assert (chain[0]["rerouted_to"], chain[1]["rerouted_from"]) == (chain[1]["code"], chain[0]["code"])
    assert chain[1]["provider"] in ("clinic-a", "clinic-b")
    assert chain[1]["priority"] == "urgent"
    assert await told(intake, person) == [
        "referral-requested",
        "referral-reminded",
        "referral-escalated",
        "referral-reminded",
        "referral-expired",
        "referral-rerouted",
        "referral-requested",
    ]
    assert await listed(office.counsellor, "unanswered") == [(first["code"], "re-routed", "unanswered")]
    assert await listed(office.lead, "lead") == []
    late = await clinics.bakan.post(f"/referrals/{first['code']}/decision", {"decision": "accept"})
    assert (late.status_code, late.json()["allowed"]) == (409, ["completed"])

    taken = await clinics.of(chain[1]["provider"]).post(
        f"/referrals/{chain[1]['code']}/decision", {"decision": "accept"}
    )
    assert taken.json()["status"] == "accepted"
    before = await told(intake, person)
    hand.now += 400 * DAY
    await sweep(intake)
    assert await told(intake, person) == before


async def test_a_step_is_done_once_after_a_restart_and_in_two_processes(
    office: Office, clinics: Clinics, intake: Running, again: Start, hand: Hand
) -> None:
    people = [await registered(office.counsellor, form_no=f"PS-{n:04}", **NO_NEEDS) for n in range(12)]
    for _, case in people:
        await referred(office.counsellor, case)
    hand.now += 11 * DAY
    first, second = again(), again()
    await asyncio.gather(sweep(first), sweep(second))
    assert [await told(intake, person) for person, _ in people] == [["referral-requested", "referral-reminded"]] * 12
    for database in (*first.pools.values(), *second.pools.values()):
        await database.close()
    hand.now += 4 * DAY
    await sweep(again())
    await sweep(intake)
    facts = ["referral-requested", "referral-reminded", "referral-escalated"]
    assert [await told(intake, person) for person, _ in people] == [facts] * 12
    left = await intake.database.fetch("select count(*) from timer where name = 'referral-clock'")
    assert left[0][0] == 12


async def test_a_clock_that_jumps_reminds_once_and_expires_nothing_in_the_same_breath(
    office: Office, clinics: Clinics, intake: Running, hand: Hand
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    await referred(office.counsellor, case)
    true = hand.now
    hand.now += 500 * DAY
    await sweep(intake)
    warned = ["referral-requested", "referral-reminded", "referral-escalated"]
    assert await told(intake, person) == warned
    hand.now = true + HOUR
    await sweep(intake)
    hand.now += 40 * DAY
    await sweep(intake)
    assert await told(intake, person) == warned
    hand.now = true + 501 * DAY + HOUR
    await sweep(intake)
    assert await told(intake, person) == [*warned, "referral-expired", "referral-rerouted", "referral-requested"]
    await sweep(intake)
    assert len(await told(intake, person)) == 6


async def test_a_refusal_asks_the_next_office_and_the_sender_learns_why(
    office: Office, clinics: Clinics, intake: Running
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    asked: list[str] = []
    for _ in range(3):
        seen = await shown(office.counsellor, code)
        asked.append(seen["provider"])
        staff = clinics.of(seen["provider"])
        received = await staff.post(f"/referrals/{code}/receipt", {})
        assert received.json()["status"] == "received"
        assert (await staff.post(f"/referrals/{code}/receipt", {})).json()["status"] == "received"
        assert [each["state"] for each in (await staff.get(f"/providers/{seen['provider']}/referrals")).json()] == [
            "received"
        ]
        refused = await staff.post(f"/referrals/{code}/decision", {"decision": "reject", "reason": "full"})
        assert refused.json()["status"] == "rejected"
        after = await shown(office.counsellor, code)
        code = after["rerouted_to"] or code
    assert asked[0] == "clinic-bakan"
    assert sorted(asked) == ["clinic-a", "clinic-b", "clinic-bakan"]
    last = await shown(office.counsellor, code)
    assert (last["state"], last["escalated"], last["number"]) == ("rejected", "none-left", 3)
    assert await listed(office.lead, "lead") == [(code, "rejected", "none-left")]
    assert [reason for _, _, reason in await listed(office.counsellor, "refused")] == ["full"] * 3
    assert await listed(office.elsewhere, "refused") == []
    assert (await told(intake, person))[-2:] == ["referral-rejected", "referral-escalated"]

    again = await office.lead.post(f"/referrals/{code}/rerouting", {})
    assert (again.status_code, again.json()["type"]) == (409, "urn:reintegration:problem:none-left")
    asked_before = await office.lead.post(f"/referrals/{code}/rerouting", {"office": "clinic-a"})
    assert asked_before.status_code == 422
    far = clinic("far", provinces=["22"])
    await office.lead.post("/offices", {"offices": [far]})
    chosen = await office.lead.post(f"/referrals/{code}/rerouting", {"office": "clinic-far"})
    assert chosen.json()["status"] == "re-routed", chosen.text
    assert (await office.counsellor.post(f"/referrals/{code}/rerouting", {})).status_code == 403
    assert (await shown(office.counsellor, chosen.json()["ids"]["code"]))["provider"] == "clinic-far"
    opened = {each["office"]: each["open"] for each in (await office.counsellor.get("/offices")).json()}
    assert opened == {"clinic-a": 0, "clinic-b": 0, "clinic-bakan": 0, "clinic-far": 1}


async def test_the_lead_need_not_wait_for_the_clock(office: Office, clinics: Clinics, intake: Running) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    assert (await office.lead.post(f"/referrals/{code}/rerouting", {})).json()["status"] == "re-routed"
    assert await told(intake, person) == [
        "referral-requested",
        "referral-expired",
        "referral-rerouted",
        "referral-requested",
    ]
    done = await office.lead.post(f"/referrals/{code}/rerouting", {})
    assert (done.status_code, done.json()["allowed"]) == (409, ["completed"])


async def test_an_office_sees_the_minimum_until_it_accepts(office: Office, clinics: Clinics, intake: Running) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case, office="clinic-a", priority="emergency"))["code"]
    seen = await shown(clinics.a, code)
    assert {name for name, value in seen.items() if value not in (None, 0)} == {
        *("code", "kind", "state", "provider", "priority", "requested_on", "changed_on", "due_at", "number")
    }
    assert not {person, case} & set(map(str, seen.values()))
    early = await clinics.a.get(f"/referrals/{code}/person")
    assert (early.status_code, early.json()["type"]) == (409, "urn:reintegration:problem:not-accepted-yet")
    assert (await clinics.b.get(f"/referrals/{code}")).status_code == 404
    assert (await clinics.b.get(f"/referrals/{code}/person")).status_code == 404
    assert (await clinics.b.post(f"/referrals/{code}/decision", {"decision": "accept"})).status_code == 404
    assert (await clinics.b.get("/providers/clinic-a/referrals")).status_code == 404
    own = await office.counsellor.post(f"/referrals/{code}/decision", {"decision": "accept"})
    assert (own.status_code, own.json()["type"]) == (422, "urn:reintegration:problem:other-office")

    await clinics.a.post(f"/referrals/{code}/decision", {"decision": "accept"})
    assert (await clinics.a.get(f"/referrals/{code}/person")).json() == {
        "code": code,
        "name_km": "គំរូ ស្វាយខៀវ",
        "name_latin": "Kumru Svay Khiev",
        "phone": "+85519000001",
        "phone_owner": "self",
        "language": "km",
        "commune": "150101",
    }
    assert (await office.counsellor.get(f"/referrals/{code}/person")).status_code == 403
    early = await clinics.a.post(f"/referrals/{code}/decision", {"decision": "fail", "reason": "not-come"})
    assert early.json()["status"] == "failed"
    assert (await clinics.a.get(f"/referrals/{code}/person")).status_code == 409
    wrong = await clinics.a.post(f"/referrals/{code}/decision", {"decision": "start"})
    assert (wrong.status_code, wrong.json()["allowed"]) == (409, ["completed"])


async def test_what_others_hear_names_neither_the_need_nor_the_office(
    office: Office, clinics: Clinics, intake: Running
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    for decision in ("accept", "start", "complete"):
        answer = await clinics.bakan.post(f"/referrals/{code}/decision", {"decision": decision})
        assert answer.status_code == 200, answer.text
    rows = await intake.database.fetch(
        "select data from ledger where subject = $1 and type like '%.referral-%' order by sequence", person
    )
    assert [orjson.loads(row[0])["kind"] for row in rows] == ["other-service"] * 4
    assert not any("clinic" in row[0] or "health" in row[0] for row in rows)


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"kind": "shelter"}, 409, "no-office"),
        ({"kind": "health", "office": "clinic-z"}, 422, "no-office"),
        ({"kind": "health", "office": "provider-a"}, 422, "no-office"),
        ({"kind": "course"}, 422, "invalid"),
        ({"kind": "health", "priority": "soon"}, 422, "invalid"),
        ({"kind": "health", "note": "x"}, 422, "invalid"),
    ],
)
async def test_what_cannot_be_referred_is_refused_and_leaves_nothing(
    office: Office, clinics: Clinics, intake: Running, body: dict[str, Any], status: int, problem: str
) -> None:
    _, case = await registered(office.counsellor, **NO_NEEDS)
    refused = await office.counsellor.post(f"/cases/{case}/referrals", body)
    assert refused.status_code == status, refused.text
    if problem != "invalid":
        assert refused.json()["type"].endswith(f":{problem}")
    counted = await intake.database.fetch(
        "select (select count(*) from referral), (select count(*) from timer where name = 'referral-clock')"
    )
    assert tuple(counted[0]) == (0, 0)


async def test_nobody_is_referred_without_consent_nor_twice(office: Office, clinics: Clinics) -> None:
    _, case = await registered(office.counsellor, needs="", consent="messages")
    unasked = await office.counsellor.post(f"/cases/{case}/referrals", {"kind": "health"})
    assert (unasked.status_code, unasked.json()["type"]) == (409, "urn:reintegration:problem:not-agreed")
    _, agreeing = await registered(office.counsellor, form_no="PS-0002", **NO_NEEDS)
    await referred(office.counsellor, agreeing)
    twice = await office.counsellor.post(f"/cases/{agreeing}/referrals", {"kind": "health"})
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:reintegration:problem:already-referred")
    assert (await office.elsewhere.post(f"/cases/{agreeing}/referrals", {"kind": "health"})).status_code == 404


async def test_a_full_office_is_passed_over(office: Office, clinics: Clinics) -> None:
    await office.lead.post("/offices", {"offices": [clinic("b", closed=True), clinic("bakan", closed=True)]})
    codes = []
    for number in range(6):
        _, case = await registered(office.counsellor, form_no=f"PS-{number:04}", **NO_NEEDS)
        answer = await office.counsellor.post(f"/cases/{case}/referrals", {"kind": "health"})
        codes.append(answer.status_code)
    assert codes == [200] * 5 + [409]
