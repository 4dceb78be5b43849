"""A batch that the client cannot read is set aside with its bytes; everything before, beside and behind it goes on."""

import struct
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka import codec as codecs
from aiokafka.record.util import calc_crc32c

from shared import unreadable
from shared.events.decoding import KeptRecord
from shared.inbox import BEHIND
from shared.repair import replay_newly_known
from shared.service import Running
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import needs, person, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
PARTITION = 1


async def speak_together(
    kafka: str, topic: str, records: Sequence[KeptRecord], bad: int | None = None, compression: str | None = None
) -> None:
    """Publish records as one batch; the one at `bad` has a header whose name is not UTF-8, which no client reads."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, compression_type=compression)
    await producer.start()
    try:
        batch = producer.create_batch()
        for place, each in enumerate(records):
            more = [("bad-name", b"x")] if place == bad else []
            batch.append(key=each.key, value=each.value, timestamp=None, headers=[*each.headers, *more])
        if bad is not None:
            buffer = bytearray(bytes(batch._build()).replace(b"bad-name", b"bad-\xff\xfeme"))
            struct.pack_into(">I", buffer, 17, calc_crc32c(bytes(buffer[21:])))
            batch._buffer = buffer
        await (await producer.send_batch(batch, topic, partition=PARTITION))
    finally:
        await producer.stop()


def people(number: int) -> list[str]:
    """So many people of one partition."""
    found: list[str] = []
    while len(found) < number:
        if needs(who := person(), 1).partition == PARTITION:
            found.append(who)
    return found


async def heard(running: Running) -> dict[str, int]:
    rows = await running.database.fetch("select person::text, number from tally where number > 0")
    return {row["person"]: row["number"] for row in rows}


def hears(running: Running, wanted: dict[str, int]) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return await heard(running) == wanted

    return holds


async def parked(running: Running) -> list[Any]:
    return list(await running.database.fetch("select * from parked order by number"))


async def test_only_the_rest_of_its_batch_stands_still(kafka: str, topics: str, running: Start) -> None:
    service, who = await running(parrot()), people(5)
    await speak(kafka, topics, [needs(who[0], 1)])
    await speak_together(kafka, topics + "intake", [needs(each, 1) for each in who[1:4]], bad=1)
    await speak(kafka, topics, [needs(who[4], 1)])
    await until(hears(service, dict.fromkeys((who[0], who[1], who[4]), 1)))

    (row,) = await parked(service)
    assert (row["reason"], row["partition"], row["id"], row["subject"]) == ("unreadable", PARTITION, None, None)
    assert (row["offset"], row["last_offset"]) == (2, 3)
    assert who[2].encode() in row["value"], "its bytes are kept"
    assert row["detail"] == "2 records, offsets 2 to 3: UnicodeDecodeError"
    assert service.consumer.counts["parked"] == 1
    await until(lambda: service.receiver is not None and service.receiver.failure is None)
    # Read from the start once more, it is known.
    client: Any = service.receiver._subscriber.consumer  # type: ignore[union-attr]
    await client.commit({TopicPartition(topics + "intake", PARTITION): 0})
    await client.seek_to_beginning()
    await until(lambda: service.consumer.counts["repeated"] >= 3)
    assert (len(await parked(service)), service.consumer.counts["parked"]) == (1, 1)


async def test_a_build_that_can_read_it_takes_it_up(
    kafka: str, topics: str, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A codec whose library is missing, as the client itself sees it."""
    who = people(3)
    await speak(kafka, topics, [needs(who[2], 1, "fail")])
    await speak_together(kafka, topics + "intake", [needs(each, 2) for each in who], compression="lz4")
    monkeypatch.setattr(codecs, "has_lz4", lambda: False)
    service = await running(parrot())
    await until(lambda: service.consumer.counts["parked"] == 2)
    assert [row["reason"] for row in await parked(service)] == ["rule-failed", "unreadable"]
    await replay_newly_known(service.consumer)
    assert await heard(service) == {}

    monkeypatch.undo()
    await replay_newly_known(service.consumer)
    assert await heard(service) == dict.fromkeys(who[:2], 2)
    rows = await parked(service)
    assert [(row["reason"], row["state"]) for row in rows] == [
        ("rule-failed", "waiting"),
        ("unreadable", "replayed"),
        (BEHIND, "waiting"),
    ]


async def test_where_too_many_cannot_be_read_a_person_has_to_look(
    kafka: str, topics: str, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unreadable, "MOST_WAITING", 1)
    service, who = await running(parrot()), people(3)
    for each in who[:2]:
        await speak_together(kafka, topics + "intake", [needs(each, 1)], bad=0)
    await speak(kafka, topics, [needs(who[2], 1)])
    receiver: Any = service.receiver
    await until(lambda: receiver.stopped is not None)
    assert len(await parked(service)) == 1
    assert any("wait already" in problem for problem in await service.problems())
    assert await heard(service) == {}
    monkeypatch.undo()
    await until(hears(service, {who[2]: 1}))
    assert receiver.stopped is None
