"""What rules propose is kept where it is new, told without what is nobody's business, and decided by a counsellor."""

from typing import Any, get_args

import pytest

from services.intake.domain import proposals, scheme_rules
from services.intake.domain.eligibility import ELIGIBLE, NOT_ELIGIBLE, UNKNOWN, Answer
from services.intake.domain.model import Evaluation, Referral
from services.intake.domain.proposals import ASKED, FACTS_TOLD, NOT_NOW, PAGE_SIZE, REFER, RULES_CHANGED, Decided
from services.intake.domain.withdrawals import EXPIRED, REPLACED, WITHDRAWN
from services.intake.requests.eligibility import ProposalDecision
from shared import reference
from shared.events.intake import ReferralRequested
from shared.events.protection import EligibilityDecided, EligibilityEvaluated
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict
from tests.unit.intake.made_up import CASE, NOW, ORIGIN, PERSON, PLACEMENT, TODAY, case, codes, person, referral


def test_every_outcome_decision_and_reason_has_its_words() -> None:
    reasons, _ = get_args(ProposalDecision.model_fields["reason"].annotation)
    assert reference.codes("eligibility").keys() == {ELIGIBLE, NOT_ELIGIBLE, UNKNOWN}
    assert reference.codes("proposal-decision").keys() == {REFER, NOT_NOW}
    assert reference.codes("proposal-reason").keys() == set(get_args(reasons))
    assert reference.codes("consent-end").keys() == {WITHDRAWN, EXPIRED, REPLACED}


POOR = {"idpoor": "idpoor-1", "pregnant": True}


def kept(known: dict[str, Any], latest: dict[str, Answer] | None = None, because: str = FACTS_TOLD) -> list[Evaluation]:
    return list(proposals.evaluate(case(), known, latest or {}, because, ORIGIN, NOW).changes)


def as_latest(made: list[Evaluation]) -> dict[str, Answer]:
    return {each.scheme: Answer(each.scheme, each.rule, each.outcome, each.reason, each.missing) for each in made}


def test_answers_are_kept_where_they_are_new() -> None:
    first = kept(POOR)
    assert {(each.scheme, each.outcome) for each in first} == {
        ("health-equity-fund", "eligible"),
        ("family-package", "eligible"),
    }
    assert kept(POOR, as_latest(first)) == []
    assert [each.scheme for each in kept({"idpoor": "idpoor-1", "pregnant": False}, as_latest(first))] == [
        "family-package"
    ]


def test_who_asks_is_told_of_every_scheme_what_is_missing() -> None:
    asked = kept({}, because=ASKED)
    assert {each.scheme for each in asked} == {rule.scheme for rule in scheme_rules.rules_on(TODAY)}
    assert all(each.missing for each in asked)
    assert kept({}, because=RULES_CHANGED) == []


def test_a_closed_case_is_not_asked_about() -> None:
    assert proposals.evaluate(case(state="closed"), POOR, {}, ASKED, ORIGIN, NOW) == NOTHING


def test_what_tells_of_poverty_or_health_is_in_no_event() -> None:
    known = {**POOR, "engagement": "employee", "starts": TODAY}
    (event,) = proposals.evaluate(case(placement=PLACEMENT), known, {}, ASKED, ORIGIN, NOW).events
    assert isinstance(event.data, EligibilityEvaluated)
    assert {answer.scheme for answer in event.data.answers} == {"nssf", "nssf-voluntary"}
    told = event.data.model_dump_json()
    assert not any(word in told for word in ("family", "equity", "pregnant", "idpoor", "vocational"))


def decide(
    evaluation: Evaluation, decision: str = "refer", agreed: str = "social-protection", **changed: Any
) -> Decision:
    given: dict[str, Any] = {"latest": evaluation.evaluation, "made": (), "decided": None, "held": case(), **changed}
    return proposals.decide(
        evaluation,
        given["latest"],
        person(agreed),
        given["held"],
        given["made"],
        given["decided"],
        decision,
        None,
        codes(),
        NOW,
    )


def of_fund(known: dict[str, Any]) -> Evaluation:
    return next(each for each in kept(known, because=ASKED) if each.scheme == "health-equity-fund")


@pytest.mark.parametrize("known", [POOR, {}])
def test_a_counsellor_refers_to_what_is_proposed_or_cannot_be_told(known: dict[str, Any]) -> None:
    decision = decide(of_fund(known))
    (made,) = [change for change in decision.changes if isinstance(change, Referral)]
    (decided,) = [change for change in decision.changes if isinstance(change, Decided)]
    assert (made.scheme, made.state, decided.referral) == ("health-equity-fund", "requested", made.referral)
    first, second = [event.data for event in decision.events]
    assert isinstance(first, EligibilityDecided)
    assert isinstance(second, ReferralRequested)
    assert (second.kind, second.scheme) == ("social-protection", None)  # the scheme would tell of poverty


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"agreed": "services"}, "not-agreed"),
        ({"held": case(state="closed")}, "case-closed"),
        ({"latest": ORIGIN}, "superseded"),
        ({"made": (referral("social-protection", scheme="health-equity-fund"),)}, "referral-stands"),
        (
            {"decided": Decided(ORIGIN, PERSON, CASE, "health-equity-fund", "not-now", "other", NOW, None)},
            "decided",
        ),
    ],
)
def test_what_stands_against_a_referral_is_said(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(Conflict) as refused:
        decide(of_fund(POOR), **changed)
    assert refused.value.reason == reason


def test_nobody_is_referred_to_a_scheme_that_does_not_take_her() -> None:
    evaluation = of_fund({"idpoor": "none"})
    with pytest.raises(Conflict) as refused:
        decide(evaluation)
    assert (refused.value.reason, refused.value.allowed) == ("not-eligible", ("not-now",))
    (decided,) = decide(evaluation, "not-now").changes
    assert (decided.decision, decided.referral) == ("not-now", None)
    assert decide(evaluation, "not-now", decided=decided) == NOTHING


def test_a_change_of_rules_goes_through_the_open_cases_in_pages() -> None:
    (page,) = proposals.begin("rules-1", NOW).timers
    full = [(f"{number:08x}-0000-4000-8000-000000000000", PERSON) for number in range(PAGE_SIZE)]
    *each, following = proposals.turn_page(page.data, full, NOW).timers
    assert [(timer.caseid, timer.subject) for timer in each] == full
    assert (following.name, following.subject, following.data["after"]) == (page.name, page.subject, full[-1][0])
    last = proposals.turn_page(following.data, full[:3], NOW).timers
    assert [timer.name for timer in last] == ["evaluate-case"] * 3
    assert proposals.turn_page(following.data, [], NOW).timers == []


@pytest.mark.parametrize(
    ("fields", "state", "asked"),
    [
        (("idpoor_level",), "open", True),
        (("phone", "household.0190a000"), "open", True),
        (("phone", "name_km"), "open", False),
        (("birth_date",), "closed", False),
    ],
)
def test_rules_are_asked_again_where_they_read_what_was_corrected(
    fields: tuple[str, ...], state: str, asked: bool
) -> None:
    timers = proposals.ask_later(case(state=state), fields, NOW).timers
    assert [(timer.name, timer.caseid) for timer in timers] == [("evaluate-case", CASE)] * asked
