"""A service: what it consists of, and the one lifespan that all of them have.

Start: database at the schema of this build, timers, topics there, relay, then the consumer. Nothing waits for an
order from outside: whatever is not there yet is waited for. Stop: commands (by the HTTP server), consumer and its batch
at hand, timers, what the relay can still send, then the connections.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from fastapi import APIRouter

from shared import dropping, outbox, readiness, watchdog
from shared.consuming import Consumer
from shared.database import Connection, Database
from shared.events.envelope import Contract
from shared.handling import Handlers
from shared.kinds import Key, Kind
from shared.loop import Loop
from shared.metrics import instruments_of
from shared.outcome import recorded_lines
from shared.receiving import Receiver
from shared.repair import replay_newly_known
from shared.revisions import newest_revision
from shared.settings import Settings
from shared.telemetry import describe, log, write_lines
from shared.timers import Timers
from shared.work import Clock, Work, utc_now

RETRY_SECONDS = 0.5
OPEN_SECONDS = 30
"""How long a start waits for its connections to be opened beforehand; it goes on without."""


@dataclass(frozen=True)
class Service:
    """What a service is made of; `app.py` of each service fills one in and holds nothing else.

    `kinds` are locked in the order given. `emits` is checked against what is really published.
    """

    name: str
    folder: Path
    handlers: Handlers
    kinds: Sequence[Kind[Any]]
    emits: Sequence[type[Contract]]
    router: APIRouter
    loops: Callable[["Running"], Sequence[Loop]] = field(default=lambda _: ())
    own_settings: Callable[[], None] = field(default=lambda: None)
    """Reads the settings that this service alone has, when its process starts: the code may have been loaded long
    before, in the process that it is forked from. Raises pydantic's ValidationError."""
    reused: Callable[[Any, Work], Awaitable[str | None]] | None = None
    """Keeps a command (`shared.commands.Command`) whose key was used for something else; returns where it is shown."""
    device_times: Callable[[Connection, Mapping[str, datetime]], Awaitable[None]] | None = None
    """Notes of a command's events (by id) when its device says that they were written down (header `Device-Time`)."""
    gauges: Mapping[str, str] = field(default_factory=dict)
    """Gauges of its own (`shared.metrics`), each with the query for its rows: the labels in their order, the value."""

    def __post_init__(self) -> None:
        """What every owner of contracts does: tell what its operators drop, and hear what others drop of its own."""
        told = dropping.OF.get(self.name)
        if told is None:
            return
        dropping.hear_of_drops(self.name, self.handlers)
        if told not in self.emits:
            object.__setattr__(self, "emits", (*self.emits, told))
        if dropping.DROPS not in self.kinds:
            object.__setattr__(self, "kinds", (*self.kinds, dropping.DROPS))

    @property
    def consumes(self) -> tuple[type[Contract], ...]:
        return self.handlers.consumes

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it reads, without prefix."""
        return tuple(sorted({contract.topic for contract in self.consumes}))

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    def schema(self) -> str:
        """The newest revision of this build's migrations."""
        return newest_revision(self.migrations)


class Running:
    """A service in this process."""

    def __init__(self, service: Service, settings: Settings, clock: Clock = utc_now) -> None:
        self.service = service
        self.settings = settings
        self.clock = clock
        self.died: str | None = None
        url = settings.database_url.get_secret_value()
        self.database = Database(url, 8, f"{service.name} commands")
        self._databases = {
            part: Database(url, size, f"{service.name} {part}", options)
            for part, size, options in (("consumer", 2, {}), ("relay", 1, outbox.CONNECTION), ("timers", 2, {}))
        }
        self.instruments = instruments_of(service.name, settings)
        self.relay = outbox.Relay(
            self._databases["relay"], settings.producer_options(), settings.topic_prefix, self.instruments
        )
        self.timers = Timers(
            service.name,
            service.handlers,
            service.kinds,
            self._databases["timers"],
            clock,
            self.committed,
            self.instruments,
        )
        self.consumer = Consumer(
            service.name,
            service.handlers,
            service.kinds,
            self._databases["consumer"],
            clock,
            self.committed,
            settings.topic_prefix,
            settings.chunk,
            self.instruments,
        )
        self.receiver: Receiver | None = None
        self.loops = tuple(service.loops(self))
        for loop in (self.relay, self.timers, *self.loops):
            loop.stuck_seconds = settings.stuck_seconds
        self.gatherings: dict[Any, Any] = {}
        """By what is done: the commands that wait to be done together, see `shared.gathering`."""
        self.oldest_unsent = readiness.Oldest()
        self.beat = 0
        """Counts on while the event loop turns; see `shared.watchdog`."""
        self.waiting_for: str | None = "start"
        self._tasks: list[asyncio.Task[None]] = []

    def committed(self) -> None:
        """Wake whoever works off what a commit may have left: unsent events, timers due at once, messages."""
        self.relay.wake()
        self.timers.wake()
        for loop in self.loops:
            loop.wake()

    async def start(self) -> None:
        """Begin to come up; returns at once. What is not there yet is waited for, see `waiting_for`."""
        self._tasks.append(asyncio.create_task(watchdog.pulse(self), name="pulse"))
        self._tasks.append(asyncio.create_task(self._come_up(), name="come-up"))

    async def _come_up(self) -> None:
        await self._until("the database", self._at_schema)
        opening = asyncio.create_task(self._open_connections(), name="open-connections")
        self._tasks.append(opening)
        self.timers.start()
        for loop in self.loops:
            loop.start()
        if self.service.topics:
            await self._until("the topics", self._topics_there)
        self.relay.start()  # not before: asking for a topic that is missing would have some brokers make it
        if self.service.topics:
            await self._until("parked events of versions now known", lambda: replay_newly_known(self.consumer))
            log.info("joining", topics=self.service.topics)
            await self._until("Kafka", self._receive)
        self.waiting_for = "connections"
        await asyncio.wait([opening], timeout=OPEN_SECONDS)
        self.waiting_for = None
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)  # batches allocate much and make no cycles
        self._tasks.append(asyncio.create_task(watchdog.end_when_dead(self), name="watch"))
        log.info("ready")

    async def _until(self, what: str, step: Callable[[], Awaitable[None]]) -> None:
        self.waiting_for = what
        told = ""
        while True:
            try:
                return await step()
            except Exception as error:
                reason = str(error) if isinstance(error, NotYet) else describe(error)
                if reason != told:
                    log.warning("waiting", waiting_for=what, reason=reason)
                told = reason
                await asyncio.sleep(RETRY_SECONDS)

    async def _at_schema(self) -> None:
        head = self.service.schema()
        if not await self.database.fetch(
            "select to_regclass('alembic_version')::text as name where to_regclass('alembic_version') is not null"
        ):
            raise NotYet("the database has no schema yet: run `reintegration migrate`")
        rows = await self.database.fetch("select version_num from alembic_version")
        if [row[0] for row in rows] != [head]:
            raise NotYet(f"the database's schema is not this build's ({head}): run `reintegration migrate`")

    async def _open_connections(self) -> None:
        """Before anybody asks for them: a first burst would wait while they are made, one after the other."""
        with contextlib.suppress(Exception):  # whoever uses one later meets the same fault, and tells it
            for database in (self._databases["consumer"], self.database):
                await database.open(self.consumer.rehearse)

    async def _topics_there(self) -> None:
        told = {contract.topic for contract in self.service.emits}
        wanted = {self.settings.topic_prefix + topic for topic in told.union(self.service.topics)}
        admin = AIOKafkaAdminClient(**self.settings.kafka_options(), request_timeout_ms=5_000)
        try:
            await admin.start()
            missing = wanted - set(await admin.list_topics())
        finally:
            with contextlib.suppress(Exception):
                await admin.close()
        if missing:
            raise NotYet(f"topics are missing: {', '.join(sorted(missing))}; run `reintegration topics`")

    async def _receive(self) -> None:
        receiver = Receiver(self.settings, self.consumer, self.service.topics)
        try:
            await receiver.start()
        except BaseException:
            with contextlib.suppress(Exception):
                await receiver.stop()
            raise
        self.receiver = receiver

    def alive(self) -> dict[str, bool]:
        """Which loops go on, by name; empty while the service comes up."""
        if self.waiting_for is not None:
            return {}
        return {
            "relay": self.relay.alive,
            "timers": self.timers.alive,
            **({"consumer": self.receiver.alive} if self.receiver is not None else {}),
            **{loop.name: loop.alive for loop in self.loops},
        }

    async def stop(self) -> None:
        """Drain in order, as far as it goes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)  # one that was joining leaves before we go on
        if self.receiver is not None:
            await self.receiver.stop()
        await self.timers.stop()
        for loop in self.loops:
            await loop.stop()
        await self.relay.stop()
        await asyncio.gather(*[database.close() for database in (self.database, *self._databases.values())])
        if self.instruments.spans is not None:
            await asyncio.to_thread(self.instruments.spans.close)
        log.info("stopped")

    @asynccontextmanager
    async def unit(
        self, subjects: Collection[str], keys: Iterable[Key] = (), minted: Collection[str] = ()
    ) -> AsyncIterator[Work]:
        """A unit of work for a command: subjects and aggregates locked and loaded, saved and committed at the end.

        The events it recorded are told in the log after the commit.
        """
        begun = perf_counter()
        async with self.database.transaction() as connection:
            work = Work(connection, self.service.kinds, self.clock())
            await work.lock(subjects, minted)
            await work.load(keys)
            yield work
            await work.save()
        self.committed()
        write_lines(recorded_lines(work, (perf_counter() - begun) * 1e3))

    async def problems(self) -> list[str]:
        """What stands in the way of being ready, in words; empty when ready."""
        return await readiness.problems(self)

    @property
    def pools(self) -> dict[str, Database]:
        """Its pools of connections, by what they are for."""
        return {"commands": self.database, **self._databases}

    def counts(self) -> dict[str, dict[str, int]]:
        """Counters since the start, for operators."""
        return {
            "consumer": dict(self.consumer.counts),
            "skipped": dict(self.consumer.skipped),
            "timers": dict(self.timers.counts),
        }


class NotYet(Exception):
    """Something that a service waits for is not there yet; the text says what to do."""
