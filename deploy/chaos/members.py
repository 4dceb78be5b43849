"""A member of a consumer group that holds partitions and applies nothing.

`python -m deploy.chaos.members KAFKA GROUP TOPIC…` joins, says how many partitions it was dealt, and holds them until
it is killed.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer

SESSION_MS = 6_000
"""The shortest that brokers allow: so long a group waits for a member that died."""


class Membership(NamedTuple):
    """Which group of which cluster, by `HOST:PORT`, with the topics that its members read."""

    kafka: str
    group: str
    topics: tuple[str, ...]


@asynccontextmanager
async def member(membership: Membership) -> AsyncIterator[Any]:
    """A consumer in this group; at the end it leaves orderly. It commits nothing, so nothing is passed over."""
    consumer = AIOKafkaConsumer(
        *membership.topics,
        bootstrap_servers=membership.kafka,
        group_id=membership.group,
        client_id="guest",
        enable_auto_commit=False,
        session_timeout_ms=SESSION_MS,
        heartbeat_interval_ms=1_000,
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def dealt(consumer: Any) -> int:
    """Wait until the group deals it partitions; returns how many. Nobody limits the wait but the caller."""
    while not consumer.assignment():
        await asyncio.sleep(0.1)
    return len(consumer.assignment())


async def hold(membership: Membership) -> None:
    """Join, say so in one line, and stay."""
    async with member(membership) as consumer:
        print(await dealt(consumer), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(hold(Membership(sys.argv[1], sys.argv[2], tuple(sys.argv[3:]))))
