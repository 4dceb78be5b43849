"""A person: who she is, how she is reached, what she agrees to."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import persons as commands
from services.intake.queries import persons as queries
from services.intake.requests.fields import Purpose
from services.intake.requests.persons import NewConsent, NewContact
from services.intake.views.persons import PersonView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-person": {COUNSELLOR, CENTRE_LEAD},
        "change-contact": {COUNSELLOR, CENTRE_LEAD},
        "give-consent": {COUNSELLOR, CENTRE_LEAD},
        "withdraw-consent": {COUNSELLOR, CENTRE_LEAD},
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


@ROUTER.post("/persons/{person}/consents", tags=["person"], summary="The person agrees to purposes")
async def give_consent(
    person: Id, body: NewConsent, command: Annotated[Command, Command.of("intake.give-consent")]
) -> Answer:
    """Plans are not made anew by this: ask for that (`/cases/{case}/plan`) once everything is said."""
    return await commands.give_consent(command, person, body)


@ROUTER.delete("/persons/{person}/consents/{purpose}", tags=["person"], summary="The person no longer agrees")
async def withdraw_consent(
    person: Id, purpose: Purpose, command: Annotated[Command, Command.of("intake.withdraw-consent")]
) -> Answer:
    """Open referrals that rest on this purpose are taken back with it."""
    return await commands.withdraw_consent(command, person, purpose)
