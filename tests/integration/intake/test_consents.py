"""Consent on real servers: its history, its end by withdrawal or by itself, and that every holder confirms the end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR
from shared.events.confirming import ConfirmedByEmployment, ConfirmedByNotifications, ConfirmedByTraining
from shared.scraping import Scrape
from shared.service import Running
from tests.integration.asking import Asker, asking, issuer
from tests.integration.core.speaking import speak
from tests.integration.intake.clocked import Clock, clocked, fire
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import case_of, handled, registered, told

WITNESS = "លោក សាក្សី គំរូ"
OF_PERSON = "select type, data::text as data, id::text from ledger where subject = $1 order by position"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def timed(database_of: Callable[[str | Path], Awaitable[str]], clock: Clock) -> AsyncIterator[Running]:
    async with clocked(await database_of("intake"), clock) as running:
        yield running


async def facts(running: Running, person: str) -> list[str]:
    return [row["type"].split(".")[2] for row in await running.database.fetch(OF_PERSON, person)]


async def consents_of(asker: Asker, person: str) -> dict[str, dict[str, Any]]:
    answer = await asker.get(f"/persons/{person}/consents")
    assert answer.status_code == 200, answer.text
    return {each["purpose"]: each for each in reversed(answer.json())}


async def test_a_spoken_consent_names_its_witness_to_the_own_centre_alone(office: Office, intake: Running) -> None:
    person, _ = await registered(office.counsellor, consent="services", consent_given="signed")
    body = {"purposes": ["employment", "messages"], "given": "spoken", "witness": f" {WITNESS} "}
    assert (await office.counsellor.post(f"/persons/{person}/consents", body)).status_code == 200
    shown = await consents_of(office.counsellor, person)
    assert {purpose: (each["given"], each["witness"]) for purpose, each in shown.items()} == {
        "services": ("signed", None),
        "employment": ("spoken", WITNESS),
        "messages": ("spoken", WITNESS),
    }
    assert (await office.elsewhere.get(f"/persons/{person}/consents")).status_code == 404
    for table in ("ledger", "ended_consent", "person", "command", "timer"):
        rows = await intake.database.fetch(f"select to_jsonb(t)::text from {table} t")
        assert not any(WITNESS in row[0] for row in rows), table
    torn = await office.counsellor.post(f"/persons/{person}/consents", {**body, "witness": "a\u0007b"})
    assert torn.status_code == 422


async def test_every_holder_confirms_a_withdrawal_and_she_can_agree_again(
    running: Callable[..., Awaitable[Running]], kafka: str, topics: str
) -> None:
    intake = await running("intake", issuer_key=issuer().public_key)
    async with asking(intake, COUNSELLOR, centre="pursat") as counsellor, asking(intake, OPERATOR) as operator:
        person, case = await registered(counsellor, needs="legal-aid")
        answer = await counsellor.delete(f"/persons/{person}/consents/services")
        assert answer.status_code == 200, answer.text
        recorded = await intake.database.fetch(OF_PERSON, person)
        *_, taken_back, withdrawn = recorded
        assert taken_back["type"] == "reintegration.intake.referral-withdrawn.v1"
        assert withdrawn["type"] == "reintegration.intake.consent-withdrawn.v1"
        (waiting,) = (await operator.get("/consents/unconfirmed")).json()
        assert (waiting["person"], waiting["purpose"], waiting["how"], waiting["late"]) == (
            person,
            "services",
            "withdrawn",
            False,
        )
        assert (await operator.get("/consents/unconfirmed", late=True)).json() == []
        named = {"withdrawal": withdrawn["id"], "purpose": "services", "consent": waiting["consent"]}
        confirmed = told(
            person,
            case,
            ConfirmedByTraining(**named),
            ConfirmedByEmployment(**named),
            ConfirmedByNotifications(**named),
        )
        await speak(kafka, topics, confirmed[:2])
        await handled(intake, 2)
        (waiting,) = (await operator.get("/consents/unconfirmed")).json()
        assert waiting["waiting"] == ["notifications"]
        await speak(kafka, topics, [*confirmed, *confirmed])
        await handled(intake, 8)
        assert (await operator.get("/consents/unconfirmed")).json() == []
        ended = (await consents_of(counsellor, person))["services"]["ended"]
        assert sorted(ended["confirmed"]) == ["employment", "notifications", "training"]

        body = {"purposes": ["services"], "given": "signed"}
        assert (await counsellor.post(f"/persons/{person}/consents", body)).status_code == 200
        again = await counsellor.post(f"/cases/{case}/plan", {})
        assert again.status_code == 200, again.text
        assert sorted(each["state"] for each in (await case_of(counsellor, case))["referrals"]) == [
            "requested",
            "withdrawn",
        ]
        timeline = (await counsellor.get(f"/persons/{person}/timeline")).json()["events"]
        places = {each["id"]: place for place, each in enumerate(timeline)}
        assert sum(each["fact"] == "withdrawal-confirmed" for each in timeline) == 3
        assert all(
            places[each["data"]["withdrawal"]] < places[each["id"]]
            for each in timeline
            if each["fact"] == "withdrawal-confirmed"
        )


async def test_a_consent_ends_on_its_day_and_takes_its_referrals_along(timed: Running, clock: Clock) -> None:
    async with asking(timed, COUNSELLOR, centre="pursat") as counsellor:
        person, case = await registered(counsellor, needs="legal-aid", consent="", consent_given="")
        body = {"purposes": ["services", "messages"], "given": "signed", "expires": "2026-11-25"}
        assert (await counsellor.post(f"/persons/{person}/consents", body)).status_code == 200
        kept = {"purposes": ["messages"], "given": "signed", "expires": "2027-11-25"}
        assert (await counsellor.post(f"/persons/{person}/consents", kept)).status_code == 200
        assert (await counsellor.post(f"/cases/{case}/plan", {})).status_code == 200
        clock.now = datetime(2026, 11, 25, 16, 59, tzinfo=UTC)  # her last day, in Cambodia, has a minute left
        await fire(timed)
        assert "consent-withdrawn" not in await facts(timed, person)
        clock.now += timedelta(minutes=1)
        await fire(timed)
        assert (await facts(timed, person))[-2:] == ["referral-withdrawn", "consent-withdrawn"]
        (referral,) = (await case_of(counsellor, case))["referrals"]
        assert (referral["state"], referral["reason"]) == ("withdrawn", "consent-expired")
        shown = (await counsellor.get(f"/persons/{person}/consents")).json()
        assert [(each["purpose"], each["ended"] and each["ended"]["how"]) for each in shown] == [
            ("messages", None),
            ("services", "expired"),
            ("messages", "replaced"),
        ]
        assert (await counsellor.post(f"/cases/{case}/plan", {})).status_code == 200
        unmet = (await case_of(counsellor, case))["plan"]["unmet"]
        assert unmet["legal-assistance"]["reason"] == "no-consent"


async def test_who_does_not_confirm_in_time_is_late_and_counted(timed: Running, clock: Clock) -> None:
    async with (
        asking(timed, COUNSELLOR, centre="pursat") as counsellor,
        asking(timed, CENTRE_LEAD, centre="pursat") as lead,
        asking(timed, CENTRE_LEAD, centre="preah-vihear") as other,
    ):
        person, _ = await registered(counsellor)
        assert (await counsellor.delete(f"/persons/{person}/consents/messages")).status_code == 200
        await fire(timed)
        assert (await lead.get("/consents/unconfirmed", late=True)).json() == []
        clock.now += timedelta(hours=1)
        await fire(timed)
        (late,) = (await lead.get("/consents/unconfirmed", late=True)).json()
        assert (late["person"], late["waiting"]) == (person, ["training", "employment", "notifications"])
        assert (await other.get("/consents/unconfirmed")).json() == []
        assert (await counsellor.get("/consents/unconfirmed")).status_code == 403
        assert (await timed.database.fetch("select late from ended_consent"))[0][0]
        page = bytes((await Scrape(timed).page()).body).decode()
        for holder in late["waiting"]:
            assert f'reintegration_withdrawals_unconfirmed{{holder="{holder}"}} 1.0' in page
