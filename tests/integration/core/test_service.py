"""A service comes up in its order and ends wherever it is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.events.envelope import REGISTRY, Contract, contract
from shared.outbox import LOCK
from shared.receiving import Receiver
from shared.service import Running, Service
from shared.settings import Settings
from tests.integration.core.parrot import parrot
from tests.waiting import until

DatabaseOf = Callable[[str | Path], Awaitable[str]]


@pytest.fixture
async def made(
    kafka: str, topics: str, database_of: DatabaseOf, tmp_path: Path
) -> Callable[[Service], Awaitable[Running]]:
    """Makes a service in this process; it is not started."""

    async def make(service: Service) -> Running:
        given: dict[str, Any] = {
            "kafka": kafka,
            "topic_prefix": topics,
            "database_url": await database_of(service.migrations),
            "issuer_key": tmp_path / "issuer.pem",
            "digest_key": "k" * 32,
        }
        return Running(service, Settings(**given))

    return make


@pytest.fixture
def nowhere() -> Iterator[type[Contract]]:
    """An event of a topic that nobody made."""

    class Told(Contract):
        pass

    yield contract("training", "told-nowhere", topic="training.nowhere")(Told)
    del REGISTRY[Told.type]


async def test_nothing_is_sent_before_the_topics_are_there_that_it_goes_to(
    made: Callable[[Service], Awaitable[Running]], nowhere: type[Contract]
) -> None:
    base = parrot()
    running = await made(replace(base, emits=(*base.emits, nowhere)))
    await running.start()
    try:
        await until(lambda: running.waiting_for == "the topics")
        await asyncio.sleep(1)
        assert running.waiting_for == "the topics"
        assert not running.relay.running
        assert running.timers.running
    finally:
        await running.stop()


async def test_a_service_that_is_stopped_while_it_joins_leaves_nothing_behind(
    made: Callable[[Service], Awaitable[Running]], monkeypatch: pytest.MonkeyPatch
) -> None:
    joining, left = asyncio.Event(), asyncio.Event()

    async def join(_: Receiver) -> None:
        joining.set()
        await asyncio.Event().wait()

    async def leave(_: Receiver) -> None:
        await asyncio.sleep(0.2)
        left.set()

    monkeypatch.setattr(Receiver, "start", join)
    monkeypatch.setattr(Receiver, "stop", leave)
    running = await made(parrot())
    await running.start()
    await asyncio.wait_for(joining.wait(), 60)
    await running.stop()
    assert left.is_set()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "come-up"]


async def test_timers_that_cannot_go_on_are_told_by_readiness(
    running: Callable[..., Awaitable[Running]], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await running(parrot())
    assert await service.problems() == []

    async def refused() -> int:
        raise OSError("refused")

    monkeypatch.setattr(service.timers, "step", refused)
    await until(lambda: service.timers.failure is not None)
    assert "timers: OSError" in await service.problems()
    monkeypatch.undo()
    await until(lambda: service.timers.failure is None)


async def test_an_event_by_a_clock_that_was_behind_is_not_taken_for_old(
    running: Callable[..., Awaitable[Running]],
) -> None:
    """A service's clock and PostgreSQL's need not agree: how long an event waits is not told by either."""
    service = await running(parrot())
    async with service.database.connection() as other:
        await other.execute("select pg_advisory_lock($1)", LOCK)  # as another relay, which is not there to send
        await other.execute(
            "with recorded as (insert into ledger (time, id, topic, type, subject, sequence, correlationid, data)"
            " values (now() - interval '1 hour', gen_random_uuid(), 'training', 'none', gen_random_uuid(), 1,"
            " gen_random_uuid(), '{}') returning position) insert into unsent (position) select position from recorded"
        )
        try:
            assert await service.problems() == []
        finally:
            await other.execute("delete from unsent")
            await other.execute("select pg_advisory_unlock($1)", LOCK)
