"""The FastStream subscriber that feeds a consumer: whole batches, untouched, acknowledged by hand.

FastStream's own parser would drop a batch because of one undecodable header and turn tombstones into empty bytes, so
parser and decoder hand the records over as they are.
"""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError, IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.exceptions import IncorrectState
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaAckableMessage

from shared import failpoints
from shared.acknowledging import ACKNOWLEDGE_SECONDS, ANSWER_SECONDS, Offsets
from shared.connections import hang_up
from shared.consuming import Consumer, Flood
from shared.settings import Settings
from shared.telemetry import describe, log
from shared.unreadable import pass_over

IDLE_POLL_MS = 500
LONGEST_DELAY = 10.0
STUCK_SECONDS = 60
"""After so long without a poll that was answered its loop has died, or reads nothing that it could hand on."""
COORDINATION = "_coordination_task"
RETRIED_AT_ONCE = ("40001", "40P01", "0A000")
"""Serialization failure, deadlock, and a statement prepared before a migration: the transaction is simply run again."""


class Receiver:
    """Receives the topics of one consumer. Built anew for every connection attempt."""

    def __init__(self, settings: Settings, consumer: Consumer, topics: Sequence[str]) -> None:
        self.failure: str | None = None
        """What keeps the consumer from going on right now; None while it works."""
        self.stopped: str | None = None
        """Why the consumer gave up and waits for a person; None otherwise."""
        self._consumer = consumer
        self._settings = settings
        self._delay = 0.1
        self._last_poll = time.monotonic()
        self._busy = False
        self._astray = False
        """Whether the client's position may be behind records that were not applied."""
        self._unread: str | None = None
        self._closing = asyncio.Event()
        self._offsets = Offsets(partial(self.answers, ANSWER_SECONDS))
        self._wrapped: Any = None
        self.broker = KafkaBroker(
            **_security(settings),
            client_id=f"{consumer.name}-{settings.replica}",
            allow_auto_create_topics=False,
            apply_types=False,
            logger=None,
            graceful_timeout=30,
        )
        self._subscriber = self.broker.subscriber(
            *[settings.topic_prefix + topic for topic in topics],
            group_id=settings.topic_prefix + consumer.name,
            # A static member that is restarted takes its partitions back at once, also after a kill.
            group_instance_id=f"{settings.topic_prefix}{consumer.name}-{settings.replica}",
            batch=True,
            max_records=settings.batch,
            batch_timeout_ms=10,  # after an empty poll FastStream sleeps as long again; see `_watch`
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.MANUAL,
            max_poll_interval_ms=settings.max_poll_interval_ms,
            session_timeout_ms=settings.session_timeout_ms,
            fetch_max_wait_ms=20,
            max_partition_fetch_bytes=4 * 1024 * 1024,
            parser=self._parse,
            decoder=_as_it_is,
        )
        self._subscriber(self._handle)

    async def start(self) -> None:
        """Connect and begin to poll. Raises what Kafka refuses it with."""
        await self.broker.start()
        self._watch()

    async def stop(self) -> None:
        """Stop polling, wait for the batch at hand."""
        self._closing.set()
        await self._offsets.settled()
        await self.broker.stop()

    def partitions(self) -> int:
        """How many partitions this process holds."""
        client = self._subscriber.consumer
        return len(client.assignment()) if client is not None else 0

    @property
    def progressed(self) -> float:
        """When it last polled or ended a batch, of the monotonic clock."""
        return self._last_poll

    async def lag(self) -> dict[TopicPartition, int]:
        """How many records of each partition are not applied yet."""
        client = self._subscriber.consumer
        return await self._offsets.lag(client) if client is not None else {}

    @property
    def alive(self) -> bool:
        """Whether it polls, and is not at one batch for ever. A loop can die inside the client while the process stays
        up."""
        since = time.monotonic() - self._last_poll
        if self._busy:  # a batch begins right after its poll
            return since < self._settings.stuck_seconds
        return since < STUCK_SECONDS and not self._deaf() and not self._offsets.lost

    def _deaf(self) -> bool:
        """Whether a task of the client's has ended that fetches records or keeps its partitions: polls go on without,
        and find nothing for ever. The client tells nobody of it."""
        client = self._subscriber.consumer
        inner = (
            (getattr(client, "_fetcher", None), "_fetch_task"),
            (getattr(client, "_coordinator", None), COORDINATION),
        )
        tasks = [getattr(part, name, None) for part, name in inner]
        return not self._closing.is_set() and any(task is not None and task.done() for task in tasks)

    async def answers(self, seconds: float) -> bool:
        """Whether Kafka answers, within so long. The consuming client does not tell: it polls on without Kafka, and
        keeps its partitions."""
        answered = await self.broker.ping(seconds)
        if not answered:
            with contextlib.suppress(IncorrectState):  # not connected at all
                hang_up(self.broker.config.admin_client)
        return answered

    def _watch(self) -> None:
        """Note each poll, wait for records instead of polling in short steps, and pass nothing over."""
        client = self._subscriber.consumer
        assert client is not None
        poll = client.getmany

        async def watched(timeout_ms: int = 0, max_records: int | None = None) -> Any:
            if self._astray:
                await _back_to_committed(client)
                self._astray = False
            try:
                records = await poll(timeout_ms=IDLE_POLL_MS, max_records=max_records)
            except ConsumerStoppedError:
                raise
            except Exception as error:
                # Records of other partitions that were taken out in this poll are not handed over, yet the client's
                # position is behind them: the next acknowledgement would pass them over.
                self._astray = True
                if await self._passed_over(client):
                    return {}
                reason = self.stopped or f"what Kafka holds cannot be read: {describe(error)}"
                if self.failure != reason:
                    self.failure = self._unread = reason
                    log.error("nothing read", reason=reason)
                raise KafkaError(reason) from error  # of any other kind FastStream would try again without a pause
            if self._unread is not None and self.failure == self._unread:
                self.failure = self._unread = self.stopped = None
            self._last_poll = time.monotonic()
            return records

        client.getmany = watched

    async def _passed_over(self, client: Any) -> bool:
        """Whether something that cannot be read was found and set aside, so that the rest goes on behind it."""
        try:
            passed = await pass_over(client, self._consumer)
        except Flood as flood:
            # For a person to look at: started anew it would be no better.
            self.stopped, self._last_poll = str(flood), time.monotonic()
            return False
        except Exception as error:
            log.warning("what cannot be read was not set aside", reason=describe(error))
            return False
        if passed:
            self._last_poll = time.monotonic()
            await self._offsets.passed_over(client, passed)
        return bool(passed)

    async def _parse(self, records: tuple[ConsumerRecord[Any, Any], ...]) -> KafkaAckableMessage:
        return KafkaAckableMessage(raw_message=records, body=b"", consumer=self._subscriber.consumer)

    async def _handle(self, message: KafkaAckableMessage) -> None:
        self._busy, self._last_poll = True, time.monotonic()
        try:
            await self._settle(message)
        finally:
            self._busy = False
            self._last_poll = time.monotonic()

    async def _settle(self, message: KafkaAckableMessage) -> None:
        """Every path ends in an acknowledgement or in going back to the first record of the batch."""
        records: Any = message.raw_message
        try:
            await self._apply(records)
        except Exception as error:
            try:
                await self._back_off(error, len(records))
            finally:
                await self._put_back(message)
            return
        failpoints.reach(failpoints.APPLIED_NOT_ACKNOWLEDGED)
        self.failure, self.stopped, self._delay = None, None, 0.1
        self._offsets.applied(self._subscriber.consumer, records)
        if self._closing.is_set():
            await self._offsets.settled()

    async def _back_off(self, error: Exception, records: int) -> None:
        self.stopped = str(error) if isinstance(error, Flood) else None
        self.failure = self.stopped or describe(error)
        self._consumer.instruments.put_back.inc()
        log.error("batch put back", reason=self.failure, records=records, retry_s=self._delay)
        # Shorter than a third of max_poll_interval_ms, so that waiting never costs the membership.
        delay = self._delay
        self._delay = min(delay * 2, LONGEST_DELAY, self._settings.max_poll_interval_ms / 3_000)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await self._closing.wait()

    async def _put_back(self, message: KafkaAckableMessage) -> None:
        try:
            await message.nack()
        except IllegalStateError:  # a partition moved meanwhile, and the others were not gone back to
            self._astray = True

    async def _apply(self, records: Sequence[Any]) -> None:
        for last in (False, False, True):
            try:
                await self._consumer.apply(records)
                return
            except Exception as error:
                if last or getattr(error, "sqlstate", None) not in RETRIED_AT_ONCE:
                    raise
                self._consumer.instruments.retried.inc()


async def _back_to_committed(client: Any) -> None:
    """Let the client read on from what was acknowledged last, partition by partition."""
    async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
        for partition in client.assignment():
            committed = await client.committed(partition)
            if committed is None:
                await client.seek_to_beginning(partition)
            else:
                client.seek(partition, committed)


async def _as_it_is(message: KafkaAckableMessage) -> KafkaAckableMessage:
    return message


def _security(settings: Settings) -> dict[str, Any]:
    from faststream.security import BaseSecurity, SASLScram512

    options: dict[str, Any] = {"bootstrap_servers": settings.kafka.split(",")}
    context = settings.kafka_options().get("ssl_context")
    if settings.kafka_user is not None and settings.kafka_password is not None:
        options["security"] = SASLScram512(
            username=settings.kafka_user,
            password=settings.kafka_password.get_secret_value(),
            ssl_context=context,
            use_ssl=True,
        )
    elif settings.kafka_tls:
        options["security"] = BaseSecurity(ssl_context=context, use_ssl=True)
    return options
