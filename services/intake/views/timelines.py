"""Timelines as they are shown."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class Event(BaseModel):
    """A fact about the person, of this service or another."""

    id: str
    owner: str
    fact: str
    type: str
    sequence: int
    time: datetime
    case: str | None
    correlation: str
    causation: str | None
    data: dict[str, Any]
    device_time: datetime | None = Field(description="when it was written down, by the device's clock, if it said so")


class Timeline(BaseModel):
    """What happened to a person, effects behind their causes, otherwise by the time recorded."""

    person: str
    events: list[Event]
