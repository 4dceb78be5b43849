"""Courses that may be referred to."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.commands import offers as commands
from services.intake.queries import offers as queries
from services.intake.requests.offers import NewOffers
from services.intake.views.offers import OfferView
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Answer, Command, Query

allow(
    "intake",
    {
        "offer-courses": {CENTRE_LEAD, OPERATOR},
        "read-offers": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/offers", tags=["offers"], summary="Courses that may be referred to")
async def offer_courses(body: NewOffers, command: Annotated[Command, Command.of("intake.offer-courses")]) -> Answer:
    """The same catalogue that training keeps with its seats, which do not matter here."""
    return await commands.offer(command, body)


@ROUTER.get("/offers", tags=["offers"], summary="Courses that may be referred to")
async def read_offers(query: Annotated[Query, Query.of("intake.read-offers")]) -> list[OfferView]:
    """Every one, closed ones too."""
    return await queries.offers(query)
