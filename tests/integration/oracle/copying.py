"""Topics copied under another prefix, record by record, with whatever a test changes on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition

Headers = list[tuple[str, bytes | None]]
Place = tuple[str, int]


@dataclass(frozen=True)
class Record:
    """What a record consists of, apart from its place."""

    key: bytes | None
    value: bytes | None
    headers: Headers

    @property
    def id(self) -> str:
        return dict(self.headers)["ce_id"].decode()  # type: ignore[union-attr]

    @property
    def subject(self) -> str:
        return dict(self.headers)["ce_subject"].decode()  # type: ignore[union-attr]

    @property
    def sequence(self) -> int:
        return int(dict(self.headers)["ce_sequence"] or 0)

    @property
    def type(self) -> str:
        return dict(self.headers)["ce_type"].decode()  # type: ignore[union-attr]

    def with_header(self, name: str, value: bytes | None) -> "Record":
        headers = [(each, value if each == name else content) for each, content in self.headers]
        return Record(self.key, self.value, headers)


Contents = dict[Place, list[Record]]
"""Records by topic (without prefix) and partition."""


def read(kafka: str, prefix: str, topics: list[str]) -> Contents:
    """Everything on these topics."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": "copying", "enable.auto.commit": False})
    known = consumer.list_topics(timeout=15).topics
    contents: Contents = {
        (topic, partition): [] for topic in topics for partition in sorted(known[prefix + topic].partitions)
    }
    left = 0
    for topic, partition in contents:
        left += consumer.get_watermark_offsets(TopicPartition(prefix + topic, partition), timeout=15)[1]
    consumer.assign([TopicPartition(prefix + topic, partition, 0) for topic, partition in contents])
    while left:
        for message in consumer.consume(500, timeout=0.1):
            assert message.error() is None
            place = (str(message.topic()).removeprefix(prefix), int(message.partition() or 0))
            contents[place].append(Record(message.key(), message.value(), _headers(message)))
            left -= 1
    consumer.close()
    return contents


def _headers(message: Any) -> Headers:
    return list(message.headers() or [])


def write(kafka: str, prefix: str, contents: Contents) -> None:
    """Append these records to topics that exist, each partition in order."""
    producer = Producer({"bootstrap.servers": kafka, "enable.idempotence": True})
    failures: list[Any] = []
    told: Callable[[Any, Any], None] = lambda error, _: failures.append(error) if error else None  # noqa: E731
    for (topic, partition), records in contents.items():
        for record in records:
            producer.produce(
                prefix + topic,
                partition=partition,
                key=record.key,
                value=record.value,
                headers=[*record.headers],
                on_delivery=told,
            )
    assert producer.flush(30) == 0
    assert failures == []


def commit(kafka: str, group: str, offsets: dict[Place, int]) -> None:
    """Set how far a group that nobody is in has gone; places are whole names of topics and partitions."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": group, "enable.auto.commit": False})
    consumer.commit(
        offsets=[TopicPartition(topic, partition, offset) for (topic, partition), offset in offsets.items()],
        asynchronous=False,
    )
    consumer.close()
