"""A person: who she is, how she is reached."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import persons as commands
from services.intake.queries import persons as queries
from services.intake.requests.persons import NewContact
from services.intake.views.persons import PersonView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-person": {COUNSELLOR, CENTRE_LEAD},
        "change-contact": {COUNSELLOR, CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/persons/{person}", tags=["person"], summary="Who a person is, her consents and cases")
async def read_person(person: Id, query: Annotated[Query, Query.of("intake.read-person")]) -> PersonView:
    """For the person's own centre alone."""
    return await queries.person(query, person)


@ROUTER.post("/persons/{person}/contact", tags=["person"], summary="How the person is reached from now on")
async def change_contact(
    person: Id, body: NewContact, command: Annotated[Command, Command.of("intake.change-contact")]
) -> Answer:
    """Others get a new opaque reference; the number itself stays here."""
    return await commands.change_contact(command, person, body)
