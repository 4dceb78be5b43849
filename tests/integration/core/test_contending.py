"""Who wants the same subjects waits for whoever holds them, and sees what they did; nobody waits in a circle."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from shared import inbox
from shared.events.decoding import KeptRecord
from shared.repair import replay
from shared.service import Running
from shared.work import Refused, Work, new_id
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import needs, person, speak
from tests.waiting import administer, until

Start = Callable[..., Awaitable[Running]]
HANGS = 20


async def test_a_subject_in_another_spelling_is_refused_instead_of_asked_for_without_end(running: Start) -> None:
    service = await running(parrot())
    who = new_id()
    for wrong in (who.upper(), who.replace("-", "")):
        async with asyncio.timeout(HANGS):
            with pytest.raises(Refused, match="canonical"):
                async with service.unit([wrong]):
                    pass
            with pytest.raises(Refused, match="canonical"):
                await replay(service.consumer, "intake", wrong, "rith", "a test")
    assert await service.database.fetch("select 1 from subject") == []


async def test_two_claims_of_other_events_of_one_subject_go_one_after_the_other(running: Start) -> None:
    """Of two subjects, named in opposite orders: the second claim waits, and sees what the first did."""
    service = await running(parrot())
    one, two = new_id(), new_id()
    async with service.unit([one, two]):
        pass
    held, order = asyncio.Event(), list[str]()

    async def first() -> None:
        async with service.database.transaction() as connection:
            work = Work(connection, service.service.kinds, service.clock())
            assert await inbox.claim(work, "parrot", [new_id()], [one, two]) == {0}
            held.set()
            await until(waits)
            record = KeptRecord("intake", 0, 0, one.encode(), b"{", [])
            parked = inbox.Parked(record, "intake", "contract", "", new_id(), one, 1)
            await inbox.park(connection, "parrot", [parked], service.clock())
            order.append("first")

    async def second() -> None:
        await held.wait()
        async with service.database.transaction() as connection:
            work = Work(connection, service.service.kinds, service.clock())
            assert await inbox.claim(work, "parrot", [new_id()], [two, one]) == {0}
            order.append("second")
            assert work.parked == [one]
            assert await inbox.blocked(connection, "parrot", work.parked) == {("intake", one)}

    async def waits() -> bool:
        rows = await service.database.fetch(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        return bool(rows)

    async with asyncio.timeout(HANGS):
        await asyncio.gather(first(), second())
    assert order == ["first", "second"]


async def test_a_batch_whose_poison_cannot_be_set_aside_comes_again_until_it_can(
    kafka: str, topics: str, running: Start
) -> None:
    service = await running(parrot())
    url = service.settings.database_url.get_secret_value()
    await administer(
        url,
        "create function refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'no room' using errcode = '53100'; end $$",
        "create trigger refuse before insert on parked for each row execute function refuse()",
    )
    stuck, free = person(), person()
    await speak(kafka, topics, [needs(stuck, 1, "fail"), needs(free, 1), needs(stuck, 2)])

    async def told() -> bool:
        return any("puts batches back" in problem for problem in await service.problems())

    await until(told)
    for table in ("inbox", "parked", "ledger"):
        assert await service.database.fetch(f"select 1 from {table}") == [], "the batch is done whole or not at all"

    await administer(url, "drop trigger refuse on parked")
    await until(lambda: service.consumer.counts["parked"] == 2 and service.consumer.counts["applied"] == 1)
    rows = await service.database.fetch("select subject::text, sequence, reason from parked order by number")
    assert [tuple(row) for row in rows] == [(stuck, 1, "rule-failed"), (stuck, 2, "behind-parked")]
    assert not await told()
