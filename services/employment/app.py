"""Employment's wiring."""

from pathlib import Path

from services.employment.api import ROUTER
from services.employment.handlers import HANDLERS
from services.employment.storage import KINDS
from shared.events.confirming import ConfirmedByEmployment
from shared.events.employment import MatchAccepted, MatchDeclined, MatchProposed, PlacementConfirmed, VacancyOpened
from shared.service import Service

SERVICE = Service(
    name="employment",
    folder=Path(__file__).parent,
    handlers=HANDLERS,
    kinds=KINDS,
    emits=(
        VacancyOpened,
        MatchProposed,
        MatchAccepted,
        MatchDeclined,
        PlacementConfirmed,
        ConfirmedByEmployment,
    ),
    router=ROUTER,
)
