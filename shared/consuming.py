"""Consuming: a batch of records, one transaction, acknowledged after its commit.

The order inside the transaction: inbox, subjects locked, parked check, aggregates locked and loaded, decisions,
changes, ledger. A rule that fails parks its event alone. A storage error of the data itself halves the batch, under
savepoints, until the failing event stands alone. Any other error rolls the batch back and retries it whole.
"""

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import asyncpg

from shared import inbox
from shared.database import Connection, Database
from shared.events.decoding import Broken, Decoder, KeptRecord, Unhandled, headers_of
from shared.events.envelope import Event
from shared.handling import Handler, Handlers
from shared.inbox import BEHIND, Parked
from shared.kinds import Key, Kind
from shared.telemetry import describe, log, service_name, write_lines
from shared.work import Cause, Clock, Work

FLOOD = 100
"""In a batch of at least so many, when more than half would be parked, the fault is ours and none is."""


class Flood(Exception):
    """More than half of a large batch failed: parking them all would hide a fault of this build or its data."""


@dataclass(slots=True)
class Outcome:
    """What a transaction did, told in the log after its commit."""

    applied: list[tuple[Event, list[str]]] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    records: int = 0
    repeated: int = 0


Item = tuple[Any, Event | Broken]
"""A record and what it was decoded to."""


class Consumer:
    """Applies the events of the topics a service reads, each once."""

    def __init__(
        self,
        name: str,
        handlers: Handlers,
        kinds: Sequence[Kind[Any]],
        database: Database,
        clock: Clock,
        committed: Callable[[], None],
        topic_prefix: str = "",
    ) -> None:
        self.name = name
        self.skipped: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._handlers: dict[str, Handler[Event]] = {c.type: handler for c, handler in handlers.events.items()}
        self._kinds = kinds
        self._database = database
        self._clock = clock
        self._committed = committed
        self._prefix = topic_prefix
        self._decoder = Decoder(handlers.consumes, topic_prefix)

    async def apply(self, records: Sequence[Any]) -> None:
        """Apply a batch of records in one transaction. Raises what the database refused it with, or Flood: then
        nothing of it is done, and it is to come again."""
        items = self._decode(records)
        if items:
            await self._settle(items)

    def _decode(self, records: Sequence[Any]) -> list[Item]:
        items: list[Item] = []
        decode = self._decoder.decode
        for record in records:
            decoded = decode(record)
            if isinstance(decoded, Unhandled):
                if decoded.type not in self.skipped:
                    log.info("skipping a type that this service does not handle", type=decoded.type)
                self.skipped[decoded.type] += 1
            else:
                items.append((record, decoded))
        return items

    async def _settle(self, items: list[Item]) -> None:
        begun = perf_counter()
        try:
            outcome = await self._transaction(items, self._whole)
        except asyncpg.PostgresError as error:
            if not is_of_the_data(error):
                raise
            outcome = await self._transaction(items, self._halving)
        self._committed()
        self._tell(outcome, (perf_counter() - begun) * 1e3)

    async def _transaction(self, items: list[Item], settle: Callable[..., Any]) -> Outcome:
        outcome = Outcome(records=len(items))
        async with self._database.transaction() as connection:
            fresh = await self._claim(connection, items)
            outcome.repeated = len(items) - len(fresh)
            if fresh:
                subjects = sorted({item.subject for _, item in fresh if item.subject is not None})
                work = self._work(connection)
                await work.lock(subjects)
                waiting = await inbox.blocked(connection, self.name, subjects)
                await settle(work, fresh, waiting, outcome)
                if outcome.parked:
                    self._refuse_flood(outcome)
                    await inbox.park(connection, self.name, outcome.parked, work.working.now)
        return outcome

    async def _claim(self, connection: Connection, items: list[Item]) -> list[Item]:
        """Those not seen before, in their order. A broken record without a readable id is known by its place."""
        named = [(place, item.id) for place, (_, item) in enumerate(items) if item.id is not None]
        new = await inbox.claim(connection, self.name, [identity for _, identity in named])
        if len(new) == len(items):
            return items
        kept = {named[place][0] for place in new}
        return [pair for place, pair in enumerate(items) if place in kept or pair[1].id is None]

    def _work(self, connection: Connection) -> Work:
        return Work(connection, self._kinds, self._clock())

    async def _whole(self, work: Work, items: list[Item], waiting: set[tuple[str, str]], outcome: Outcome) -> None:
        """Load for all, decide one by one in order, save for all."""
        keys: list[Key] = []
        failed: dict[int, BaseException] = {}
        by_handler: dict[int, tuple[Handler[Event], list[Event]]] = {}
        for place, (_, item) in enumerate(items):
            if isinstance(item, Event):
                handler = self._handlers[item.type]
                try:
                    keys.extend(handler.keys(item))
                except Exception as error:
                    failed[place] = error
                if handler.look_up is not None:
                    by_handler.setdefault(id(handler.look_up), (handler, []))[1].append(item)
        await work.load(keys)
        for handler, events in by_handler.values():
            assert handler.look_up is not None
            await handler.look_up(work.connection, events, work.working)
        working = work.working
        for place, (record, item) in enumerate(items):
            if waiting and (self._owner(record), item.subject) in waiting:
                outcome.parked.append(self._parked(record, item, BEHIND, "an earlier event of this person is parked"))
                continue
            if isinstance(item, Broken):
                parked = self._parked(record, item, item.reason, item.detail)
            else:
                try:
                    if place in failed:
                        raise failed[place]
                    emitted = work.apply(self._handlers[item.type].decide(working, item), Cause.of(item))
                    outcome.applied.append((item, emitted))
                    continue
                except Exception as error:
                    parked = self._parked(record, item, "rule-failed", _where(error))
            outcome.parked.append(parked)
            if parked.subject is not None:
                waiting.add((parked.owner, parked.subject))
        await work.save()

    async def _halving(self, work: Work, items: list[Item], waiting: set[tuple[str, str]], outcome: Outcome) -> None:
        """As `_whole`, in halves under savepoints, since some event's data is refused by the database."""
        trial, blocked = Outcome(), set(waiting)
        part = self._work(work.connection)
        try:
            async with work.connection.transaction():
                await part.lock(sorted({item.subject for _, item in items if item.subject is not None}))
                await self._whole(part, items, blocked, trial)
        except asyncpg.PostgresError as error:
            if not is_of_the_data(error):
                raise
            if len(items) > 1:
                middle = len(items) // 2
                await self._halving(work, items[:middle], waiting, outcome)
                await self._halving(work, items[middle:], waiting, outcome)
                return
            ((record, item),) = items
            parked = self._parked(record, item, "data-refused", f"the database refused it: {describe(error)}")
            trial, blocked = Outcome(parked=[parked]), set(waiting)
            if parked.subject is not None:
                blocked.add((parked.owner, parked.subject))
        waiting |= blocked
        outcome.applied.extend(trial.applied)
        outcome.parked.extend(trial.parked)

    def _refuse_flood(self, outcome: Outcome) -> None:
        failed = [parked for parked in outcome.parked if parked.reason != BEHIND]
        if outcome.records >= FLOOD and len(failed) * 2 > outcome.records:
            reasons = Counter(f"{parked.reason}: {parked.detail}" for parked in failed)
            raise Flood(f"{len(failed)} of {outcome.records} events failed; most: {reasons.most_common(1)[0][0]}")

    def _owner(self, record: Any) -> str:
        topic: str = record.topic
        return topic.removeprefix(self._prefix).partition(".")[0]

    def _parked(self, record: Any, item: Event | Broken, reason: str, detail: str) -> Parked:
        kept = KeptRecord(record.topic, record.partition, record.offset, record.key, record.value, record.headers)
        return Parked(kept, self._owner(record), reason, detail, item.id, item.subject, item.sequence, item.type)

    async def replay(self, owner: str, subject: str, by: str, why: str) -> int:
        """Apply what waits of this owner and subject, in its order, as far as it goes; returns how many were applied.

        What fails again keeps waiting, with its new reason, and so does what stands behind it.
        """
        async with self._database.transaction() as connection:
            work = self._work(connection)
            await work.lock([subject])
            rows = await connection.fetch(WAITING, self.name, owner, subject)
            items, numbers = [], {}
            for row in rows:
                record = KeptRecord(row[1], row[2], row[3], row[4], row[5], headers_of(row[6]))
                decoded = self._decoder.decode(record)
                if not isinstance(decoded, Unhandled):
                    items.append((record, decoded))
                    numbers[record.topic, record.partition, record.offset] = row[0]
            outcome = Outcome()
            await self._whole(work, items, set(), outcome)
            again = {(p.record.topic, p.record.partition, p.record.offset): p for p in outcome.parked}
            settled = [number for place, number in numbers.items() if place not in again]
            await connection.execute(SETTLED, settled, work.working.now, by, why)
            for place, parked in again.items():
                await connection.execute(AGAIN, numbers[place], parked.reason, parked.detail)
        self._committed()
        self._tell(outcome, 0.0)
        return len(settled)

    async def replay_newly_known(self) -> None:
        """Replay what was parked for its version only, now that this build knows it."""
        rows = await self._database.fetch(NEWLY_KNOWN, self.name, list(self._handlers))
        for owner, subject in rows:
            await self.replay(owner, subject, "reintegration", "this build knows the version")

    def _tell(self, outcome: Outcome, ms: float) -> None:
        """The batch's log lines; after the commit, since a line before it can claim what was rolled back."""
        self.counts["applied"] += len(outcome.applied)
        self.counts["repeated"] += outcome.repeated
        self.counts["parked"] += len(outcome.parked)
        time, service, spent = self._clock().isoformat(), service_name(), round(ms, 1)
        lines: list[dict[str, Any]] = [
            {
                "time": time,
                "level": "info",
                "service": service,
                "event": "applied",
                "type": event.type,
                "person": event.subject,
                "case": event.caseid,
                "event_id": event.id,
                "correlation": event.correlationid,
                "emitted": emitted,
                "ms": spent,
            }
            for event, emitted in outcome.applied
        ]
        for parked in outcome.parked:
            # Sizes and digests, not bytes: what fails its contract may hold anything.
            lines.append(
                {
                    "time": time,
                    "level": "warning",
                    "service": service,
                    "event": "parked",
                    "reason": parked.reason,
                    "detail": parked.detail,
                    "type": parked.type,
                    "person": parked.subject,
                    "event_id": parked.id,
                    "topic": parked.record.topic,
                    "partition": parked.record.partition,
                    "offset": parked.record.offset,
                    "bytes": len(parked.record.value or b""),
                    "digest": parked.record.digest().hex()[:16],
                }
            )
        if lines:
            write_lines(lines)


WAITING = """
select number, topic, partition, "offset", key, value, headers::text from parked
where consumer = $1 and owner = $2 and subject = $3 and state = 'waiting' order by number for update
"""
SETTLED = """
update parked set state = 'replayed', settled_at = $2, settled_by = $3, settled_why = $4
where number = any($1::bigint[])
"""
AGAIN = "update parked set reason = $2, detail = $3 where number = $1"
NEWLY_KNOWN = """
select distinct owner, subject::text from parked
where consumer = $1 and state = 'waiting' and reason = 'unknown-version' and type = any($2::text[])
  and subject is not null
"""


def is_of_the_data(error: asyncpg.PostgresError) -> bool:
    """Whether the database refused the values themselves (SQLSTATE classes 22 and 23), so that trying again is vain."""
    return (error.sqlstate or "")[:2] in ("22", "23")


def _where(error: BaseException) -> str:
    """Which error and where in the rules; not its text, which may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{describe(error)}{place}"
