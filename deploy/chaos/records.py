"""The run's topics by hand: what stands on them, and records written beside the services."""

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
        options = {"log_level": 0, "message.max.bytes": LARGEST, "enable.idempotence": True}
        self._producer = Producer({**client_options(settings_of(rig)), **options})
        self._failures: list[KafkaError] = []

    def write(self, record: Record) -> None:
        """Send a record to its topic and partition."""
        headers: list[tuple[str, str | bytes | None]] = [*(record.headers or ())]
        topic = self._prefix + record.topic
        self._producer.produce(topic, record.value, record.key, record.partition, self._heard, headers=headers)
        self._producer.poll(0)

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
