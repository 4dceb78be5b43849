"""Courses that may be referred to, read whole."""

import orjson

from services.intake.domain.model import Offer
from shared.database import Connection


async def all_offers(connection: Connection) -> list[Offer]:
    """Every offer, unlocked; they are some hundreds at most."""
    rows = await connection.fetch(
        "select course, provider, title_en, title_km, sector, occupation, province, skills::text, closed "
        "from offer order by course"
    )
    return [Offer._make((*row[:7], tuple(orjson.loads(row[7])), row[8])) for row in rows]
