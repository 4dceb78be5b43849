"""The loop closes: a placement ends the employment referral and asks about social protection again."""

from datetime import date

import pytest

from services.intake.domain import placements
from services.intake.domain.model import Case, Evaluation, Person, Referral
from services.intake.domain.referrals import MOVES, WAITING
from shared.events.employment import PlacementConfirmed
from shared.events.intake import ReferralAccepted, ReferralCompleted, ReferralRequested
from shared.kinds import NOTHING, Decision
from tests.unit.intake.made_up import NOW, ORIGIN, TODAY, case, codes, person, referral

AGREED = ("employment", "social-protection")
SEEKING = referral("employment", "requested", purpose="employment")


def placed(engagement: str = "employee") -> PlacementConfirmed:
    return PlacementConfirmed(
        match="0190a000-0000-7000-8000-0000000000b1",
        vacancy="0190a000-0000-7000-8000-0000000000b2",
        employer="lotus-works",
        occupation="7112",
        commune="150101",
        starts=date(2026, 12, 1),
        engagement=engagement,
    )


def receive(
    held: Case | None = None,
    who: Person | None = None,
    made: tuple[Referral, ...] = (SEEKING,),
    engagement: str = "employee",
) -> Decision:
    return placements.receive(
        who or person(*AGREED), held or case("job"), made, placed(engagement), ORIGIN, codes(), NOW
    )


def requested(decision: Decision) -> list[ReferralRequested]:
    return [event.data for event in decision.events if isinstance(event.data, ReferralRequested)]


def answers(decision: Decision) -> list[tuple[str, str]]:
    return [(change.outcome, change.reason) for change in decision.changes if isinstance(change, Evaluation)]


def test_an_employee_is_referred_to_the_fund() -> None:
    decision = receive()
    done, wanted = [event.data for event in decision.events]
    assert isinstance(done, ReferralCompleted)
    assert (done.kind, done.outcome) == ("employment", "placed")
    assert isinstance(wanted, ReferralRequested)
    assert (wanted.kind, wanted.scheme) == ("social-protection", "nssf")
    assert answers(decision) == [("eligible", "employed")]
    (held,) = [change for change in decision.changes if isinstance(change, Case)]
    assert held.placement is not None
    assert (held.placement["starts"], held.placement["engagement"]) == ("2026-12-01", "employee")


@pytest.mark.parametrize(
    ("who", "held", "engagement", "answer"),
    [
        (person("employment"), case("job"), "employee", ("eligible", "employed")),
        (person(*AGREED), case("job"), "self-employed", ("not-eligible", "self-employed")),
        (person(*AGREED), case("job"), "apprentice", ("unknown", "no-employment-known")),
        (person(*AGREED), case("job", state="closed"), "employee", ("eligible", "employed")),
    ],
)
def test_without_consent_eligibility_or_an_open_case_the_answer_is_kept_and_nobody_is_referred(
    who: Person, held: Case, engagement: str, answer: tuple[str, str]
) -> None:
    decision = receive(held, who, engagement=engagement)
    assert requested(decision) == []
    assert answers(decision) == [answer]


@pytest.mark.parametrize(
    ("state", "again"), [("requested", 0), ("accepted", 0), ("completed", 0), ("rejected", 1), ("withdrawn", 1)]
)
def test_no_second_referral_beside_one_that_stands(state: str, again: int) -> None:
    standing = referral("social-protection", state, scheme="nssf", purpose="social-protection", outcome="done")
    assert len(requested(receive(made=(SEEKING, standing)))) == again


def test_one_placement_makes_the_same_referral_however_often_it_is_told() -> None:
    assert [fact.referral for fact in requested(receive())] == [fact.referral for fact in requested(receive())]


@pytest.mark.parametrize("state", sorted(MOVES))
def test_a_match_answers_the_referral_to_the_employment_service(state: str) -> None:
    seeking, course = SEEKING._replace(state=state), referral("course")
    decision = placements.take_up([seeking, course], TODAY)
    if state in WAITING:
        (told,) = decision.events
        assert isinstance(told.data, ReferralAccepted)
        assert [(change.kind, change.state) for change in decision.changes] == [("employment", "accepted")]
    else:
        assert decision == NOTHING


def test_other_referrals_go_on() -> None:
    course = referral("course", "accepted", referral="0190a000-0000-7000-8000-0000000000a2")
    changed = [change for change in receive(made=(course,)).changes if isinstance(change, Referral)]
    assert [change.kind for change in changed] == ["social-protection"]
