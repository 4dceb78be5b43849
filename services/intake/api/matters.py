"""Legal matters in which the centre helps."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import matters as commands
from services.intake.queries import casework as queries
from services.intake.requests.casework import MatterStep, NewMatter
from services.intake.views.casework import MatterView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "move-matter": {COUNSELLOR, CENTRE_LEAD},
        "read-matters": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/cases/{case}/matters", tags=["legal matter"], summary="Legal matters with their steps")
async def read_matters(case: Id, query: Annotated[Query, Query.of("intake.read-matters")]) -> list[MatterView]:
    """For the case's own centre alone."""
    return await queries.legal_matters(query, case)


@ROUTER.post("/cases/{case}/matters", tags=["legal matter"], summary="A legal matter is opened")
async def open_matter(
    case: Id, body: NewMatter, command: Annotated[Command, Command.of("intake.move-matter")]
) -> Answer:
    """Unpaid wages, a broker's fraud, or documents: each has its own steps."""
    return await commands.open_matter(command, case, body)


@ROUTER.post("/cases/{case}/matters/{matter}/steps", tags=["legal matter"], summary="A step was done")
async def move_matter(
    case: Id, matter: Id, body: MatterStep, command: Annotated[Command, Command.of("intake.move-matter")]
) -> Answer:
    """A step that cannot follow is refused with those that can."""
    return await commands.move_matter(command, case, matter, body)
