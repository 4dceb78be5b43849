"""A registration: what is recorded, what is told to others, and that nothing personal is."""

from typing import TypeVar

import orjson

from services.intake.domain import registration, rows
from services.intake.domain.consents import consent_id
from services.intake.domain.model import Case, Identity, Person
from services.intake.domain.registration import Ids
from shared.events.envelope import NewEvent
from shared.events.intake import (
    CaseRegistered,
    ConsentGiven,
    ContactChanged,
    NeedsAssessed,
    PlanAgreed,
    ReferralRequested,
)
from shared.kinds import Decision
from tests.unit.intake.made_up import CASE, CONTACT, NOW, PERSON, PLAN, SIGNED, TODAY, codes, fields, offer, person

A = TypeVar("A", Person, Case)

IDS = Ids(PERSON, CASE, CONTACT, PLAN)


def register(known: Person | None = None, **changed: str) -> Decision:
    form = rows.check(fields(**changed), TODAY)
    prepared = registration.prepare(form, IDS, "pursat", known, [offer("masonry-a")], TODAY)
    return registration.register(prepared, codes(), NOW)


def facts(decision: Decision) -> list[str]:
    return [event.data.fact for event in decision.events]


def latest(decision: Decision, kind: type[A]) -> A:
    return [change for change in decision.changes if isinstance(change, kind)][-1]


def test_the_facts_stand_in_the_order_of_the_story() -> None:
    decision = register()
    assert facts(decision) == [
        "case-registered",
        "contact-changed",
        *["consent-given"] * 4,
        "needs-assessed",
        "plan-agreed",
        "referral-requested",
        "referral-requested",
    ]
    assert {event.subject for event in decision.events} == {PERSON}
    ofcase = [event.data.fact for event in decision.events if event.caseid == CASE]
    assert set(facts(decision)) - set(ofcase) == {"contact-changed", "consent-given"}


def test_what_others_learn() -> None:
    told = {type(event.data): event.data for event in register(needs="training;no-lifting;debt-advice").events}
    assert told[CaseRegistered] == CaseRegistered(
        centre="pursat",
        commune="150101",
        sector="construction",
        occupation="7112",
        skills_claimed=("bricklaying", "plastering"),
        work_limits=("no-lifting",),
    )
    assert told[ContactChanged] == ContactChanged(contact=CONTACT, channel="sms", language="km")
    assert told[NeedsAssessed] == NeedsAssessed(questionnaire="intake-1", needs=("training", "no-lifting"))
    assert told[PlanAgreed] == PlanAgreed(plan=PLAN, services=("course",))
    course = told[ReferralRequested]
    assert isinstance(course, ReferralRequested)
    assert (course.provider, course.course) == ("provider-a", "masonry-a")


def test_nothing_personal_leaves() -> None:
    decision = register(
        needs="training;health-care;disability;pregnancy;poverty;distress;violence;debt-advice",
        id_number="",
        id_missing_reason="pawned",
        note="she limps and owes the shop",
    )
    told = orjson.dumps([_plain(event) for event in decision.events]).decode()
    for secret in (
        *("គំរូ", "Kumru", "1990", "19000001", "099000137", "limps", "female", "pawned", "5500", "poipet", "2025-08"),
        *("health-care", "disability", "pregnancy", "poverty", "distress", "violence", "debt"),
    ):
        assert secret not in told


def _plain(event: NewEvent) -> dict[str, object]:
    return event.data.model_dump(mode="json") | {"subject": event.subject, "case": event.caseid}


def test_identity_stands_in_no_aggregate() -> None:
    kept = orjson.dumps([list(change) for change in register().changes], default=str).decode()
    for secret in ("គំរូ", "Kumru", "1990-05-12", "19000001", "099000137", "job fair"):
        assert secret not in kept


def test_without_needs_no_plan_and_without_consent_no_referral() -> None:
    assert facts(register(needs="")) == ["case-registered", "contact-changed", *["consent-given"] * 4]
    silent = register(consent="", consent_given="")
    assert facts(silent) == ["case-registered", "contact-changed", "needs-assessed", "plan-agreed"]


def test_the_person_and_the_case_as_they_are_kept() -> None:
    decision = register(consent="messages", needs="training")
    who, held = latest(decision, Person), latest(decision, Case)
    assert (who.caseid, who.consents) == (
        CASE,
        {"messages": {**SIGNED, "consent": consent_id(CASE, "messages"), "given_at": NOW.isoformat()}},
    )
    assert (held.needs, held.plan, held.state, held.registered_on) == (("training",), PLAN, "open", TODAY)


def test_a_second_return_keeps_what_was_agreed_and_tells_only_what_is_new() -> None:
    known = person("services", "employment", caseid="0190a000-0000-7000-8000-0000000000c0")
    decision = register(known, consent="services;messages")
    given = [event.data.purpose for event in decision.events if isinstance(event.data, ConsentGiven)]
    assert given == ["messages"]
    who = latest(decision, Person)
    assert set(who.consents) == {"services", "employment", "messages"}
    assert who.caseid == CASE


def test_what_is_said_later_replaces_and_what_is_not_said_stands_but_for_the_telephone() -> None:
    before = Identity(name_km="ក", name_latin="Ka", phone="+85519000001", phone_owner="self", id_number="099000137")
    after = Identity(name_latin="Kaa", note="came again").over(before)
    assert after == Identity(name_km="ក", name_latin="Kaa", id_number="099000137", note="came again")
