"""Tells whether anything is under way in a system: events to send or to consume, timers due, messages to hand out.

The order of looking makes the answer sure. Nothing is unsent and ledgers end somewhere; then every group has consumed
all there is; then no timer is due, no message ready, and ledgers still end there. So nothing was recorded meanwhile,
and whatever could have led to more was worked off before the last look.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

import asyncpg
from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]  # the package names no exports

from deploy.addresses import Addresses
from deploy.librdkafka import client_options
from deploy.terminal import Failure
from shared.settings import KafkaSettings

PAUSE: Final = 0.1
HANG_SECONDS: Final = 180
"""Without any progress: a system that stands still so long will not go on by itself."""
KAFKA_SECONDS: Final = 15
ANSWER_SECONDS: Final = 10
"""Of a database, to a question that takes a millisecond."""
DATABASE_AWAY: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

LEDGER: Final = "select coalesce(max(position), 0) from ledger"
UNSENT: Final = "select count(*) from unsent"
DUE: Final = "select count(*) from timer where due_at <= now() + interval '{ahead} seconds'"
READY: Final = "select count(*) from message where state = 'ready'"
PARKED: Final = "select count(*) from parked where state = 'waiting'"


class Standstill(Failure):
    """A system that has work left and does none."""


class Unseen(Failure):
    """A system that cannot be looked into: Kafka or a database is away."""


class Drain:
    """Waits for one system. `consumes`: by service the topics that it reads, without the deployment's prefix. `ahead`:
    a timer that is due within so many seconds is waited for as well, so that none fires right afterwards."""

    def __init__(self, addresses: Addresses, consumes: Mapping[str, tuple[str, ...]], ahead: int = 0) -> None:
        self._due = DUE.format(ahead=ahead)
        self._addresses = addresses
        self._consumes = consumes
        self._admin = self._administrator()
        self._runner = asyncio.Runner()
        self._databases: dict[str, Any] = {}
        self._partitions: dict[str, list[TopicPartition]] = {}

    def __enter__(self) -> Self:
        self._runner.__enter__()
        told = self._topics()
        for topic in sorted({topic for topics in self._consumes.values() for topic in topics}):
            name = self._addresses.topic_prefix + topic
            self._partitions[topic] = [TopicPartition(name, number) for number in sorted(told[name].partitions)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._close())
        self._runner.__exit__(kind, failure, trace)

    def _topics(self) -> Any:
        """What topics there are. A Kafka that is away is waited for, as in `wait`."""
        begun = time.monotonic()
        while True:
            try:
                return self._admin.list_topics(timeout=KAFKA_SECONDS).topics
            except KafkaException as error:
                if time.monotonic() - begun > HANG_SECONDS:
                    raise Unseen(f"Kafka does not answer: {error.args[0].name()}") from None
                time.sleep(PAUSE)

    def wait(self, tell: Callable[[str], None] = lambda said: None) -> None:
        """Return once nothing is under way. Raises Standstill where nothing moves for three minutes."""
        before, moved = "", time.monotonic()
        while said := self._said():
            if said != before:
                tell(said)
                before, moved = said, time.monotonic()
            elif time.monotonic() - moved > HANG_SECONDS:
                raise Standstill(f"The system stands still with work left: {said}. Its logs tell why.")
            time.sleep(PAUSE)

    def _said(self) -> str:
        """What is under way, in words. A server that is away is waited for as work is: the services do as well."""
        try:
            return ", ".join(f"{number} {what}" for what, number in self.left().items())
        except Unseen as failure:
            return str(failure)

    def left(self) -> dict[str, int]:
        """What is under way, by what it is; empty where nothing is. Raises Unseen."""
        try:
            return self._left()
        except (KafkaException, *DATABASE_AWAY) as failure:
            self._runner.run(self._close())
            self._admin = self._administrator()  # one of before goes on asking by what it knew of the leaders
            raise Unseen(f"The system cannot be looked into: {type(failure).__name__}: {failure}") from failure

    def _left(self) -> dict[str, int]:
        ends = self._ask(LEDGER)
        unsent = sum(self._ask(UNSENT).values())
        if unsent:
            return {"events to send": unsent}
        behind = self._behind()
        if behind:
            return {"events to consume": behind}
        due = sum(self._ask(self._due).values())
        ready = self._ask(READY, "notifications")["notifications"]
        if due or ready:
            return {what: number for what, number in (("timers due", due), ("messages to hand out", ready)) if number}
        newer = sum(self._ask(LEDGER).values()) - sum(ends.values())
        return {"events just recorded": newer} if newer else {}

    def _ask(self, query: str, *services: str) -> dict[str, int]:
        return self._runner.run(self._numbers(query, services or tuple(self._addresses.databases)))

    async def _numbers(self, query: str, services: tuple[str, ...]) -> dict[str, int]:
        found = await asyncio.gather(*(self._number(query, service) for service in services))
        return dict(zip(services, found, strict=True))

    def _behind(self) -> int:
        """Records that groups have yet to consume, of all groups together."""
        latest: Any = OffsetSpec.latest()  # type: ignore[no-untyped-call]
        places = {place: latest for places in self._partitions.values() for place in places}
        ends = {
            (place.topic, place.partition): asked.result().offset
            for place, asked in self._admin.list_offsets(places, request_timeout=KAFKA_SECONDS).items()
        }
        behind = 0
        for service, topics in self._consumes.items():
            group = ConsumerGroupTopicPartitions(
                self._addresses.topic_prefix + service, [place for topic in topics for place in self._partitions[topic]]
            )
            (asked,) = self._admin.list_consumer_group_offsets([group], request_timeout=KAFKA_SECONDS).values()
            for place in asked.result().topic_partitions:
                behind += max(0, ends[place.topic, place.partition] - max(0, place.offset))
        return behind

    def _administrator(self) -> AdminClient:
        settings = KafkaSettings(kafka=self._addresses.kafka, topic_prefix=self._addresses.topic_prefix)
        return AdminClient({**client_options(settings), "log_level": 0})

    async def _number(self, query: str, service: str) -> int:
        if service not in self._databases:
            self._databases[service] = await asyncpg.connect(
                self._addresses.databases[service],
                timeout=ANSWER_SECONDS,
                command_timeout=ANSWER_SECONDS,
                server_settings={"application_name": "demo"},
            )
        return int(await self._databases[service].fetchval(query))

    async def _close(self) -> None:
        for connection in self._databases.values():
            connection.terminate()
        self._databases.clear()
