"""Needs assessed and cases closed."""

import pytest

from services.intake.domain import cases
from shared.events.intake import CaseClosed, NeedsAssessed, ReferralWithdrawn
from shared.rejections import Conflict
from tests.unit.intake.made_up import CASE, TODAY, case, referral


def test_needs_that_are_nobody_elses_business_stay_here() -> None:
    decision = cases.assess(case(needs=None), ("job", "health-care", "violence", "near-home"))
    assert decision.changes[0].needs == ("job", "health-care", "violence", "near-home")
    assert [event.data for event in decision.events] == [
        NeedsAssessed(questionnaire="intake-1", needs=("job", "near-home"))
    ]


def test_closing_takes_back_what_is_open_and_is_told_last() -> None:
    made = [referral("course", "accepted"), referral("employment", "completed", referral=CASE)]
    decision = cases.close(case("job"), made, "re-migrated", TODAY)
    facts = [event.data for event in decision.events]
    assert [type(fact) for fact in facts] == [ReferralWithdrawn, CaseClosed]
    assert facts[1] == CaseClosed(reason="re-migrated")
    closed = decision.changes[-1]
    assert (closed.state, closed.closing, closed.closed_on) == ("closed", "re-migrated", TODAY)


def test_a_closed_case_stays_as_it_is() -> None:
    closed = case("job", state="closed")
    for act in (
        lambda: cases.close(closed, [], "other", TODAY),
        lambda: cases.assess(closed, ("job",)),
        lambda: cases.require_open(closed),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.reason == "case-closed"
