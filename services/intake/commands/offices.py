"""The directory of offices."""

from services.intake.domain.model import Office
from services.intake.requests.offices import NewOffices
from services.intake.storage import OFFICES
from shared.commands import Answer, Command
from shared.kinds import Decision


async def keep(command: Command, body: NewOffices) -> Answer:
    """Offices that may be referred to from now on; what they have open already stays with them."""
    offices = [
        Office(
            new.office,
            tuple(dict.fromkeys(new.kinds)),
            tuple(dict.fromkeys(new.provinces)),
            tuple(dict.fromkeys(new.districts)),
            new.capacity,
            new.title_en,
            new.title_km,
            new.closed,
        )
        for new in body.offices
    ]
    keys = [OFFICES(each.office) for each in offices]
    return await command.decide((), keys, lambda _: (Decision(offices), Answer(status="kept")))
