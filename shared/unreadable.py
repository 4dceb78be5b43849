"""Batches of Kafka's that this build cannot read: found, kept with their bytes, and passed over.

A codec that is not known, or bytes that were damaged, fail a whole batch: the client raises, hands nothing over and
says not even where. So the partitions are looked at one by one, batch by batch. What can be read before the place is
applied; from there to the batch's end it stands in `parked` in one row, with the batch's bytes, to be taken up by a
build that can read them or, where no build ever will, to be told again by its owner.
"""

import asyncio
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.consumer.fetcher import READ_UNCOMMITTED, PartitionRecords
from aiokafka.errors import NoError, for_code
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.record.memory_records import MemoryRecords

from shared import inbox
from shared.consuming import Consumer, Flood
from shared.events.decoding import KeptRecord
from shared.inbox import Parked
from shared.outcome import Outcome
from shared.telemetry import describe

UNREADABLE: Final = "unreadable"
"""The reason of a batch that could not be read."""
MOST_WAITING: Final = 20
"""More batches than this that wait at once: the fault is this build's or Kafka's, and a person has to look."""
FETCH_BYTES: Final = 4 * 1024 * 1024
FETCH_SECONDS: Final = 10
HEAD: Final = struct.Struct(">qi")
LAST_DELTA: Final = 23
"""Where a batch says how far behind its first offset its last one is, in bytes."""
SMALLEST: Final = 61

WAITING = "select count(*) from parked where consumer = $1 and reason = 'unreadable' and state = 'waiting'"

AnyRecord: TypeAlias = "ConsumerRecord[Any, Any]"


class Batch(NamedTuple):
    """A batch as it stands in Kafka, from the first offset that is of interest to its last."""

    topic: str
    partition: int
    offset: int
    last_offset: int
    value: bytes

    def readable(self) -> tuple[list[AnyRecord], Exception | None]:
        """Its records as far as they can be read, and what stopped that."""
        place = TopicPartition(self.topic, self.partition)
        found: list[AnyRecord] = []
        try:
            batch = MemoryRecords(self.value)
            found.extend(PartitionRecords(place, batch, None, self.offset, None, None, True, READ_UNCOMMITTED))
        except Exception as error:
            return found, error
        return found, None


class Found(NamedTuple):
    """What stands from a position on: records that can be read, and behind them a batch that cannot, and why."""

    readable: Sequence[AnyRecord]
    unreadable: Batch | None = None
    reason: str = ""


def batches(place: TopicPartition, offset: int, raw: bytes) -> Iterator[Batch]:
    """The whole batches of what Kafka answered, from an offset on."""
    at = 0
    while len(raw) - at >= SMALLEST:
        first, length = HEAD.unpack_from(raw, at)
        end = at + HEAD.size + length
        if length <= 0 or end > len(raw):
            return
        last = first + struct.unpack_from(">i", raw, at + LAST_DELTA)[0]
        if last >= offset:
            yield Batch(place.topic, place.partition, max(first, offset), last, raw[at:end])
        at = end


async def look(client: Any, place: TopicPartition, offset: int) -> Found:
    """What stands at a position, asked from Kafka past the client's own reading, which cannot say. Raises what Kafka
    refuses it with."""
    node = client._client.cluster.leader_for_partition(place)
    asked = [(place.topic, [(place.partition, offset, FETCH_BYTES)])]
    request = FetchRequest(0, 0, FETCH_BYTES, READ_UNCOMMITTED, asked, rack_id="")
    async with asyncio.timeout(FETCH_SECONDS):
        answer = await client._client.send(node, request)
    ((_, ((_, code, *_, raw),)),) = answer.topics
    if (error := for_code(code)) is not NoError:
        raise error()
    readable: list[AnyRecord] = []
    for batch in batches(place, offset, bytes(raw or b"")):
        records, failure = batch.readable()
        readable += records
        if failure is not None:
            begin = records[-1].offset + 1 if records else batch.offset
            return Found(readable, batch._replace(offset=begin), describe(failure))
    return Found(readable)


async def set_aside(consumer: Consumer, batch: Batch, reason: str) -> None:
    """Put a batch into `parked`, once. Raises Flood where too many wait already."""
    number = batch.last_offset - batch.offset + 1
    detail = f"{number} records, offsets {batch.offset} to {batch.last_offset}: {reason}"
    record = KeptRecord(batch.topic, batch.partition, batch.offset, None, batch.value, ())
    parked = Parked(record, consumer.owner(batch.topic), UNREADABLE, detail, last_offset=batch.last_offset)
    async with consumer.database.transaction() as connection:
        if await inbox.known_places(connection, consumer.name, [inbox.place_of(record)]):
            return  # read once more, from an older position
        waiting = await connection.fetchval(WAITING, consumer.name)
        if waiting >= MOST_WAITING:
            raise Flood(f"{waiting} batches of Kafka's that cannot be read wait already; the next: {detail}")
        await inbox.park(connection, consumer.name, [parked], consumer.now())
    consumer.tell(Outcome(parked=[parked], records=number), 0.0)


async def pass_over(client: Any, consumer: Consumer) -> list[KeptRecord]:
    """Set aside, of each partition held, the first batch that cannot be read, once it was so twice in a row: what the
    network damaged comes whole the second time. What can be read before it is applied.

    Returns the last record of each, to be acknowledged. Raises what Kafka or the database refuses, and Flood.
    """
    passed = []
    for place in sorted(client.assignment()):
        position = await client.committed(place)
        if position is None:
            position = (await client.beginning_offsets([place]))[place]
        first = await look(client, place, position)
        if first.unreadable is None or (await look(client, place, position)).unreadable != first.unreadable:
            continue
        if first.readable:
            await consumer.apply(first.readable)
        batch = first.unreadable
        await set_aside(consumer, batch, first.reason)
        passed.append(KeptRecord(batch.topic, batch.partition, batch.last_offset, None, None, ()))
    return passed


def kept_batch(row: Any) -> Batch | None:
    """The batch that a parked row holds; None where it holds a record."""
    if row["last_offset"] is None:
        return None
    return Batch(row["topic"], row["partition"], row["offset"], row["last_offset"], row["value"])


__all__ = ["MOST_WAITING", "UNREADABLE", "Batch", "batches", "kept_batch", "look", "pass_over", "set_aside"]
