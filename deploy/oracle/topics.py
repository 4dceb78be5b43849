"""Reading Kafka: how far topics and consumer groups are, and every record up to a given end."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import methodcaller
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from deploy.oracle.errors import OracleError

SECONDS = 10
PAUSE_SECONDS = 0.2
STALLED_SECONDS = 60
POLL_SECONDS = 0.1
"""How long to gather records before they are stored; the client waits so long for a list that is not full."""
RECORDS = 5_000

HEADERS = methodcaller("headers")
"""For a name that is not UTF-8 the client leaves an error behind and answers all the same, with a list that must not be
touched. Called in this way the error is raised at once; called plainly it is at some later, innocent place."""

R = TypeVar("R")
Place = tuple[str, int]
"""A topic, without the deployment's prefix, and a partition."""


class Record(NamedTuple):
    """A record; `headers` is None where they cannot be read."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]] | None


class Topics:
    """The topics of a deployment. Methods block, and raise OracleError when Kafka does not answer.

    `options` are librdkafka's, for security and the like.
    """

    def __init__(self, bootstrap: str, topics: Sequence[str], prefix: str, options: Mapping[str, Any]) -> None:
        self._bootstrap = bootstrap
        self._prefix = prefix
        self._options = dict(options)
        self._stop = threading.Event()
        self._consumer = self._open("reintegration-verify")
        self.missing: list[str] = []
        self.places = self._places(topics)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._consumer.close()

    def stop(self) -> None:
        """Have `read`, in another thread, end soon."""
        self._stop.set()

    def _open(self, group: str) -> Consumer:
        # No group is ever joined and nothing committed: partitions are assigned by hand.
        return Consumer(
            {
                **self._options,
                "bootstrap.servers": self._bootstrap,
                "group.id": group,
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "error",
                "enable.partition.eof": True,
                "isolation.level": "read_uncommitted",  # what the services see
                "check.crcs": True,
                "queued.max.messages.kbytes": 16_384,
                "log_level": 0,
                "error_cb": _not_alone,
            }
        )

    def _error(self, failure: BaseException) -> OracleError:
        return OracleError(f"Kafka at {self._bootstrap} cannot be read: {failure}")

    def _patiently(self, ask: Callable[[], R]) -> R:
        """Ask again for a while: a broker that has just started refuses until it has found its coordinators."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                return ask()
            except KafkaException as failure:
                if time.monotonic() >= end:
                    raise self._error(failure) from failure
            if self._stop.wait(PAUSE_SECONDS):
                raise OracleError("The reading of Kafka was stopped.")

    def _places(self, topics: Sequence[str]) -> list[Place]:
        known = self._patiently(lambda: self._consumer.list_topics(timeout=SECONDS).topics)
        places = []
        for topic in topics:
            found = known.get(self._prefix + topic)
            if found is None or not found.partitions:
                self.missing.append(topic)
            else:
                places += [(topic, partition) for partition in sorted(found.partitions)]
        return places

    def _at(self, place: Place, offset: int | None = None) -> TopicPartition:
        topic, partition = place
        name = self._prefix + topic
        return TopicPartition(name, partition) if offset is None else TopicPartition(name, partition, offset)

    def bounds(self) -> dict[Place, tuple[int, int]]:
        """For each partition its first offset, and the one that the next record will get."""
        return {place: self._patiently(partial(self._bounds, place)) for place in self.places}

    def _bounds(self, place: Place) -> tuple[int, int]:
        return self._consumer.get_watermark_offsets(self._at(place), timeout=SECONDS, cached=False)

    def committed(self, service: str) -> dict[Place, int]:
        """How far a service's consumer group has gone on; its name is the prefix and the service's name."""
        if not self.places:
            return {}
        consumer = self._open(self._prefix + service)
        try:
            found = self._patiently(partial(self._committed, consumer))
        finally:
            consumer.close()
        return {
            (each.topic.removeprefix(self._prefix), each.partition): each.offset for each in found if each.offset >= 0
        }

    def _committed(self, consumer: Consumer) -> list[TopicPartition]:
        found = consumer.committed([self._at(place) for place in self.places], timeout=SECONDS)
        for each in found:
            if each.error is not None:
                raise KafkaException(each.error)
        return found

    def read(self, bounds: Mapping[Place, tuple[int, int]]) -> Iterator[list[Record]]:
        """All records within these bounds, in lists, each partition in order."""
        ends = {(self._prefix + place[0], place[1]): end for place, (first, end) in bounds.items() if first < end}
        self._consumer.assign([self._at(place, first) for place, (first, end) in bounds.items() if first < end])
        heard = time.monotonic()
        while ends and not self._stop.is_set():
            try:
                messages: list[Any] = self._consumer.consume(RECORDS, timeout=POLL_SECONDS)
            except KafkaException as failure:
                raise self._error(failure) from failure
            if messages:
                heard = time.monotonic()
            elif time.monotonic() - heard > STALLED_SECONDS:
                raise OracleError(f"Kafka at {self._bootstrap} stopped to answer with {len(ends)} partitions unread.")
            records = []
            for message in messages:
                where = (message.topic(), message.partition())
                if where in ends:
                    if message.error() is None and message.offset() < ends[where]:
                        records.append(self._record(message))
                    if self._position(message) >= ends[where]:
                        del ends[where]
                        self._consumer.pause([TopicPartition(*where)])
            if records:
                yield records

    def _position(self, message: Any) -> int:
        """How far a partition is read with this message, which may only say that its end is reached: markers of
        transactions can stand last, and are no records."""
        error = message.error()
        if error is None:
            return int(message.offset()) + 1
        if error.code() == KafkaError._PARTITION_EOF:
            return int(message.offset())
        raise self._error(KafkaException(error))

    def _record(self, message: Any) -> Record:
        try:
            headers = HEADERS(message) or []
        except (UnicodeDecodeError, ValueError, SystemError):
            headers = None
        topic = message.topic().removeprefix(self._prefix)
        return Record(topic, message.partition(), message.offset(), message.key(), message.value(), headers)


def _not_alone(_: KafkaError) -> None:
    """A broker that is away is told by the call that needed it; librdkafka's own lines would only stand beside."""
