"""Courses that may be referred to."""

from services.intake import storage
from services.intake.views.offers import OfferView
from shared.commands import Query


async def offers(query: Query) -> list[OfferView]:
    """Every course that may be referred to."""
    async with query.running.database.connection() as connection:
        return [OfferView(**each._asdict()) for each in await storage.all_offers(connection)]
