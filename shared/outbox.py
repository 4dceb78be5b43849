"""The relay: from the ledger's unsent rows to Kafka, in order for each subject.

One relay a database is active, by a lock of its connection, held for as long as there is something to send: where the
connection dies, so does the lock. It reads by position; position rises with commit for each subject, since both are
settled under the subject's lock. A row is deleted only after Kafka acknowledged it, and only up to the first failure of
its partition, so a failure can repeat events but never overtake one.
"""

import asyncio
import contextlib
import zlib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache, lru_cache
from time import perf_counter
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared import failpoints
from shared.database import Connection, Database
from shared.events.envelope import PREFIX
from shared.loop import Loop
from shared.metrics import Instruments

LOCK = 0x5265_6C61_7900
"""The advisory lock of a database's active relay, held by its connection."""
BATCH = 2_000
SEND_SECONDS = 20
"""How long to wait for Kafka."""
CONNECTION = {"synchronous_commit": "off", "idle_session_timeout": "60s"}
"""The relay's connection may do without waiting for the disk: a deletion that a crash of the server undoes is a
repetition. And it loses its lock when its process hangs, so that another relay goes on."""

PENDING = """
select waiting.position, topic, subject::text, data, id::text, type, sequence, time, caseid::text, correlationid::text,
       causationid::text, traceparent
from (select position from unsent order by position limit $1) as waiting
cross join lateral (select * from ledger where ledger.position = waiting.position offset 0) as event
order by waiting.position
"""
SENT = "delete from unsent where position = any($1::bigint[])"

Message = tuple[int, bytes, bytes, list[tuple[str, bytes]]]
"""Position, key, value, headers."""


def partition_of(key: bytes, partitions: int) -> int:
    """Which partition a key goes to: CRC-32, as librdkafka's `consistent` partitioner. An owner's topic has one
    writer, its relay, so all that matters is that a key never moves."""
    return zlib.crc32(key) % partitions


@cache
def _of_type(type: str) -> list[tuple[str, bytes]]:
    """The headers that all events of a type share."""
    return [
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_type", type.encode()),
        ("ce_source", f"/{PREFIX}/{type.split('.')[1]}".encode()),
    ]


@lru_cache(maxsize=1_000)
def _timestamp(time: datetime) -> bytes:
    return time.isoformat().encode()  # the events of one transaction share their time


def headers_of(row: Any) -> list[tuple[str, bytes]]:
    """A ledger row's attributes as CloudEvents' binary mode wants them. Takes a row of `PENDING`."""
    _, _, subject, _, identity, type, sequence, time, caseid, correlationid, causationid, traceparent = row
    headers = [
        *_of_type(type),
        ("ce_id", identity.encode()),
        ("ce_subject", subject.encode()),
        ("ce_sequence", b"%d" % sequence),
        ("ce_time", _timestamp(time)),
        ("ce_correlationid", correlationid.encode()),
    ]
    if caseid is not None:
        headers.append(("ce_caseid", caseid.encode()))
    if causationid is not None:
        headers.append(("ce_causationid", causationid.encode()))
    if traceparent is not None:
        headers.append(("ce_traceparent", traceparent.encode()))
    return headers


class Relay(Loop):
    """Sends a database's unsent events until it is stopped."""

    name, batch, poll_seconds, drain_seconds = "relay", BATCH, 0.1, SEND_SECONDS
    pause_seconds = 0.003

    def __init__(
        self,
        database: Database,
        producer_options: Mapping[str, Any],
        topic_prefix: str = "",
        instruments: Instruments | None = None,
    ) -> None:
        super().__init__()
        self._instruments = instruments or Instruments()
        self._database = database
        self._options = dict(producer_options)
        self._prefix = topic_prefix
        self._producer: AIOKafkaProducer | None = None
        self._held = AsyncExitStack()
        self._connection: Connection | None = None

    async def stop(self) -> None:
        await super().stop()
        await self.recover()

    async def recover(self) -> None:
        """Whatever was not acknowledged is sent again by a new producer: an idempotent one that lost a batch keeps a
        hole in its sequence and is refused for ever."""
        if self._connection is not None:
            self._connection.terminate()  # and the lock with it
            self._connection = None
            await self._held.aclose()
        producer, self._producer = self._producer, None
        if producer is not None:
            await _close(producer)

    async def step(self) -> int:
        """Send one batch; returns how many rows were sent. Raises what Kafka or the database refused it with, after
        what was acknowledged has been taken off."""
        connection = self._connection or await self._lock()
        if connection is None:
            return 0
        producer = self._producer or await self._new_producer()
        begun = perf_counter()
        rows = await connection.fetch(PENDING, BATCH)
        if not rows:
            await self._unlock(connection)
            return 0
        acknowledged: list[int] = []
        failpoints.reach(failpoints.COMMITTED_NOT_SENT)
        failure = await self._send(producer, rows, acknowledged)
        failpoints.reach(failpoints.SENT_NOT_DELETED)
        if acknowledged:
            await connection.execute(SENT, acknowledged)
            self._instruments.sent([row[-1] for row in rows], len(acknowledged), begun)
        if failure is not None:
            raise failure
        return len(rows)

    async def _lock(self) -> "Connection | None":
        """A connection with the lock, to keep while there is something to send; None while another relay has it."""
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._database.connection())
            try:
                locked = await connection.fetchval("select pg_try_advisory_lock($1)", LOCK)
            except BaseException:
                connection.terminate()  # it may have the lock all the same
                raise
            if not locked:
                return None
            self._held, self._connection = stack.pop_all(), connection
        return connection

    async def _unlock(self, connection: Connection) -> None:
        await connection.execute("select pg_advisory_unlock($1)", LOCK)
        self._connection = None
        await self._held.aclose()

    async def _send(self, producer: AIOKafkaProducer, rows: list[Any], acknowledged: list[int]) -> BaseException | None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                partitions: dict[tuple[str, int], list[Message]] = {}
                counts: dict[str, int] = {}
                for row in rows:
                    topic = row[1]
                    if topic not in counts:
                        counts[topic] = len(await producer.partitions_for(self._prefix + topic))
                    key = row[2].encode()
                    where = (self._prefix + topic, partition_of(key, counts[topic]))
                    partitions.setdefault(where, []).append((row[0], key, row[3].encode(), headers_of(row)))
                results = await asyncio.gather(
                    *[self._send_partition(producer, *where, sent, acknowledged) for where, sent in partitions.items()],
                    return_exceptions=True,
                )
        except (KafkaError, OSError, TimeoutError) as failure:
            return failure
        return next((result for result in results if isinstance(result, BaseException)), None)

    async def _send_partition(
        self, producer: AIOKafkaProducer, topic: str, partition: int, messages: list[Message], acknowledged: list[int]
    ) -> None:
        """Send one partition's messages in order, batch after batch, and note what was acknowledged.

        Each batch waits for the one before it, also across steps. Else a broker, which accepts any first sequence from
        a producer it does not know, could take a new producer's second batch where its first one failed, and the first
        would be sent again behind it.
        """
        at = 0
        while at < len(messages):
            batch, begun = producer.create_batch(), at
            while at < len(messages):
                _, key, value, headers = messages[at]
                if batch.append(key=key, value=value, timestamp=None, headers=headers) is None:
                    break
                at += 1
            batch.close()
            await (await producer.send_batch(batch, topic, partition=partition))
            acknowledged.extend(message[0] for message in messages[begun:at])

    async def _new_producer(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(**self._options)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await producer.start()
        except BaseException:
            await _close(producer)
            raise
        self._producer = producer
        return producer


async def _close(producer: AIOKafkaProducer) -> None:
    """End a producer, also one whose broker is gone: its own `stop` waits for every batch, without limit."""
    with contextlib.suppress(Exception):
        try:
            async with asyncio.timeout(2):
                await producer.stop()
        except TimeoutError:
            await producer._sender.close()
            await producer.client.close()
