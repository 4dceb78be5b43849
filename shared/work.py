"""A unit of work: one transaction over named subjects and aggregates, used by batches, commands and timers alike.

The order is always the same, so that transactions never wait for each other in a circle: subjects sorted, then
aggregates by kind and key, each lock a statement of its own; decisions; changes; ledger. A transaction changes and
emits only for what it locked at its start.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

import orjson
import uuid_utils

from shared.database import Connection
from shared.events.decoding import UUID
from shared.events.envelope import REGISTRY, Event, NewEvent
from shared.failpoints import clock_offset
from shared.kinds import Decision, Key, Kind, NewTimer, Timer, Working
from shared.statements import together

LARGEST_EVENT = 64 * 1024
"""Bytes of data. A larger event is refused when it is saved: one that Kafka refuses would hold up its owner."""


class Clock(Protocol):
    """Tells the time, in UTC; injected, so that a test can move it."""

    def __call__(self) -> datetime: ...


def utc_now() -> datetime:
    now, offset = datetime.now(UTC), clock_offset()
    return now + timedelta(seconds=offset) if offset else now


def new_id() -> str:
    """A UUIDv7 in canonical form: ids made later sort later, as far as the clock does not jump."""
    made = uuid_utils.uuid7()
    if offset := clock_offset():
        return str(uuid_utils.UUID(int=made.int + (round(offset * 1_000) << 80)))  # its first 48 bits are milliseconds
    return str(made)


class Refused(Exception):
    """A fact that cannot be recorded: too large, of a type nobody registered, or for what was not locked."""


class Cause(NamedTuple):
    """What an event follows from: its correlation, the event before it, and the trace it belongs to."""

    correlationid: str
    causationid: str | None = None
    traceparent: str | None = None

    @classmethod
    def of(cls, item: Event | Timer) -> "Cause":
        if isinstance(item, Event):
            return cls(item.correlationid, item.id, item.traceparent)
        return cls(item.correlationid, item.causationid, item.traceparent)


@dataclass(slots=True)
class Recorded:
    """The events of a transaction as columns of the ledger, in the order they happened."""

    ids: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)
    caseids: list[str | None] = field(default_factory=list)
    correlationids: list[str] = field(default_factory=list)
    causationids: list[str | None] = field(default_factory=list)
    traceparents: list[str | None] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    def columns(self) -> list[list[Any]]:
        """In the order of `RECORD`'s parameters, after the time."""
        return [getattr(self, name) for name in self.__slots__]


LOCK = """
with held as (
    select subject, sequence, parked from subject where subject = any($1::uuid[]) order by subject for update
), made as (
    insert into subject (subject) select unnest($1::uuid[]) on conflict do nothing returning subject, sequence, parked
)
select subject::text, sequence, parked from held union all select subject::text, sequence, parked from made
"""

RECORD = """
insert into ledger (time, id, topic, type, subject, sequence, caseid, correlationid, causationid, traceparent, data)
select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::uuid[], $8::uuid[],
                         $9::uuid[], $10::text[], $11::text[])
returning position
"""
QUEUE = "insert into unsent (position) select position from recorded"
LEDGER = (("recorded", RECORD), ("queued", QUEUE))
ADVANCE = """
update subject set sequence = latest.sequence
from unnest($1::uuid[], $2::bigint[]) as latest (subject, sequence)
where subject.subject = latest.subject
"""
MAKE_OR_ADVANCE = """
insert into subject (subject, sequence) select * from unnest($1::uuid[], $2::bigint[])
on conflict (subject) do update set sequence = excluded.sequence
"""

TIMERS = """
insert into timer (name, subject, due_at, caseid, correlationid, causationid, traceparent, data)
select name, subject, due_at, caseid, correlationid, causationid, traceparent, data::jsonb
from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[])
    as new (name, subject, due_at, caseid, correlationid, causationid, traceparent, data)
"""

CANCEL = """
delete from timer using unnest($1::text[], $2::uuid[]) as taken (name, subject)
where timer.name = taken.name and timer.subject = taken.subject
"""


class Work:
    """One transaction's locks, working set and decisions. `kinds` are the service's, in the order they are locked."""

    def __init__(self, connection: Connection, kinds: Sequence[Kind[Any]], now: datetime) -> None:
        self.connection = connection
        self.working = Working(now)
        self.recorded = Recorded()
        self.parked: list[str] = []
        """Of the locked subjects those of which something may wait in `parked`."""
        self._minted = False
        self._kinds = kinds
        self._kind_of = {kind.type: kind for kind in kinds}
        self._sequences: dict[str, int] = {}
        self._advanced: dict[str, int] = {}
        self._changed: dict[Kind[Any], dict[str, Any]] = {}
        self._timers: list[tuple[NewTimer, Cause]] = []
        self._cancelled: list[tuple[str, str]] = []

    async def lock(self, subjects: Collection[str], minted: Collection[str] = ()) -> None:
        """Lock these subjects, making a row for whoever is first heard of. Called once, before anything is read.

        `minted` are new ids of this transaction's own making, which nobody else can know: their rows come with the
        ledger's. Raises Refused for an id that is not a UUID in canonical lower case.
        """
        self._minted = bool(minted)
        self._sequences.update(dict.fromkeys(minted, 0))
        wanted, again = sorted(set(subjects)), False
        # Those that another transaction made meanwhile are neither seen nor made by the statement.
        while wanted := [subject for subject in wanted if subject not in self._sequences]:
            # Another spelling of an id never comes back as it was asked for: it would be asked for without end.
            if again and not all(map(UUID.fullmatch, wanted)):
                raise Refused("a subject whose id is not a UUID in canonical form")
            self.hold(await self.connection.fetch(LOCK, wanted))
            again = True

    def hold(self, locked: Iterable[Sequence[Any]]) -> None:
        """Take note of locked subjects: (subject, its last sequence, whether something of it may be parked)."""
        for subject, sequence, parked in locked:
            self._sequences[subject] = sequence
            if parked:
                self.parked.append(subject)

    async def rehearse(self) -> None:
        """Run its statements on nothing, so that the connection has them prepared and PostgreSQL what they need."""
        await self.connection.fetch(LOCK, [])
        for kind in self._kinds:
            await self.connection.fetch(kind.select, [])
        ledger = [self.working.now, *Recorded().columns(), [], []]
        for advance in (ADVANCE, MAKE_OR_ADVANCE):
            await self.connection.execute(together((*LEDGER, ("advanced", advance))), *ledger)

    async def load(self, keys: Iterable[Key]) -> None:
        """Lock and read all aggregates of these keys, one kind after the other."""
        wanted: dict[Kind[Any], set[str]] = {}
        for kind, key in keys:
            wanted.setdefault(kind, set()).add(key)
        if unknown := wanted.keys() - set(self._kinds):
            raise TypeError(f"kinds that this service did not declare: {[kind.type.__name__ for kind in unknown]}")
        for kind in self._kinds:
            if kind in wanted:
                self.working._held[kind] = await kind.load(self.connection, sorted(wanted[kind]))

    def apply(self, decision: Decision, cause: Cause) -> list[str]:
        """Take a decision into the working set, whole or not at all; returns the ids of its events.

        A timer may be for anybody: it is how a decision reaches those who are not locked. Raises Refused for an event
        that is too large or unknown, or for a subject or aggregate that is not locked.
        """
        events = [self._checked(event) for event in decision.events]
        changes = [(self._changeable(change), change) for change in decision.changes]
        for kind, change in changes:
            key = change[0]
            self.working._held.setdefault(kind, {})[key] = change
            self._changed.setdefault(kind, {})[key] = change
        self._timers.extend((timer, cause) for timer in decision.timers)
        self._cancelled.extend(decision.cancelled)
        ids: list[str] = []
        for event, data in events:
            ids.append(self._record(event, data, cause))
            if cause.causationid is None:
                # A command's first fact is what its others follow from.
                cause = cause._replace(causationid=ids[0])
        return ids

    def _checked(self, event: NewEvent) -> tuple[NewEvent, str]:
        if event.data.type not in REGISTRY:
            raise Refused("an event of a type that is not registered")
        if event.subject not in self._sequences:
            raise Refused(f"{event.data.type} for a subject that this transaction did not lock")
        data = event.data.__pydantic_serializer__.to_json(event.data)
        if len(data) > LARGEST_EVENT:
            raise Refused(f"{event.data.type} has {len(data)} bytes of data; {LARGEST_EVENT} are the most")
        return event, data.decode()

    def _changeable(self, change: Any) -> Kind[Any]:
        kind = self._kind_of[type(change)]
        if not kind.minted and change[0] not in self.working._held.get(kind, {}):
            raise Refused(f"a change of a {kind.type.__name__.lower()} that this transaction did not lock")
        return kind

    def _record(self, event: NewEvent, data: str, cause: Cause) -> str:
        subject = event.subject
        sequence = self._sequences[subject] + 1
        self._sequences[subject] = self._advanced[subject] = sequence
        identity = new_id()
        recorded = self.recorded
        recorded.ids.append(identity)
        recorded.topics.append(event.data.topic)
        recorded.types.append(event.data.type)
        recorded.subjects.append(subject)
        recorded.sequences.append(sequence)
        recorded.caseids.append(event.caseid)
        recorded.correlationids.append(cause.correlationid)
        recorded.causationids.append(cause.causationid)
        recorded.traceparents.append(next_traceparent(cause.traceparent, identity))
        recorded.data.append(data)
        return identity

    async def save(self) -> None:
        """Write what the decisions changed, the timers and the ledger."""
        statements: list[tuple[str, str]] = []
        parameters: list[Any] = []
        for kind in self._kinds:
            if kind in self._changed:
                # Sorted, so that rows a minted kind brings are inserted in one order everywhere.
                changed = self._changed[kind]
                statement, columns = kind.written([changed[key] for key in sorted(changed)])
                statements.append((f"changed_{kind.table.name}", statement))
                parameters += columns
        if self._cancelled:
            statements.append(("cancelled", CANCEL))
            parameters += zip(*self._cancelled, strict=True)
        if self._timers:
            statements.append(("timers", TIMERS))
            parameters += _timer_columns(self._timers)
        if self.recorded.ids:
            statements += *LEDGER, ("advanced", MAKE_OR_ADVANCE if self._minted else ADVANCE)
            parameters += self.working.now, *self.recorded.columns()
            parameters += list(self._advanced), list(self._advanced.values())
        if statements:
            await self.connection.execute(together(tuple(statements)), *parameters)


def next_traceparent(traceparent: str | None, identity: str) -> str | None:
    """The same trace with the new event as its parent: the span's id is the random tail of the event's id."""
    if traceparent is None:
        return None
    return f"{traceparent[:36]}{identity[19:23]}{identity[24:]}{traceparent[52:]}"


def _timer_columns(timers: list[tuple[NewTimer, Cause]]) -> list[list[Any]]:
    rows = [
        (
            timer.name,
            timer.subject,
            timer.due_at,
            timer.caseid,
            cause.correlationid,
            cause.causationid,
            cause.traceparent,
            orjson.dumps(dict(timer.data)).decode(),
        )
        for timer, cause in timers
    ]
    return [list(column) for column in zip(*rows, strict=True)]
