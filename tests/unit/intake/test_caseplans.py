"""The case plan's life: goals, agreement, approval; whatever changes what was agreed asks for both anew."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import questionnaires
from services.intake.domain.caseplans import GOAL_MOVES, MOST_GOALS, MOVES, agree, decide, move_goal, set_goals
from services.intake.domain.casework import CasePlan, Goal
from services.intake.domain.norms import plan_by
from shared import reference
from shared.events.casework import CasePlanAgreed, CasePlanDecided
from shared.kinds import Decision
from shared.rejections import Absent, Conflict, Rejected
from tests.unit.intake.made_up import CASE, ORIGIN, PERSON, TODAY, case

NORMS = questionnaires.norms()
PLAN = CasePlan(CASE, PERSON, plan_by(NORMS, case().registered_on, case().return_date))
GOAL = Goal(ORIGIN, PERSON, CASE, "income", ("course",), TODAY + timedelta(days=60))


def plan_of(decision: Decision) -> CasePlan:
    (plan,) = [change for change in decision.changes if isinstance(change, CasePlan)]
    return plan


def test_the_first_goal_begins_the_plan_with_its_day() -> None:
    decision = set_goals(case(), None, (), [GOAL], NORMS, TODAY)
    assert decision.changes == (PLAN, GOAL)
    assert decision.events == ()


def test_agreed_and_approved() -> None:
    agreed = agree(case(), PLAN, [GOAL, GOAL._replace(state="reached")], "spoken", TODAY)
    assert plan_of(agreed) == PLAN._replace(state="agreed", given="spoken", agreed_on=TODAY)
    assert [event.data for event in agreed.events] == [CasePlanAgreed(revision=1, goals=1, given="spoken")]
    approved = decide(case(), plan_of(agreed), None, TODAY)
    assert plan_of(approved).state == "approved"
    assert [event.data for event in approved.events] == [CasePlanDecided(revision=1, decision="approved")]


def test_sent_back_with_a_reason_and_agreed_once_more() -> None:
    agreed = plan_of(agree(case(), PLAN, [GOAL], "signed", TODAY))
    returned = plan_of(decide(case(), agreed, "goals-unclear", TODAY))
    assert (returned.state, returned.reason, returned.decided_on) == ("returned", "goals-unclear", TODAY)
    again = plan_of(agree(case(), returned, [GOAL], "signed", TODAY))
    assert (again.state, again.reason, again.decided_on) == ("agreed", None, None)


def test_a_new_goal_voids_the_agreement_and_opens_a_revision_of_what_was_approved() -> None:
    agreed = plan_of(agree(case(), PLAN, [GOAL], "signed", TODAY))
    void = plan_of(set_goals(case(), agreed, [GOAL], [GOAL], NORMS, TODAY))
    assert void == PLAN
    approved = plan_of(decide(case(), agreed, None, TODAY))
    later = TODAY + timedelta(days=100)
    revised = plan_of(set_goals(case(), approved, [GOAL], [GOAL._replace(due_on=later)], NORMS, later))
    assert (revised.state, revised.revision, revised.given) == ("draft", 2, None)
    assert revised.approve_by == later + timedelta(days=NORMS.plan_least)


def test_a_goal_that_is_reached_leaves_the_approval_one_that_is_given_up_does_not() -> None:
    approved = PLAN._replace(state="approved")
    reached = move_goal(case(), approved, GOAL, "reached", NORMS, TODAY)
    assert reached.changes == (GOAL._replace(state="reached", changed_on=TODAY),)
    dropped = move_goal(case(), approved, GOAL, "dropped", NORMS, TODAY)
    assert plan_of(dropped).revision == 2
    with pytest.raises(Conflict, match="wrong-step"):
        move_goal(case(), approved, GOAL._replace(state="reached"), "dropped", NORMS, TODAY)
    for unknown in (None, GOAL._replace(caseid=ORIGIN)):
        with pytest.raises(Absent):
            move_goal(case(), approved, unknown, "reached", NORMS, TODAY)


STEPS: dict[str, Callable[[CasePlan], Decision]] = {
    "agreed": lambda plan: agree(case(), plan, [GOAL], "signed", TODAY),
    "approved": lambda plan: decide(case(), plan, None, TODAY),
    "returned": lambda plan: decide(case(), plan, "other", TODAY),
}


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("step", STEPS)
def test_what_cannot_follow_is_refused_with_what_can(state: str, step: str) -> None:
    plan = PLAN._replace(state=state)
    if step in MOVES[state]:
        assert plan_of(STEPS[step](plan)).state == step
        return
    with pytest.raises(Conflict, match="wrong-step") as refused:
        STEPS[step](plan)
    assert refused.value.allowed == MOVES[state]


@given(st.lists(st.sampled_from([*STEPS, "goal", "drop"]), max_size=12))
def test_no_plan_is_approved_that_was_not_agreed_as_it_stands(steps: list[str]) -> None:
    plan, agreed = PLAN, False
    for step in steps:
        try:
            if step == "goal":
                plan, agreed = plan_of(set_goals(case(), plan, [GOAL], [GOAL], NORMS, TODAY)), False
            elif step == "drop":
                plan, agreed = plan_of(move_goal(case(), plan, GOAL, "dropped", NORMS, TODAY)), False
            else:
                plan = plan_of(STEPS[step](plan))
                agreed = agreed or step == "agreed"
        except Conflict:
            continue
        assert plan.state in MOVES
        assert (plan.state in ("agreed", "approved")) <= agreed
        assert (plan.agreed_on is not None) == (plan.state in ("agreed", "approved", "returned"))


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda: agree(case(), None, [], "signed", TODAY), "no-goals"),
        (lambda: agree(case(), PLAN, [GOAL._replace(state="dropped")], "signed", TODAY), "no-goals"),
        (lambda: agree(case(), PLAN, [GOAL._replace(caseid=ORIGIN)], "signed", TODAY), "no-goals"),
        (lambda: decide(case(), None, None, TODAY), "no-goals"),
        (lambda: agree(case(state="closed"), PLAN, [GOAL], "signed", TODAY), "case-closed"),
        (lambda: set_goals(case(), None, (), [GOAL._replace(due_on=TODAY - timedelta(1))], NORMS, TODAY), "past-date"),
        (lambda: set_goals(case(), PLAN, [GOAL] * MOST_GOALS, [GOAL], NORMS, TODAY), "too-many"),
    ],
)
def test_what_cannot_be_is_refused(act: Callable[[], Any], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        act()


def test_codes_are_of_the_lists() -> None:
    assert set(GOAL_MOVES) == {"open", "reached", "dropped"}
    for name in ("goal-area", "plan-return"):
        assert all(entry.title_en and entry.title_km for entry in reference.codes(name).values())
