"""The run's topics by hand: what stands on them, and records written beside the services."""

import asyncio
import struct

from aiokafka import AIOKafkaProducer
from aiokafka.record.util import calc_crc32c
from confluent_kafka import KafkaError, Message, Producer

from deploy.chaos.rig import Rig
from deploy.librdkafka import client_options
from deploy.oracle.topics import Record, Topics
from deploy.terminal import Failure
from deploy.topics import read_topics
from shared.settings import KafkaSettings

SENT_SECONDS = 240
"""A broker may be away meanwhile."""
LARGEST = 8 * 1024 * 1024
"""What the client lets pass; the broker decides."""


def settings_of(rig: Rig) -> KafkaSettings:
    return KafkaSettings(kafka=rig.addresses.kafka, topic_prefix=rig.addresses.topic_prefix)


def found(rig: Rig) -> list[Record]:
    """Every record of every topic, but for what is forged."""
    forged = {(each.key, each.value) for each in rig.journal.forgeries()}
    names = [topic.name for topic in read_topics()]
    with Topics(rig.addresses.kafka, names, rig.addresses.topic_prefix, client_options(settings_of(rig))) as topics:
        every = [record for records in topics.read(topics.bounds()) for record in records]
    return [record for record in every if (record.key, record.value) not in forged]


class Hand:
    """Writes records into the topics."""

    def __init__(self, rig: Rig) -> None:
        self._prefix = rig.addresses.topic_prefix
        self._settings = settings_of(rig)
        options = {"log_level": 0, "message.max.bytes": LARGEST, "enable.idempotence": True}
        self._producer = Producer({**client_options(self._settings), **options})
        self._failures: list[KafkaError] = []

    def write(self, record: Record) -> None:
        """Send a record to its topic and partition."""
        headers: list[tuple[str, str | bytes | None]] = [*(record.headers or ())]
        topic = self._prefix + record.topic
        self._producer.produce(topic, record.value, record.key, record.partition, self._heard, headers=headers)
        self._producer.poll(0)

    def write_unreadable(self, record: Record, name: str) -> tuple[str, int, int]:
        """Send a record alone in its batch, the name of this header no UTF-8; returns topic, partition and offset."""
        return record.topic, record.partition, asyncio.run(send_unreadable(self._settings, record, name))

    def _heard(self, failure: KafkaError | None, _: Message) -> None:
        if failure is not None:
            self._failures.append(failure)

    def done(self) -> bool:
        """Return once Kafka has all of them: False where it refused one as too large. Raises Failure where it did not
        take another."""
        left = self._producer.flush(SENT_SECONDS)
        refused, self._failures = self._failures, []
        others = [each for each in refused if each.code() != KafkaError.MSG_SIZE_TOO_LARGE]
        if left or others:
            raise Failure(f"Kafka did not take what was to be written: {others[0].name() if others else 'no answer'}.")
        return not refused


CHECKSUM_AT, CHECKED_FROM = 17, 21
"""Where a batch has its CRC-32C, and what that covers."""


async def send_unreadable(settings: KafkaSettings, record: Record, name: str) -> int:
    """Send a record alone in its batch, with bytes that are no UTF-8 for the name of this header; returns its
    offset."""
    producer = AIOKafkaProducer(**settings.kafka_options())
    await producer.start()
    try:
        batch = producer.create_batch()
        batch.append(key=record.key, value=record.value, timestamp=None, headers=list(record.headers or ()))
        spoilt = b"\xff" * len(name)
        content = bytearray(bytes(batch._build()).replace(name.encode(), spoilt))
        struct.pack_into(">I", content, CHECKSUM_AT, calc_crc32c(bytes(content[CHECKED_FROM:])))
        batch._buffer = content
        sent = await producer.send_batch(batch, settings.topic_prefix + record.topic, partition=record.partition)
        return int((await sent).offset)
    finally:
        await producer.stop()
