"""What other services tell moves referrals, and a placement closes the loop, whatever comes first or twice."""

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from shared.events.decoding import KeptRecord
from shared.events.envelope import Contract
from shared.events.training import PriorLearningDecided, SeatRefused, SeatReserved
from shared.service import Running
from shared.work import new_id
from tests.integration.asking import Asker, issuer
from tests.integration.core.speaking import attributes_of, id_of, listen, speak
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import (
    CANARIES,
    case_of,
    delivered,
    handled,
    id_of_code,
    placed,
    referral_of,
    registered,
    sent,
    shuffled,
    told,
    trained,
)

pytestmark = pytest.mark.usefixtures("offered")


@pytest.fixture
async def intake(running: Callable[..., Awaitable[Running]]) -> Running:
    """The whole service."""
    return await running("intake", issuer_key=issuer().public_key)


async def states(asker: Asker, case: str) -> dict[str, tuple[str, str | None]]:
    referrals = (await case_of(asker, case))["referrals"]
    return {each["kind"]: (each["state"], each["outcome"] or each["reason"]) for each in referrals}


async def journey(running: Running, asker: Asker, number: int) -> tuple[str, str, list[KeptRecord]]:
    """A registered person with everything that others are going to tell of her."""
    person, case = await registered(asker, form_no=f"PS-{number:04}")
    course = await referral_of(asker, case, "course")
    facts: Sequence[Contract] = [
        *trained(await id_of_code(running, course["code"]), course["code"]),
        *placed(),
        *delivered(new_id()),
    ]
    return person, case, told(person, case, *facts)


async def test_the_whole_way_ends_in_a_referral_to_the_fund(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case, records = await journey(intake, office.counsellor, 1)
    await speak(kafka, topics, records)
    await handled(intake, len(records))
    assert await states(office.counsellor, case) == {
        "course": ("completed", "passed"),
        "employment": ("completed", "placed"),
        "social-protection": ("requested", None),
    }
    shown = await case_of(office.counsellor, case)
    assert (shown["placement"]["employer"], shown["placement"]["starts"]) == ("lotus-works", "2026-12-01")
    # The other schemes are asked by a timer, before or after this look.
    answers = [(each["outcome"], each["rule"]) for each in shown["evaluations"] if each["scheme"] == "nssf"]
    assert answers == [("eligible", "nssf-employees-1")]
    assert (await office.counsellor.get(f"/persons/{person}")).json()["skills"] == ["bricklaying", "plastering"]

    (waiting,) = (await office.officer.get("/schemes/nssf/referrals")).json()
    code = waiting["code"]
    accepted = await office.officer.post(f"/referrals/{code}/decision", {"decision": "accept"})
    assert accepted.json()["status"] == "accepted"
    done = await office.officer.post(f"/referrals/{code}/decision", {"decision": "complete"})
    assert done.json()["status"] == "completed"
    late = await office.officer.post(f"/referrals/{code}/decision", {"decision": "reject", "reason": "other"})
    assert late.status_code == 409

    timeline = (await office.counsellor.get(f"/persons/{person}/timeline")).json()["events"]
    facts = [(event["owner"], event["fact"]) for event in timeline]
    assert len(facts) == len({event["id"] for event in timeline})
    for cause, effect in (
        (("training", "seat-reserved"), ("intake", "referral-accepted")),
        (("training", "completion-recorded"), ("intake", "referral-completed")),
        (("employment", "placement-confirmed"), ("intake", "referral-requested")),
    ):
        assert facts.index(cause) < max(place for place, fact in enumerate(facts) if fact == effect)
    by_id = {event["id"]: place for place, event in enumerate(timeline)}
    assert all(by_id[event["causation"]] < by_id[event["id"]] for event in timeline if event["causation"] in by_id)
    assert sum(event["causation"] in by_id for event in timeline) >= 4
    requested = next(e for e in timeline if e["fact"] == "referral-requested" and e["data"].get("scheme") == "nssf")
    confirmed = next(e for e in timeline if e["fact"] == "placement-confirmed")
    assert (requested["causation"], requested["correlation"]) == (confirmed["id"], confirmed["correlation"])


async def test_a_refusal_is_told_with_its_reason(office: Office, intake: Running, kafka: str, topics: str) -> None:
    person, case = await registered(office.counsellor, needs="training;recognition")
    course = await referral_of(office.counsellor, case, "course")
    prior = await referral_of(office.counsellor, case, "prior-learning")
    ids = [await id_of_code(intake, each["code"]) for each in (course, prior)]
    records = told(
        person,
        case,
        SeatRefused(referral=ids[0], code=course["code"], course="masonry-a", reason="full"),
        PriorLearningDecided(
            application=ids[1],
            referral=ids[1],
            code=prior["code"],
            occupation="7112",
            decision="partly-recognised",
            skills=("bricklaying",),
        ),
        PriorLearningDecided(application=new_id(), occupation="7112", decision="not-yet"),
    )
    await speak(kafka, topics, records)
    await handled(intake, 3)
    assert await states(office.counsellor, case) == {
        "course": ("rejected", "full"),
        "prior-learning": ("completed", "partly-recognised"),
    }
    again = await office.counsellor.post(f"/cases/{case}/plan", {})
    assert again.status_code == 200
    assert (await case_of(office.counsellor, case))["plan"]["unmet"]["course"]["reason"] == "no-offer"


async def test_each_thrice_and_owners_in_any_order_end_in_the_same_facts(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    chance = random.Random(7)
    people = [await journey(intake, office.counsellor, number) for number in range(8)]
    once = [record for _, _, records in people for record in records]
    everything = [record for _ in range(3) for record in shuffled(once, chance)]
    await speak(kafka, topics, everything)
    await handled(intake, len(everything))
    for _, case, _ in people:
        assert await states(office.counsellor, case) == {
            "course": ("completed", "passed"),
            "employment": ("completed", "placed"),
            "social-protection": ("requested", None),
        }
    heard = await intake.database.fetch("select id::text from heard")
    assert sorted(row[0] for row in heard) == sorted(id_of(record) for record in once)
    attributes = attributes_of(await listen(kafka, f"{topics}intake"))
    for person, _, _ in people:
        own = [each for each in attributes if each["subject"] == person]
        assert [int(each["sequence"]) for each in own] == list(range(1, len(own) + 1))
        facts = [each["type"].split(".")[2] for each in own]
        assert (facts.count("referral-requested"), facts.count("referral-completed")) == (3, 2)


async def test_a_fact_about_a_referral_that_nobody_made_is_set_aside(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case = await registered(office.counsellor)
    stray = SeatReserved(referral=new_id(), code="4821-0937-5518", course="masonry-a")
    await speak(kafka, topics, told(person, case, stray))
    await handled(intake, 1)
    rows = await intake.database.fetch("select reason, detail from parked where state = 'waiting'")
    assert [row[0] for row in rows] == ["rule-failed"]
    assert "Missing" in rows[0][1]


async def test_a_completion_counts_though_the_referral_was_taken_back_meanwhile(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case = await registered(office.counsellor)
    course = await referral_of(office.counsellor, case, "course")
    taken = await office.counsellor.post(f"/referrals/{course['code']}/withdrawal", {"reason": "mistake"})
    assert taken.json()["status"] == "withdrawn"
    facts = trained(await id_of_code(intake, course["code"]), course["code"])
    await speak(kafka, topics, told(person, case, *facts))
    await handled(intake, len(facts))
    assert (await states(office.counsellor, case))["course"] == ("completed", "passed")


async def test_a_match_proposed_answers_the_referral_to_the_employment_service_once(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case = await registered(office.counsellor)
    proposed = placed()[0]
    other = proposed.model_copy(update={"match": new_id(), "vacancy": new_id()})
    await speak(kafka, topics, told(person, case, proposed, other))
    await handled(intake, 2)
    assert (await states(office.counsellor, case))["employment"] == ("accepted", None)
    rows = await intake.database.fetch("select count(*) from ledger where type like '%.referral-accepted.v1'")
    assert rows[0][0] == 1


async def test_two_placements_in_one_batch_make_one_referral(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case = await registered(office.counsellor)
    other: dict[str, Any] = {"match": new_id(), "vacancy": new_id()}
    facts = [*placed(), placed()[2].model_copy(update=other)]
    await speak(kafka, topics, told(person, case, *facts))
    await handled(intake, len(facts))
    assert (await states(office.counsellor, case))["social-protection"] == ("requested", None)
    rows = await intake.database.fetch("select count(*) from referral where kind = 'social-protection'")
    assert rows[0][0] == 1


async def test_a_consent_given_later_opens_the_scheme_that_waited_for_it(
    office: Office, intake: Running, kafka: str, topics: str
) -> None:
    person, case = await registered(office.counsellor, consent="employment")
    await speak(kafka, topics, told(person, case, *placed()))
    await handled(intake, 3)
    assert [each["kind"] for each in (await case_of(office.counsellor, case))["referrals"]] == ["employment"]
    body = {"purposes": ["social-protection"], "given": "spoken", "text_version": "form-1"}
    assert (await office.counsellor.post(f"/persons/{person}/consents", body)).json()["status"] == "given"
    assert (await referral_of(office.counsellor, case, "social-protection"))["scheme"] == "nssf"
    assert (await office.counsellor.post(f"/persons/{person}/consents", body)).status_code == 200
    assert len((await case_of(office.counsellor, case))["referrals"]) == 2


async def test_counts_add_up(office: Office, intake: Running, kafka: str, topics: str) -> None:
    person, case = await registered(office.counsellor)
    await registered(office.counsellor, form_no="PS-0002", needs="", consent="", consent_given="")
    await registered(office.elsewhere, form_no="OM-0001", commune="220101")
    await speak(kafka, topics, told(person, case, *placed()))
    await handled(intake, 3)
    counts = (await office.operator.get("/counts")).json()
    here = next(centre for centre in counts["centres"] if centre["centre"] == "pursat")
    assert {name: here[name] for name in ("registered", "assessed", "planned", "placed", "closed")} == {
        "registered": 2,
        "assessed": 1,
        "planned": 1,
        "placed": 1,
        "closed": 0,
    }
    assert here["referrals"] == {
        "course": {"made": 1, "requested": 1},
        "employment": {"made": 1, "completed": 1},
        "social-protection": {"made": 1, "requested": 1},
    }
    assert counts["heard"]["reintegration.employment.placement-confirmed.v1"] == 1
    assert counts["recorded"]["reintegration.intake.case-registered.v1"] == 3
    own = (await office.lead.get("/counts")).json()
    assert own == {"centres": [here], "recorded": {}, "heard": {}}
    assert (await office.counsellor.get("/counts")).status_code == 403


async def test_nothing_personal_leaves(office: Office, intake: Running, kafka: str, topics: str) -> None:
    person, case = await registered(office.counsellor)
    await sent(intake)
    heard = await listen(kafka, f"{topics}intake")
    assert len(heard) == 10
    everything = b"".join(
        part for record in heard for part in (record.key, record.value, *(value for _, value in record.headers))
    ).decode()
    assert not [canary for canary in CANARIES if canary in everything]
    assert {attributes["subject"] for attributes in attributes_of(heard)} == {person}
    assert {attributes["caseid"] for attributes in attributes_of(heard) if "caseid" in attributes} == {case}
