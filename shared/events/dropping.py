"""What every owner tells alike: that its operator gave up somebody else's event for good."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.envelope import Code, Contract, Id, contract

Type = Annotated[str, StringConstraints(pattern=r"^reintegration\.[a-z-]{1,40}\.[a-z0-9-]{1,60}\.v[0-9]{1,9}$")]
Topic = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]{0,99}$")]
Offset = Annotated[int, Field(ge=0, le=2**63 - 1)]


class EventDropped(Contract):
    """The event will never be applied here; its owner is told, as it counted on that.

    Why the operator did so is written in the words of a person, and stays in the repair record.
    """

    event: Id | None = Field(default=None, description="the dropped event; null where its id could not be read")
    event_type: Type | None = Field(default=None, description="its type, where that could be read")
    event_owner: Code = Field(description="whose event it was")
    record_topic: Topic = Field(description="where it stood, without a deployment's prefix")
    record_partition: Annotated[int, Field(ge=0, le=2**31 - 1)]
    first_offset: Offset
    last_offset: Offset = Field(description="other than the first where a whole batch could not be read")
    reason: Code = Field(description="why it had been parked, as contract, rule-failed or unreadable")
    code: Code = Field(description="obsolete, duplicate, wrong-person, not-ours or unreadable")


@contract("intake", "event-dropped")
class DroppedByIntake(EventDropped):
    """An operator of intake gave up another service's event for good."""


@contract("training", "event-dropped")
class DroppedByTraining(EventDropped):
    """An operator of training gave up another service's event for good."""


@contract("employment", "event-dropped")
class DroppedByEmployment(EventDropped):
    """An operator of employment gave up another service's event for good."""


@contract("notifications", "event-dropped")
class DroppedByNotifications(EventDropped):
    """An operator of notifications gave up another service's event for good."""


DROPPED: tuple[type[EventDropped], ...] = (
    DroppedByIntake,
    DroppedByTraining,
    DroppedByEmployment,
    DroppedByNotifications,
)
