"""Training's wiring."""

from pathlib import Path

from services.training.api import ROUTER
from services.training.handlers import HANDLERS
from services.training.storage import KINDS
from shared.events.confirming import ConfirmedByTraining
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)
from shared.service import Service

SERVICE = Service(
    name="training",
    folder=Path(__file__).parent,
    handlers=HANDLERS,
    kinds=KINDS,
    emits=(
        SeatReserved,
        SeatRefused,
        CompletionRecorded,
        PriorLearningDecided,
        SkillsRecognised,
        ConfirmedByTraining,
    ),
    router=ROUTER,
)
