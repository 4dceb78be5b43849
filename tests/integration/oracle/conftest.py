"""A system of three small services that ran, and in which everything is in order; copies of it to be broken."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest

from deploy.topics import Topic, provision
from shared.settings import KafkaSettings
from tests.integration.oracle.copying import Contents, commit, read, write
from tests.integration.oracle.system import BROKEN_PLAN, FLOWS, READS, System, persons

PARTITIONS = 2
TOPICS = [*FLOWS["topics"]]


async def provisioned(kafka: str) -> str:
    """A prefix under which the three topics exist."""
    prefix = f"oracle{uuid.uuid4().hex[:8]}."
    topics = [Topic(name, name, "person", "events", PARTITIONS, 1, {}) for name in TOPICS]
    await asyncio.to_thread(provision, KafkaSettings(kafka=kafka), prefix=prefix, topics=topics)
    return prefix


@pytest.fixture
async def system(kafka: str, postgres: str) -> AsyncIterator[System]:
    """A system of a test's own, empty."""
    system = System(kafka, postgres, await provisioned(kafka))
    await system.make()
    yield system
    await system.remove()


@pytest.fixture(scope="session")
async def settled(kafka: str, postgres: str) -> AsyncIterator[System]:
    """A system in order, through which 12 persons went, one of whom waits parked in training. Not to be changed."""
    system = System(kafka, postgres, await provisioned(kafka))
    await system.make()
    everyone = persons(12)
    await system.register(everyone)
    await system.plan(everyone[0], BROKEN_PLAN)
    await system.plan(everyone[0], ("course",))
    await system.settle()
    await system.close()
    yield system
    await system.remove()


Change = Callable[[Contents], None]


@pytest.fixture
async def changed_topics(kafka: str, settled: System) -> Callable[[Change], Awaitable[str]]:
    """The prefix of a copy of the settled system's topics, changed; its groups have gone on to the ends."""

    async def make(change: Change) -> str:
        contents = await asyncio.to_thread(read, kafka, settled.prefix, TOPICS)
        change(contents)
        prefix = await provisioned(kafka)
        await asyncio.to_thread(write, kafka, prefix, contents)
        for service, topics in READS.items():
            ends = {(prefix + place[0], place[1]): len(each) for place, each in contents.items() if place[0] in topics}
            if ends:
                await asyncio.to_thread(partial(commit, kafka, prefix + service, ends))
        return prefix

    return make
