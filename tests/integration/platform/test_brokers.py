"""Three brokers with three copies of everything: one is killed and nothing that was acknowledged is lost; all lose
their disks, and come back at the same addresses with nothing."""

from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from deploy.embedded import Platform
from deploy.embedded.platform import side_by_side
from deploy.topics import provision
from shared.settings import KafkaSettings

RECORDS = 300
TOPIC = "t.intake"


def test_one_of_three_may_be_killed_and_all_may_lose_their_disks() -> None:
    with Platform(brokers=3) as platform:
        addresses = platform.kafka_bootstrap
        provision(KafkaSettings(kafka=addresses), prefix="t.", partitions=3, replication=3)
        acknowledged = send(addresses, lambda: platform.brokers[1].kill())
        assert acknowledged == RECORDS
        assert sorted(read(addresses)) == list(range(RECORDS))

        for broker in platform.brokers:
            broker.lose()
        side_by_side(*(broker.start for broker in platform.brokers))
        assert platform.kafka_bootstrap == addresses
        told = AdminClient({"bootstrap.servers": addresses}).list_topics(timeout=10)
        assert len(told.brokers) == 3
        assert TOPIC not in told.topics


def send(addresses: str, strike: Any) -> int:
    """How many of the records were acknowledged by all copies; a third of the way on, the strike."""
    producer = Producer({"bootstrap.servers": addresses, "acks": "all", "enable.idempotence": True, "log_level": 0})
    failures: list[Any] = []
    for number in range(RECORDS):
        if number == RECORDS // 3:
            producer.flush(60)
            strike()
        producer.produce(
            TOPIC, str(number).encode(), str(number).encode(), on_delivery=lambda error, _: failures.append(error)
        )
    assert producer.flush(60) == 0
    return failures.count(None)


def read(addresses: str) -> list[int]:
    consumer = Consumer(
        {"bootstrap.servers": addresses, "group.id": "t", "auto.offset.reset": "earliest", "log_level": 0}
    )
    try:
        consumer.assign([TopicPartition(TOPIC, each, 0) for each in range(3)])
        found: list[int] = []
        while len(found) < RECORDS and (messages := consumer.consume(RECORDS, timeout=20)):
            found += [int(each.value() or b"") for each in messages if each.error() is None]
        return found
    finally:
        consumer.close()
