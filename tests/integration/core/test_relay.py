"""The relay on real Kafka and PostgreSQL: in order for each subject, once more rather than never, one at a time."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from shared.database import Database
from shared.kinds import Decision
from shared.outbox import LOCK, Relay
from shared.service import Running
from shared.work import Cause, Refused, Work, new_id, utc_now
from tests.integration.core.parrot import TALLIES, Tally, parrot, says
from tests.integration.core.speaking import attributes_of, listen, person
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


async def say(running: Running, who: str, words: int = 1) -> None:
    async with running.unit([who]) as work:
        for _ in range(words):
            work.apply(Decision(events=(says(who, ("word",), new_id()),)), Cause(new_id()))


async def all_sent(running: Running) -> bool:
    return not await running.database.fetch("select 1 from unsent limit 1")


async def test_many_writers_of_few_subjects_keep_each_subjects_order(kafka: str, topics: str, running: Start) -> None:
    service, people, chance = await running(parrot()), [person() for _ in range(10)], random.Random(3)

    async def writer() -> None:
        for _ in range(40):
            await say(service, chance.choice(people))

    await asyncio.gather(*[writer() for _ in range(16)])
    await until(lambda: all_sent(service))
    said = attributes_of(await listen(kafka, topics + "training"))
    assert len(said) == 640
    for who in people:
        sequences = [int(each["sequence"]) for each in said if each["subject"] == who]
        assert sequences == list(range(1, len(sequences) + 1))


async def test_a_delivery_error_rebuilds_the_producer_and_sends_the_rest_in_order(
    kafka: str, topics: str, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, who = await running(parrot()), person()
    await say(service, who)
    await until(lambda: all_sent(service))
    producer: Any = service.relay._producer
    send, failed = producer.send_batch, []

    async def once_broken(batch: Any, topic: str, *, partition: int) -> Any:
        if not failed:
            failed.append(partition)
            raise ConnectionError("cut in mid-send")
        return await send(batch, topic, partition=partition)

    monkeypatch.setattr(producer, "send_batch", once_broken)
    await say(service, who, words=5)
    await until(lambda: all_sent(service))
    assert failed
    assert service.relay._producer is not producer
    said = attributes_of(await listen(kafka, topics + "training"))
    assert [int(each["sequence"]) for each in said] == [1, 2, 3, 4, 5, 6]


async def test_only_one_relay_of_a_database_sends(kafka: str, topics: str, running: Start) -> None:
    service, who = await running(parrot()), person()
    other = Database(service.settings.database_url.get_secret_value(), 1, "another relay")
    async with other.transaction() as connection:
        assert await connection.fetchval("select pg_try_advisory_xact_lock($1)", LOCK)
        await say(service, who)
        await asyncio.sleep(0.5)
        assert not await all_sent(service), "the lock is held by another, so nothing may leave"
    await until(lambda: all_sent(service))
    second = Relay(other, service.settings.producer_options(), topics)
    second.start()
    await say(service, who, words=20)
    await until(lambda: all_sent(service))
    await second.stop()
    await other.close()
    said = attributes_of(await listen(kafka, topics + "training"))
    assert [int(each["sequence"]) for each in said] == list(range(1, 22))


async def test_what_is_not_locked_or_too_large_is_refused_and_nothing_of_it_is_kept(running: Start) -> None:
    service, who, other = await running(parrot()), person(), person()
    with pytest.raises(Refused):
        async with service.unit([who]) as work:
            work.apply(Decision(events=(says(other, ("word",), new_id()),)), Cause(new_id()))
    with pytest.raises(Refused):
        async with service.unit([who]) as work:
            work.apply(Decision(changes=(Tally(who),)), Cause(new_id()))
    rows = await service.database.fetch("select count(*) from ledger")
    assert rows[0][0] == 0


async def test_a_rolled_back_unit_leaves_neither_event_nor_gap(kafka: str, topics: str, running: Start) -> None:
    service, who = await running(parrot()), person()
    await say(service, who)
    with pytest.raises(RuntimeError, match="changed its mind"):
        await say_and_regret(service, who)
    await say(service, who)
    await until(lambda: all_sent(service))
    said = attributes_of(await listen(kafka, topics + "training"))
    assert [int(each["sequence"]) for each in said] == [1, 2]


async def say_and_regret(running: Running, who: str) -> None:
    async with running.unit([who]) as work:
        work.apply(Decision(events=(says(who, ("word",), new_id()),)), Cause(new_id()))
        raise RuntimeError("changed its mind")


async def test_a_blank_aggregate_is_what_the_database_makes_of_its_key(running: Start) -> None:
    service, who = await running(parrot()), person()
    async with service.unit([who], [TALLIES(who)]) as work:
        blank = work.working.get(TALLIES, who)
    async with service.unit([who]) as work:
        again = Work(work.connection, service.service.kinds, utc_now())
        await again.load([TALLIES(who)])
        assert again.working.get(TALLIES, who) == blank == Tally(who)
