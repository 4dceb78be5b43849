"""Sessions between counsellor and person, and attempts to reach her."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import sessions as commands
from services.intake.queries import casework as queries
from services.intake.requests.casework import NewOutreach, NewSession, SessionState
from services.intake.views.casework import OutreachView, SessionView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "plan-session": {COUNSELLOR, CENTRE_LEAD},
        "reach-out": {COUNSELLOR, CENTRE_LEAD},
        "read-sessions": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/cases/{case}/sessions", tags=["session"], summary="Talks agreed on and held")
async def read_sessions(case: Id, query: Annotated[Query, Query.of("intake.read-sessions")]) -> list[SessionView]:
    """For the case's own centre alone."""
    return await queries.sessions(query, case)


@ROUTER.post("/cases/{case}/sessions", tags=["session"], summary="A talk is agreed on, or was held")
async def plan_session(
    case: Id, body: NewSession, command: Annotated[Command, Command.of("intake.plan-session")]
) -> Answer:
    """It stands on the work list until it is said what became of it."""
    return await commands.plan_session(command, case, body)


@ROUTER.post("/cases/{case}/sessions/{session}/state", tags=["session"], summary="What became of a talk")
async def move_session(
    case: Id, session: Id, body: SessionState, command: Annotated[Command, Command.of("intake.plan-session")]
) -> Answer:
    """Held, missed or cancelled."""
    return await commands.move_session(command, case, session, body)


@ROUTER.get("/cases/{case}/outreach", tags=["session"], summary="Attempts to reach the person")
async def read_outreach(case: Id, query: Annotated[Query, Query.of("intake.read-sessions")]) -> list[OutreachView]:
    """For the case's own centre alone."""
    return await queries.outreach(query, case)


@ROUTER.post("/cases/{case}/outreach", tags=["session"], summary="An attempt to reach the person")
async def reach_out(case: Id, body: NewOutreach, command: Annotated[Command, Command.of("intake.reach-out")]) -> Answer:
    """With a day to try again it stands on the work list until the next attempt."""
    return await commands.reach_out(command, case, body)
