"""The case plan: goals that the returnee sets with her counsellor, agreed by her, approved by the centre's lead.

It stands beside the plan of services by rules (`plans`), which says what is proposed and referred; a goal may name the
services that serve it. Whoever changes what was agreed asks for agreement and approval anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from services.intake.domain.cases import require_open
from services.intake.domain.casework import CasePlan, Goal
from services.intake.domain.model import Case
from services.intake.domain.norms import Norms, plan_by
from shared.events.casework import CasePlanAgreed, CasePlanDecided
from shared.events.envelope import NewEvent
from shared.kinds import Decision
from shared.rejections import Absent, Conflict, Rejected

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("agreed",),
    "agreed": ("approved", "returned", "draft"),
    "returned": ("agreed", "draft"),
    "approved": ("draft",),
}
"""From each state of a plan to those that may follow; to `draft` by a new goal, or one that is dropped."""

GOAL_MOVES: Final[Mapping[str, tuple[str, ...]]] = {"open": ("reached", "dropped"), "reached": (), "dropped": ()}

MOST_GOALS: Final = 100
"""Goals that a case may have, those reached and dropped included."""


def set_goals(
    case: Case, plan: CasePlan | None, known: Iterable[Goal], new: Iterable[Goal], norms: Norms, today: date
) -> Decision:
    """Further goals. Raises Rejected `past-date` for one that is due before today, `too-many` beyond what a case may
    have, Conflict `case-closed`."""
    require_open(case)
    goals = tuple(new)
    if any(goal.due_on < today for goal in goals):
        raise Rejected("past-date", field="goals.due_on")
    if len(goals) + len(list(known)) > MOST_GOALS:
        raise Rejected("too-many", field="goals")
    return Decision((_drafted(case, plan, norms, today), *goals))


def agree(case: Case, plan: CasePlan | None, known: Iterable[Goal], given: str, today: date) -> Decision:
    """The returnee agrees to her open goals. Raises Conflict `no-goals` where she has none, `wrong-step`."""
    require_open(case)
    goals = sum(goal.state == "open" and goal.caseid == case.caseid for goal in known)
    if plan is None or not goals:
        raise Conflict("no-goals")
    _require(plan, "agreed")
    agreed = plan._replace(state="agreed", given=given, agreed_on=today, decided_on=None, reason=None)
    fact = CasePlanAgreed(revision=plan.revision, goals=goals, given=given)
    return Decision((agreed,), (NewEvent(case.person, fact, case.caseid),))


def decide(case: Case, plan: CasePlan | None, reason: str | None, today: date) -> Decision:
    """The lead approves, or with a reason sends the plan back. Raises Conflict `wrong-step`."""
    require_open(case)
    state = "approved" if reason is None else "returned"
    if plan is None:
        raise Conflict("no-goals")
    _require(plan, state)
    decided = plan._replace(state=state, decided_on=today, reason=reason)
    fact = CasePlanDecided(revision=plan.revision, decision=state, reason=reason)
    return Decision((decided,), (NewEvent(case.person, fact, case.caseid),))


def move_goal(case: Case, plan: CasePlan | None, goal: Goal | None, state: str, norms: Norms, today: date) -> Decision:
    """A goal was reached, or is given up, which changes what was agreed. Raises Absent, Conflict `wrong-step`."""
    require_open(case)
    if goal is None or goal.caseid != case.caseid or plan is None:
        raise Absent
    if state not in GOAL_MOVES[goal.state]:
        raise Conflict("wrong-step", allowed=GOAL_MOVES[goal.state])
    moved = goal._replace(state=state, changed_on=today)
    return Decision((moved,) if state == "reached" else (_drafted(case, plan, norms, today), moved))


def _drafted(case: Case, plan: CasePlan | None, norms: Norms, today: date) -> CasePlan:
    """The plan as it waits for agreement. What was approved gets a new revision, and days of its own."""
    if plan is None:
        return CasePlan(case.caseid, case.person, plan_by(norms, case.registered_on, case.return_date))
    void = plan._replace(state="draft", given=None, agreed_on=None, decided_on=None, reason=None)
    if plan.state != "approved":
        return void
    return void._replace(revision=plan.revision + 1, approve_by=today + timedelta(days=norms.plan_least))


def _require(plan: CasePlan, state: str) -> None:
    if state not in MOVES[plan.state]:
        raise Conflict("wrong-step", allowed=MOVES[plan.state])
