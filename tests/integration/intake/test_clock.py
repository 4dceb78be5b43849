"""The clock of referrals on a real database: each step once, after a restart, in two processes, and whatever the
machine's clock does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.intake.app import SERVICE
from shared.service import Running
from shared.settings import Settings
from shared.work import utc_now
from tests.integration.asking import issuer
from tests.integration.intake.clinics import NO_NEEDS, Clinics, listed, referred, shown, told
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


async def sweep(running: Running) -> None:
    """Let the timers that are due now go off, and those that come of it."""
    while await running.timers.step():
        pass
    assert running.timers.counts["put_off"] == 0


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
