"""A service's consumer group, set back by hand while the service is stopped."""

from typing import Final

from confluent_kafka import Consumer, TopicPartition

from deploy.chaos.records import settings_of
from deploy.chaos.rig import Rig
from deploy.librdkafka import client_options

JOIN_SECONDS: Final = 90
STRATEGY: Final = "roundrobin"
"""That of the services: members of a group must share one."""


def set_back(rig: Rig, service: str, topics: tuple[str, ...], replica: str) -> int:
    """Set the group to the first record of every topic; returns how many records it will read again.

    Kafka changes no positions of a group that has members, and keeps a static member for its session after it has gone.
    So this joins under that member's name, which takes its place, and commits as a member may. It leaves as that one
    did: without a word, so that the service takes its place again.
    """
    settings = settings_of(rig)
    group = settings.topic_prefix + service
    joined: list[TopicPartition] = []
    consumer = Consumer(
        {
            **client_options(settings),
            "group.id": group,
            "group.instance.id": f"{group}-{replica}",
            "partition.assignment.strategy": STRATEGY,
            "session.timeout.ms": 30_000,
            "enable.auto.commit": False,
            "log_level": 0,
        }
    )
    try:
        consumer.subscribe(
            [settings.topic_prefix + topic for topic in topics], on_assign=lambda _, places: joined.extend(places)
        )
        for _ in range(JOIN_SECONDS):
            if joined:
                break
            consumer.poll(1)
        else:
            raise TimeoutError(f"the group of {service} gave its partitions to nobody")
        starts = []
        again = 0
        for place in joined:
            first, end = consumer.get_watermark_offsets(place, timeout=30)
            starts.append(TopicPartition(place.topic, place.partition, first))
            again += end - first
        consumer.commit(offsets=starts, asynchronous=False)
        return again
    finally:
        consumer.close()
