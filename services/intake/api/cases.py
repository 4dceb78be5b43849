"""A case: needs, plan, closing."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import cases as commands
from services.intake.queries import cases as queries
from services.intake.requests.cases import AssessedNeeds, CaseClosing
from services.intake.views.cases import CaseView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-case": {COUNSELLOR, CENTRE_LEAD},
        "assess-needs": {COUNSELLOR, CENTRE_LEAD},
        "agree-plan": {COUNSELLOR, CENTRE_LEAD},
        "close-case": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/cases/{case}", tags=["case"], summary="A case with its plan, referrals and eligibility answers")
async def read_case(case: Id, query: Annotated[Query, Query.of("intake.read-case")]) -> CaseView:
    """For the case's own centre alone; who the person is stands elsewhere."""
    return await queries.case(query, case)


@ROUTER.post("/cases/{case}/needs", tags=["case"], summary="Needs assessed; the plan follows")
async def assess_needs(
    case: Id, body: AssessedNeeds, command: Annotated[Command, Command.of("intake.assess-needs")]
) -> Answer:
    """What runs already goes on; what the new needs ask for is added."""
    return await commands.assess_needs(command, case, body)


@ROUTER.post("/cases/{case}/plan", tags=["case"], summary="The plan made anew by today's consents and offers")
async def agree_plan(case: Id, command: Annotated[Command, Command.of("intake.agree-plan")]) -> Answer:
    """For instance after a refusal, or after a consent was given."""
    return await commands.plan_again(command, case)


@ROUTER.post("/cases/{case}/closing", tags=["case"], summary="Close the case")
async def close_case(
    case: Id, body: CaseClosing, command: Annotated[Command, Command.of("intake.close-case")]
) -> Answer:
    """Open referrals are taken back with it."""
    return await commands.close_case(command, case, body)
