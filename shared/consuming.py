"""Consuming: a batch of records, one transaction, acknowledged after its commit.

The order inside the transaction: inbox, subjects locked, parked check, aggregates locked and loaded, decisions,
changes, ledger. A rule that fails parks its event alone. A storage error of the data itself halves the batch, under
savepoints, until the failing event stands alone. Any other error rolls the batch back and retries it whole.
"""

import asyncio
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

from shared import inbox
from shared.database import Connection, Database, is_of_the_data
from shared.events.decoding import Broken, Decoder, KeptRecord, Unhandled
from shared.events.envelope import Event
from shared.handling import Handler, Handlers
from shared.inbox import BEHIND, Parked
from shared.kinds import Key, Kind
from shared.metrics import Instruments
from shared.outcome import Outcome
from shared.telemetry import describe, log, write_lines
from shared.work import Cause, Clock, Work

FLOOD = 100
"""In a batch of at least so many, when more than half would be parked, the fault is ours and none is."""


MOST_SKIPPED = 200
"""Types counted by name; whoever writes new ones without end fills neither memory nor logs."""

TURN = 50
"""Records decoded between two looks at the event loop."""


class Flood(Exception):
    """More than half of a large batch failed: parking them all would hide a fault of this build or its data."""


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
        chunk: int = 1_000,
        instruments: Instruments | None = None,
    ) -> None:
        self.instruments = instruments or Instruments()
        self.name = name
        self._chunk = chunk
        self.skipped: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._handlers: dict[str, Handler[Event]] = {c.type: handler for c, handler in handlers.events.items()}
        self._kinds = kinds
        self.database = database
        self._clock = clock
        self.committed = committed
        self._prefix = topic_prefix
        self.decoder = Decoder(handlers.consumes, topic_prefix)

    @property
    def types(self) -> list[str]:
        """The types of event that it handles."""
        return list(self._handlers)

    async def apply(self, records: Sequence[Any]) -> None:
        """Apply a batch of records, a transaction for each `chunk` of them, in order. Raises what the database refused
        a transaction with, or Flood: then nothing of that one and of those behind it is done, and the batch is to come
        again; what was applied is known to the inbox.

        While PostgreSQL works on one transaction, the records of the next are decoded.
        """
        items = await self._decode(records[: self._chunk])
        if len(records) <= self._chunk:
            await self._settle(items)
            return
        for start in range(self._chunk, len(records) + self._chunk, self._chunk):
            settling = asyncio.create_task(self._settle(items))
            await asyncio.sleep(0)  # it begins before the next are decoded
            try:
                items = await self._decode(records[start : start + self._chunk])
            finally:
                await settling

    async def _decode(self, records: Sequence[Any]) -> list[Item]:
        items: list[Item] = []
        decode = self.decoder.decode
        for place, record in enumerate(records):
            if place and not place % TURN:
                await asyncio.sleep(0)  # the transaction at hand has its turn
            decoded = decode(record)
            if isinstance(decoded, Unhandled):
                self._skip(decoded.type)
            else:
                items.append((record, decoded))
        return items

    def _skip(self, kind: str) -> None:
        if kind not in self.skipped and len(self.skipped) >= MOST_SKIPPED:
            kind = "others"
        if kind not in self.skipped:
            log.info("skipping a type that this service does not handle", type=kind)
        self.skipped[kind] += 1

    async def _settle(self, items: list[Item]) -> None:
        if not items:
            return
        begun = perf_counter()
        try:
            outcome = await self._transaction(items, self.together)
        except Exception as error:
            if not is_of_the_data(error):
                raise
            outcome = await self._transaction(items, self.halving)
        self.committed()
        self.tell(outcome, (perf_counter() - begun) * 1e3)
        self.instruments.batch(outcome, begun)

    async def _transaction(self, items: list[Item], settle: Callable[..., Any]) -> Outcome:
        async with self.database.transaction() as connection:
            return await self.settle_within(connection, items, settle)

    async def settle_within(self, connection: Connection, items: list[Item], settle: Callable[..., Any]) -> Outcome:
        """Claim, decide and keep within a transaction that somebody else commits; `settle`: `together` or `halving`."""
        outcome = Outcome(records=len(items))
        work = self.work(connection)
        fresh = await self._claim(work, items)
        outcome.repeated = len(items) - len(fresh)
        if fresh:
            waiting = await inbox.blocked(connection, self.name, work.parked)
            await settle(work, fresh, waiting, outcome)
            if outcome.parked:
                self._refuse_flood(outcome)
                await inbox.park(connection, self.name, outcome.parked, work.working.now)
        return outcome

    async def _claim(self, work: Work, items: list[Item]) -> list[Item]:
        """Lock their subjects; returns those not seen before, in their order.

        A broken record without a readable id is known by its place.
        """
        named = [(place, item.id) for place, (_, item) in enumerate(items) if item.id is not None]
        subjects = {item.subject for _, item in items if item.subject is not None}
        new = await inbox.claim(work, self.name, [identity for _, identity in named], subjects)
        if len(new) == len(items):
            return items  # the usual case
        kept = {named[place][0] for place in new}
        nameless = {n: inbox.place_of(_kept(record)) for n, (record, item) in enumerate(items) if item.id is None}
        known = await inbox.known_places(work.connection, self.name, list(nameless.values()))
        kept |= {n for n, place in nameless.items() if place not in known}
        return [pair for place, pair in enumerate(items) if place in kept]

    def bare(self, topic: str) -> str:
        """A topic's name without the deployment's prefix."""
        return topic.removeprefix(self._prefix)

    def work(self, connection: Connection) -> Work:
        return Work(connection, self._kinds, self._clock())

    async def rehearse(self, connection: Connection) -> None:
        """Prepare a connection for the first batch."""
        work = self.work(connection)
        await inbox.claim(work, self.name, [], ())
        await work.rehearse()

    async def together(self, work: Work, items: list[Item], waiting: set[tuple[str, str]], outcome: Outcome) -> None:
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
            if waiting and (self.owner(record.topic), item.subject) in waiting:
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

    async def halving(self, work: Work, items: list[Item], waiting: set[tuple[str, str]], outcome: Outcome) -> None:
        """As `together`, in halves under savepoints, since some event's data is refused by the database."""
        trial, blocked = Outcome(), set(waiting)
        part = self.work(work.connection)
        try:
            async with work.connection.transaction():
                await part.lock(sorted({item.subject for _, item in items if item.subject is not None}))
                await self.together(part, items, blocked, trial)
        except Exception as error:
            if not is_of_the_data(error):
                raise
            if len(items) > 1:
                middle = len(items) // 2
                await self.halving(work, items[:middle], waiting, outcome)
                await self.halving(work, items[middle:], waiting, outcome)
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

    def owner(self, topic: str) -> str:
        """Whose topic it is."""
        return self.bare(topic).partition(".")[0]

    def now(self) -> datetime:
        return self._clock()

    def _parked(self, record: Any, item: Event | Broken, reason: str, detail: str) -> Parked:
        return Parked(
            _kept(record), self.owner(record.topic), reason, detail, item.id, item.subject, item.sequence, item.type
        )

    def tell(self, outcome: Outcome, ms: float) -> None:
        """Count and log; after the commit, since a line before it can claim what was rolled back."""
        self.counts["applied"] += len(outcome.applied)
        self.counts["repeated"] += outcome.repeated
        self.counts["parked"] += len(outcome.parked)
        self.instruments.told(outcome)
        write_lines(outcome.lines(self._clock().isoformat(), round(ms, 1)))


def _kept(record: Any) -> KeptRecord:
    return KeptRecord(record.topic, record.partition, record.offset, record.key, record.value, record.headers)


def _where(error: BaseException) -> str:
    """Which error and where in the rules; not its text, which may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{describe(error)}{place}"
