"""The case plan: what needs ask for, what consent and offers allow, and that nothing is asked for twice."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import plans
from services.intake.domain.model import Referral
from services.intake.domain.plans import LINES, propose
from services.intake.domain.referrals import MOVES, OTHER_SERVICE, UNTOLD
from shared import reference
from shared.events.intake import PlanAgreed, ReferralRequested
from tests.unit.intake.made_up import CASE, NOW, PERSON, PLACEMENT, PLAN, TODAY, case, codes, offer, person, referral

PURPOSES = ("services", "employment", "messages", "social-protection")
OFFERS = (
    offer("masonry-a"),
    offer("small-business-a", sector="general", occupation=None, skills=("business-planning",)),
    offer("literacy-a", sector="general", occupation=None, skills=("khmer-literacy",)),
)
EVERY_NEED = tuple(need for line in LINES for need in line.needs)


def test_the_rules_use_needs_and_kinds_of_the_lists() -> None:
    assert set(EVERY_NEED) <= set(reference.needs())
    by_hand = UNTOLD | {OTHER_SERVICE}
    assert {line.kind for line in LINES} == set(reference.codes("referral-kind")) - by_hand
    assert {line.purpose for line in LINES} < set(reference.codes("consent-purpose"))
    assert len({line.service for line in LINES}) == len(LINES)


@pytest.mark.parametrize(
    ("need", "kind", "course"),
    [
        ("training", "course", "masonry-a"),
        ("enterprise", "course", "small-business-a"),
        ("literacy", "course", "literacy-a"),
        ("recognition", "prior-learning", None),
        ("job", "employment", None),
        ("legal-aid", "legal-assistance", None),
        ("unpaid-wages", "legal-assistance", None),
    ],
)
def test_a_need_asks_for_its_service(need: str, kind: str, course: str | None) -> None:
    proposal = propose(case(need), person(*PURPOSES), OFFERS, (), TODAY)
    (wanted,) = proposal.wanted
    assert (wanted.kind, wanted.course, proposal.unmet) == (kind, course, {})
    assert proposal.services == [wanted.service]


def test_prior_learning_names_the_occupation_and_who_assesses_it() -> None:
    (wanted,) = propose(case("recognition"), person(*PURPOSES), OFFERS, (), TODAY).wanted
    assert (wanted.provider, wanted.occupation) == ("provider-a", "7112")


def test_other_needs_are_met_without_a_referral() -> None:
    others = set(reference.needs()) - set(EVERY_NEED)
    assert propose(case(*others), person(*PURPOSES), OFFERS, (), TODAY) == ([], {}, [], [])


def test_without_assessed_needs_there_is_no_plan() -> None:
    assert propose(case(needs=None), person(*PURPOSES), OFFERS, (), TODAY).services == []


def test_social_protection_waits_for_the_facts_that_decide_it() -> None:
    proposal = propose(case("social-protection"), person(*PURPOSES), OFFERS, (), TODAY)
    assert proposal.unmet == {"social-protection": "no-employment-known"}
    assert [(answer.outcome, answer.missing) for answer in proposal.answers] == [("unknown", ("engagement", "starts"))]
    employed = propose(case("social-protection", placement=PLACEMENT), person(*PURPOSES), OFFERS, (), TODAY)
    assert [(wanted.kind, wanted.scheme) for wanted in employed.wanted] == [("social-protection", "nssf")]


def test_what_is_not_offered_is_told() -> None:
    proposal = propose(case("training", "recognition"), person(*PURPOSES), (), (), TODAY)
    assert proposal.unmet == {"course": "no-offer", "prior-learning": "no-offer"}
    unknown = propose(case("recognition", occupation=None), person(*PURPOSES), OFFERS, (), TODAY)
    assert unknown.unmet == {"prior-learning": "no-occupation"}


def test_a_course_that_refused_is_not_asked_again() -> None:
    full = referral(state="rejected", service="course", course="masonry-a")
    assert propose(case("training"), person(*PURPOSES), OFFERS, (full,), TODAY).unmet == {"course": "no-offer"}
    other = propose(case("training"), person(*PURPOSES), (*OFFERS, offer("masonry-b")), (full,), TODAY)
    assert [wanted.course for wanted in other.wanted] == ["masonry-b"]


@pytest.mark.parametrize(
    ("state", "outcome", "asked"),
    [
        ("requested", None, False),
        ("accepted", None, False),
        ("completed", "passed", False),
        ("completed", "not-passed", True),
        ("rejected", None, True),
        ("withdrawn", None, True),
    ],
)
def test_what_runs_or_is_achieved_is_not_asked_for_again(state: str, outcome: str | None, asked: bool) -> None:
    before = referral("employment", state, service="employment", purpose="employment", outcome=outcome)
    proposal = propose(case("job"), person(*PURPOSES), OFFERS, (before,), TODAY)
    assert bool(proposal.wanted) is asked
    assert proposal.services == ["employment"]


states = st.sampled_from(sorted(MOVES))
purposes = st.sets(st.sampled_from(PURPOSES))
needs = st.sets(st.sampled_from(sorted(reference.needs())))


@st.composite
def made(draw: st.DrawFn) -> list[Referral]:
    chosen = draw(st.lists(st.sampled_from(LINES), max_size=6))
    return [
        referral(
            line.kind,
            draw(states),
            service=line.service,
            purpose=line.purpose,
            course=draw(st.none() | st.sampled_from([each.course for each in OFFERS])),
            outcome=draw(st.sampled_from(["passed", "not-passed", "not-yet", "placed"])),
        )
        for line in chosen
    ]


@given(needs, purposes, made(), st.booleans())
def test_no_referral_without_its_consent(
    found: set[str], agreed: set[str], before: list[Referral], placed: bool
) -> None:
    held = case(*found, placement=PLACEMENT if placed else None)
    proposal = propose(held, person(*agreed), OFFERS, before, TODAY)
    assert {wanted.purpose for wanted in proposal.wanted} <= agreed
    refused = {line.service for line in LINES if set(line.needs) & found and line.purpose not in agreed}
    assert {service for service, why in proposal.unmet.items() if why == "no-consent"} == refused


@given(needs, purposes, made())
def test_each_service_that_is_needed_is_met_once_or_told_why_not(
    found: set[str], agreed: set[str], before: list[Referral]
) -> None:
    proposal = propose(case(*found), person(*agreed), OFFERS, before, TODAY)
    needed = {line.service for line in LINES if set(line.needs) & found}
    assert set(proposal.services) | set(proposal.unmet) == needed
    assert set(proposal.services).isdisjoint(proposal.unmet)
    wanted = [each.service for each in proposal.wanted]
    assert len(wanted) == len(set(wanted))
    courses = [each.course for each in proposal.wanted if each.course]
    assert len(courses) == len(set(courses))
    assert not set(courses) & {each.course for each in before}


@given(needs, purposes)
def test_planning_again_asks_for_nothing_more(found: set[str], agreed: set[str]) -> None:
    held, agreeing = case(*found), person(*agreed)
    first = propose(held, agreeing, OFFERS, (), TODAY)
    decision = plans.agree(held, PLAN, first, codes(), NOW)
    referrals = [change for change in decision.changes if isinstance(change, Referral)]
    second = propose(held, agreeing, OFFERS, referrals, TODAY)
    assert second.wanted == []
    assert sorted(second.services) == sorted(first.services)


def test_an_agreed_plan_is_recorded_with_its_referrals() -> None:
    held = case("training", "job", "social-protection")
    proposal = propose(held, person(*PURPOSES), OFFERS, (), TODAY)
    decision = plans.agree(held, PLAN, proposal, codes(), NOW)
    facts = [event.data for event in decision.events]
    assert facts[0] == PlanAgreed(plan=PLAN, services=("course", "employment"))
    requested = [fact for fact in facts[1:] if isinstance(fact, ReferralRequested)]
    assert [fact.kind for fact in requested] == ["course", "employment"]
    assert len({fact.code for fact in requested} | {fact.referral for fact in requested}) == 4
    assert all((event.subject, event.caseid) == (PERSON, CASE) for event in decision.events)
    kinds = [type(change).__name__ for change in decision.changes]
    assert kinds == ["Plan", "Case", "Referral", "Referral", "Evaluation"]
    assert decision.changes[0].unmet == {"social-protection": "no-employment-known"}
    assert decision.changes[1].plan == PLAN


def test_every_way_of_not_meeting_a_need_has_its_sentence() -> None:
    from services.intake.texts import sentence

    told = set[str]()
    for chosen, agreed, offers, occupation in itertools.product(
        [("training",), ("recognition",), ("social-protection",)], [(), PURPOSES], [(), OFFERS], [None, "7112"]
    ):
        proposal = propose(case(*chosen, occupation=occupation, sector=None), person(*agreed), offers, (), TODAY)
        told |= set(proposal.unmet.values())
    assert told == {"no-consent", "no-offer", "no-occupation", "no-employment-known"}
    assert all(sentence(reason).km and sentence(reason).en for reason in (*told, "no-rule", "self-employed"))
