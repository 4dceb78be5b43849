"""What stands between Kafka and a batch: nothing is passed over that was not applied, whatever fails in between."""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.record.util import calc_crc32c

from shared import acknowledging, receiving
from shared.events.decoding import KeptRecord
from shared.service import Running
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import PARTITIONS, needs, person, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


async def heard(running: Running) -> dict[str, int]:
    rows = await running.database.fetch("select person::text, number from tally")
    return {row["person"]: row["number"] for row in rows}


def everybody_heard(running: Running, people: list[str], number: int) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return await heard(running) == dict.fromkeys(people, number)

    return holds


async def test_a_batch_that_cannot_even_be_told_of_in_the_log_is_put_back_all_the_same(
    kafka: str, topics: str, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, people = await running(parrot()), [person() for _ in range(20)]
    refused, whole = 0, service.consumer.apply

    async def disk_full(records: Any) -> None:
        nonlocal refused
        if refused < 3:
            refused += 1
            raise OSError(28, "no space left on device")
        await whole(records)

    monkeypatch.setattr(service.consumer, "apply", disk_full)
    monkeypatch.setattr(receiving, "log", Full())
    await speak(kafka, topics, [needs(who, 1) for who in people])
    await until(lambda: refused == 3)
    await speak(kafka, topics, [needs(who, 2) for who in people])
    await until(everybody_heard(service, people, 2))


class Full:
    """A log on a full disk."""

    def error(self, *_: Any, **__: Any) -> None:
        raise OSError(28, "no space left on device")

    warning = error


async def speak_unreadable(kafka: str, topic: str, record: KeptRecord) -> None:
    """Publish a record with a header whose name is not UTF-8, which the client refuses to read."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka)
    await producer.start()
    try:
        batch = producer.create_batch()
        headers = [*record.headers, ("bad-name", b"x")]
        batch.append(key=record.key, value=record.value, timestamp=None, headers=headers)
        buffer = bytearray(bytes(batch._build()).replace(b"bad-name", b"bad-\xff\xfeme"))
        struct.pack_into(">I", buffer, 17, calc_crc32c(bytes(buffer[21:])))
        batch._buffer = buffer
        await (await producer.send_batch(batch, topic, partition=record.partition))
    finally:
        await producer.stop()


async def test_what_came_beside_a_record_that_the_client_cannot_read_is_not_passed_over(
    kafka: str, topics: str, running: Start
) -> None:
    """The client raises then, with the records of other partitions in its hands and its position behind them."""
    service = await running(parrot())
    client: Any = service.receiver._subscriber.consumer  # type: ignore[union-attr]
    partitions = [TopicPartition(topics + "intake", p) for p in range(PARTITIONS)]
    client.pause(*partitions)  # so that all of them come in one answer
    good = [who for who in [person() for _ in range(60)] if needs(who, 1).partition in (0, 3)]
    await speak(kafka, topics, [needs(who, 1) for who in good])
    for bad in (1, 2):
        who = next(who for who in iter(person, "") if needs(who, 1).partition == bad)
        await speak_unreadable(kafka, topics + "intake", needs(who, 1))
    await asyncio.sleep(0.5)
    client.resume(*partitions)
    await until(everybody_heard(service, good, 1))
    await until(lambda: service.consumer.counts["parked"] == 2)
    await until(lambda: service.receiver is not None and service.receiver.failure is None)
    assert await service.problems() == []


async def test_a_commit_of_offsets_that_never_returns_does_not_hold_up_what_follows(
    kafka: str, topics: str, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "ACKNOWLEDGE_SECONDS", 0.2)
    service, who = await running(parrot()), person()
    client: Any = service.receiver._subscriber.consumer  # type: ignore[union-attr]

    async def never(_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(client, "commit", never)
    for number in range(1, 4):
        await speak(kafka, topics, [needs(who, number)])
        await until(everybody_heard(service, [who], number))
