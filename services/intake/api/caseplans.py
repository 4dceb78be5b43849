"""The case plan: goals, agreed by the returnee, approved by the centre's lead."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import caseplans as commands
from services.intake.queries import caseplans as queries
from services.intake.requests.caseplans import Agreement, GoalState, NewGoals, PlanDecision
from services.intake.views.caseplans import CasePlanView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "set-goals": {COUNSELLOR, CENTRE_LEAD},
        "agree-case-plan": {COUNSELLOR, CENTRE_LEAD},
        "approve-case-plan": {CENTRE_LEAD},
        "read-case-plan": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/cases/{case}/case-plan", tags=["case plan"], summary="Goals, and how far their approval is")
async def read_case_plan(case: Id, query: Annotated[Query, Query.of("intake.read-case-plan")]) -> CasePlanView:
    """For the case's own centre alone."""
    return await queries.case_plan(query, case)


@ROUTER.post("/cases/{case}/goals", tags=["case plan"], summary="Goals are added")
async def set_goals(case: Id, body: NewGoals, command: Annotated[Command, Command.of("intake.set-goals")]) -> Answer:
    """What was agreed or approved before is a draft again: the returnee agrees to the whole."""
    return await commands.set_goals(command, case, body)


@ROUTER.post("/cases/{case}/goals/{goal}/state", tags=["case plan"], summary="A goal was reached, or is given up")
async def move_goal(
    case: Id, goal: Id, body: GoalState, command: Annotated[Command, Command.of("intake.set-goals")]
) -> Answer:
    """One that is given up changes what was agreed; one that was reached does not."""
    return await commands.move_goal(command, case, goal, body)


@ROUTER.post("/cases/{case}/case-plan/agreement", tags=["case plan"], summary="The returnee agrees to her goals")
async def agree(case: Id, body: Agreement, command: Annotated[Command, Command.of("intake.agree-case-plan")]) -> Answer:
    """The centre's lead has it on her work list then."""
    return await commands.agree(command, case, body)


@ROUTER.post("/cases/{case}/case-plan/decision", tags=["case plan"], summary="The centre's lead decides on the plan")
async def decide(
    case: Id, body: PlanDecision, command: Annotated[Command, Command.of("intake.approve-case-plan")]
) -> Answer:
    """Approved, or sent back with a reason, which the counsellor has on her work list then."""
    return await commands.decide(command, case, body)
