"""The directory of offices for legal help, health, shelter and psychosocial care."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import offices as commands
from services.intake.queries import offices as queries
from services.intake.requests.offices import NewOffices
from services.intake.views.offices import OfficeView
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Answer, Command, Query

allow(
    "intake",
    {
        "keep-offices": {CENTRE_LEAD, OPERATOR},
        "read-offices": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/offices", tags=["offices"], summary="Offices that may be referred to")
async def keep_offices(body: NewOffices, command: Annotated[Command, Command.of("intake.keep-offices")]) -> Answer:
    """Each as it is from now on; a closed one gets no new referral."""
    return await commands.keep(command, body)


@ROUTER.get("/offices", tags=["offices"], summary="Offices that may be referred to")
async def read_offices(query: Annotated[Query, Query.of("intake.read-offices")]) -> list[OfficeView]:
    """Every one, closed ones too, with what each has open."""
    return await queries.offices(query)
