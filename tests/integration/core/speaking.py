"""Speaks as intake would: makes records and publishes them, good ones and bad ones."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.events.decoding import KeptRecord
from shared.events.envelope import Contract
from shared.events.intake import NeedsAssessed
from shared.outbox import partition_of
from shared.work import new_id

PARTITIONS = 4


def record(
    person: str, sequence: int, data: Contract | bytes | None, /, *, topic: str = "intake", **changed: Any
) -> KeptRecord:
    """A record of intake's; `changed` replaces attributes, or takes them away where None."""
    if isinstance(data, Contract):
        kind = data.type
        value: bytes | None = data.model_dump_json().encode()
    else:
        kind, value = NeedsAssessed.type, data
    attributes = {
        "specversion": "1.0",
        "id": new_id(),
        "source": "/reintegration/intake",
        "type": kind,
        "subject": person,
        "sequence": str(sequence),
        "time": datetime.now(UTC).isoformat(),
        **changed,
    }
    headers = [
        (f"ce_{name}", text if isinstance(text, bytes) else text.encode())
        for name, text in attributes.items()
        if text is not None
    ]
    key = person.encode()
    return KeptRecord(topic, partition_of(key, PARTITIONS), 0, key, value, headers)


def needs(person: str, sequence: int, /, *codes: str, **changed: Any) -> KeptRecord:
    return record(person, sequence, NeedsAssessed(questionnaire="v1", needs=codes or ("work",)), **changed)


def person() -> str:
    return str(uuid.uuid4())


def id_of(spoken: KeptRecord) -> str:
    return dict(spoken.headers)["ce_id"].decode()  # type: ignore[union-attr]


async def speak(kafka: str, prefix: str, records: Iterable[KeptRecord]) -> None:
    """Publish these records in their order."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, enable_idempotence=True)
    await producer.start()
    try:
        for spoken in records:
            await producer.send(
                prefix + spoken.topic,
                spoken.value,
                key=spoken.key,
                partition=spoken.partition,
                headers=list(spoken.headers),
            )
    finally:
        await producer.stop()


async def listen(kafka: str, topic: str) -> list[Any]:
    """Every record on a topic, partition by partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partitions = [TopicPartition(topic, p) for p in sorted(consumer.partitions_for_topic(topic) or ())]
        if not partitions:
            await consumer._client.force_metadata_update()
            partitions = [TopicPartition(topic, p) for p in range(PARTITIONS)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        heard: list[Any] = []
        while any([await consumer.position(p) < ends[p] for p in partitions]):
            for records in (await consumer.getmany(timeout_ms=500)).values():
                heard.extend(records)
        return heard
    finally:
        await consumer.stop()


def attributes_of(heard: Sequence[Any]) -> list[dict[str, str]]:
    return [{name[3:]: value.decode() for name, value in record.headers if name.startswith("ce_")} for record in heard]


def data_of(heard: Sequence[Any]) -> list[Any]:
    return [orjson.loads(record.value) for record in heard]
