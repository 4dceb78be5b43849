"""Sessions and outreach."""

from datetime import timedelta

import pytest

from services.intake.domain.casework import Outreach, Session
from services.intake.domain.sessions import MOVES, move, plan, reach_out
from shared.events.casework import SessionHeld
from shared.rejections import Absent, Conflict, Rejected
from tests.unit.intake.made_up import CASE, ORIGIN, PERSON, TODAY, case

PLANNED = Session(ORIGIN, PERSON, CASE, "counselling", "home", TODAY)
CALL = Outreach(ORIGIN, PERSON, CASE, "phone", TODAY, "no-answer", TODAY + timedelta(days=3))
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_a_session_is_planned_and_held() -> None:
    assert plan(case(), PLANNED, TODAY).changes == (PLANNED,)
    decision = move(case(), PLANNED, "held", TODAY)
    assert decision.changes == (PLANNED._replace(state="held", changed_on=TODAY),)
    assert [event.data for event in decision.events] == [SessionHeld(session=ORIGIN, mode="home")]


def test_one_that_was_held_already_is_told_at_once() -> None:
    decision = plan(case(), PLANNED._replace(state="held", planned_on=BEFORE), TODAY)
    assert decision.changes[0].changed_on == BEFORE
    assert len(decision.events) == 1


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("step", ["held", "missed", "cancelled"])
def test_only_what_was_planned_moves(state: str, step: str) -> None:
    if step in MOVES[state]:
        assert move(case(), PLANNED._replace(state=state), step, TODAY).changes[0].state == step
        return
    with pytest.raises(Conflict, match="wrong-step") as refused:
        move(case(), PLANNED._replace(state=state), step, TODAY)
    assert refused.value.allowed == MOVES[state]


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(Rejected, match="past-date"):
        plan(case(), PLANNED._replace(planned_on=BEFORE), TODAY)
    with pytest.raises(Rejected, match="future-date"):
        plan(case(), PLANNED._replace(state="held", planned_on=AFTER), TODAY)
    for state in ("held", "missed"):
        with pytest.raises(Rejected, match="future-date"):
            move(case(), PLANNED._replace(planned_on=AFTER), state, TODAY)
    assert move(case(), PLANNED._replace(planned_on=AFTER), "cancelled", TODAY).changes
    for unknown in (None, PLANNED._replace(caseid=ORIGIN)):
        with pytest.raises(Absent):
            move(case(), unknown, "held", TODAY)
    with pytest.raises(Rejected, match="future-date"):
        reach_out(case(), CALL._replace(made_on=AFTER), (), TODAY)
    with pytest.raises(Rejected, match="past-date"):
        reach_out(case(), CALL._replace(follow_up_on=BEFORE), (), TODAY)


def test_the_next_attempt_settles_the_one_before_of_the_same_case() -> None:
    elsewhere = CALL._replace(caseid=ORIGIN)
    settled = CALL._replace(follow_up_on=None)
    made = CALL._replace(outcome="reached", follow_up_on=None)
    assert reach_out(case(), made, [CALL, elsewhere, settled], TODAY).changes == (settled, made)


def test_nothing_new_in_a_closed_case_but_what_was_agreed_on_is_told() -> None:
    over = case(state="closed")
    assert move(over, PLANNED, "missed", TODAY).changes
    with pytest.raises(Conflict, match="case-closed"):
        plan(over, PLANNED, TODAY)
    with pytest.raises(Conflict, match="case-closed"):
        reach_out(over, CALL, (), TODAY)
