"""The published contracts, one file per owner."""

from shared.events import (
    casework,
    confirming,
    dropping,
    employment,
    intake,
    notifications,
    protection,
    records,
    training,
    transfers,
)
from shared.events.envelope import REGISTRY, Contract, Event, NewEvent

OWNERS = ("intake", "training", "employment", "notifications")
TOPICS = tuple(sorted({model.topic for model in REGISTRY.values()}))
"""Every topic, without the prefix that a deployment may put in front."""

__all__ = [
    "OWNERS",
    "REGISTRY",
    "TOPICS",
    "Contract",
    "Event",
    "NewEvent",
    "casework",
    "confirming",
    "dropping",
    "employment",
    "intake",
    "notifications",
    "protection",
    "records",
    "training",
    "transfers",
]
