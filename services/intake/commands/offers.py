"""Courses that may be referred to."""

from services.intake.domain import offers
from services.intake.domain.model import Offer
from services.intake.requests.offers import NewOffers
from services.intake.storage import OFFERS
from shared.commands import Answer, Command
from shared.kinds import Decision


async def offer(command: Command, body: NewOffers) -> Answer:
    """Courses that may be referred to from now on."""
    offered = [
        Offer(
            new.course,
            new.provider,
            new.title_en,
            new.title_km,
            new.sector or offers.sector_of(new.occupation, new.skills),
            new.occupation,
            new.province,
            tuple(new.skills),
            new.closed,
        )
        for new in body.offers
    ]
    keys = [OFFERS(each.course) for each in offered]
    return await command.decide((), keys, lambda _: (Decision(offered), Answer(status="offered")))
