"""A parked event that was given up is told to its owner, who notes it.

Who gives it up tells so on a topic of its own, in the transaction that gives it up; every service hears all others and
keeps what concerns its own events. A service of the registry's owners has both by being a `Service`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, Table, Text, Uuid

from shared.database import Connection
from shared.events.decoding import UUID, headers_of
from shared.events.dropping import DROPPED, EventDropped
from shared.events.envelope import Event, NewEvent
from shared.handling import Handlers
from shared.kinds import NOTHING, Decision, Key, Kind, Working
from shared.work import Cause, new_id

if TYPE_CHECKING:
    from shared.consuming import Consumer

OF: Final[Mapping[str, type[EventDropped]]] = {contract.owner: contract for contract in DROPPED}
"""How each service tells it."""


class DroppedElsewhere(NamedTuple):
    """An event of this service's own that another service's operator gave up; `told`: the event that said so."""

    told: str
    consumer: str
    event: str | None
    type: str | None
    subject: str
    code: str
    reason: str
    topic: str
    partition: int
    first_offset: int
    last_offset: int
    dropped_at: datetime


DROPS: Final = Kind(
    DroppedElsewhere,
    Table(
        "dropped_elsewhere",
        MetaData(),
        Column("told", Uuid(as_uuid=False), primary_key=True),
        Column("consumer", Text, nullable=False),
        Column("event", Uuid(as_uuid=False)),
        Column("type", Text),
        Column("subject", Uuid(as_uuid=False), nullable=False),
        Column("code", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("partition", Integer, nullable=False),
        Column("first_offset", BigInteger, nullable=False),
        Column("last_offset", BigInteger, nullable=False),
        Column("dropped_at", DateTime(timezone=True), nullable=False),
    ),
    minted=True,
)


def hear_of_drops(service: str, handlers: Handlers) -> None:
    """Let a service note what others gave up of its own events."""

    def note(working: Working, event: Event) -> Decision:
        """A drop of somebody else's event is none of this service's business."""
        told = cast(EventDropped, event.data)
        if told.event_owner != service:
            return NOTHING
        noted = DroppedElsewhere(
            told=event.id,
            consumer=told.owner,
            event=told.event,
            type=told.event_type,
            subject=event.subject,
            code=told.code,
            reason=told.reason,
            topic=told.record_topic,
            partition=told.record_partition,
            first_offset=told.first_offset,
            last_offset=told.last_offset,
            dropped_at=event.time,
        )
        return Decision(changes=(noted,))

    def of_the_telling(event: Event) -> tuple[Key]:
        return (DROPS(event.id),)

    for owner, contract in OF.items():
        if owner != service and contract not in handlers.events:
            handlers.on(contract, keys=of_the_telling)(note)


async def tell_owner(consumer: "Consumer", connection: Connection, row: Any, code: str) -> str | None:
    """Record that this parked row was given up, within the transaction that holds its person's lock; returns the id of
    the event, None for a service that tells no events of the kind.

    It belongs to the person, case and correlation of the dropped event, as far as these can be read; what nobody can
    be named for has a subject of its own.
    """
    contract = OF.get(consumer.name)
    if contract is None:
        return None
    headers = dict(headers_of(row["headers"]))
    work, person = consumer.work(connection), row["person"]
    subject: str = person or new_id()
    await work.lock([person] if person else [], minted=() if person else (subject,))
    data = contract(
        event=row["id"],
        event_type=row["type"],
        event_owner=row["owner"],
        record_topic=consumer.bare(row["topic"]),
        record_partition=row["partition"],
        first_offset=row["offset"],
        last_offset=row["last_offset"] if row["last_offset"] is not None else row["offset"],
        reason=row["reason"],
        code=code,
    )
    cause = Cause(_id_in(headers, "ce_correlationid") or row["id"] or new_id(), row["id"])
    decision = Decision(events=(NewEvent(subject, data, _id_in(headers, "ce_caseid")),))
    (told,) = work.apply(decision, cause)
    await work.save()
    return told


def _id_in(headers: Mapping[str, bytes | None], name: str) -> str | None:
    text = (headers.get(name) or b"").decode(errors="replace")
    return text if UUID.fullmatch(text) else None
