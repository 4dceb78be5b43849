"""Returnees are registered."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import registration as commands
from services.intake.requests.registration import Registrations, SecondReturn
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, DryRun
from shared.events.envelope import Id

allow(
    "intake",
    {
        "register": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/registrations", tags=["registration"], summary="Register returnees, one or a file's rows")
async def register(
    body: Registrations, command: Annotated[Command, Command.of("intake.register")], dry_run: DryRun = False
) -> Answer:
    """Each row is `accepted` with the ids of person and case, `repeated` with those it had before, or `refused` with
    what to correct. The columns are those of the intake file (`docs/files.md`), cells as typed."""
    return await commands.register(command, body, dry_run)


@ROUTER.post("/persons/{person}/cases", tags=["registration"], summary="A known person came back again")
async def register_again(
    person: Id, body: SecondReturn, command: Annotated[Command, Command.of("intake.register")]
) -> Answer:
    """A new case of the same person; the answer's one row is as in a registration."""
    return await commands.register_again(command, person, body)
