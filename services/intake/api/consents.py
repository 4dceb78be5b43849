"""What a person agrees to, agreed to before, and who has not confirmed yet that it ended."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi import Query as Parameter

from services.intake.commands import consents as commands
from services.intake.queries import consents as queries
from services.intake.requests.consents import NewConsent
from services.intake.requests.fields import Purpose
from services.intake.views.consents import ConsentView, UnconfirmedView
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

MOST_SHOWN: Final = 500

allow(
    "intake",
    {
        "give-consent": {COUNSELLOR, CENTRE_LEAD},
        "withdraw-consent": {COUNSELLOR, CENTRE_LEAD},
        "read-consents": {COUNSELLOR, CENTRE_LEAD},
        "read-unconfirmed": {CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter(tags=["consent"])


@ROUTER.post("/persons/{person}/consents", summary="The person agrees to purposes")
async def give_consent(
    person: Id, body: NewConsent, command: Annotated[Command, Command.of("intake.give-consent")]
) -> Answer:
    """Plans are not made anew by this: ask for that (`/cases/{case}/plan`) once everything is said."""
    return await commands.give_consent(command, person, body)


@ROUTER.delete("/persons/{person}/consents/{purpose}", summary="The person no longer agrees")
async def withdraw_consent(
    person: Id, purpose: Purpose, command: Annotated[Command, Command.of("intake.withdraw-consent")]
) -> Answer:
    """Open referrals that rest on this purpose are taken back with it; every service that holds something of it is
    told, and has to confirm."""
    return await commands.withdraw_consent(command, person, purpose)


@ROUTER.get("/persons/{person}/consents", summary="Every consent of the person, also those that ended")
async def read_consents(person: Id, query: Annotated[Query, Query.of("intake.read-consents")]) -> list[ConsentView]:
    """The latest first, each with its text, how it was given and before whom, how it ended, and who confirmed that."""
    return await queries.of_person(query, person)


@ROUTER.get("/consents/unconfirmed", summary="Consents that ended and that somebody has not confirmed")
async def read_unconfirmed(
    query: Annotated[Query, Query.of("intake.read-unconfirmed")],
    late: Annotated[bool, Parameter(description="only those whose bound has passed")] = False,
) -> list[UnconfirmedView]:
    """The oldest first, at most 500; a lead sees those of her centre."""
    return await queries.unconfirmed(query, late, MOST_SHOWN)
