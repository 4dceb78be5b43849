"""Each record three times, shuffled across persons and across owners: nothing lost, nothing doubled, each person's
order kept, and the same facts joined as when each came once and in the order in which things happened."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final

import pytest

from deploy.topics import provision
from services.employment.domain.matching import explain, standing
from services.employment.domain.proposing import BEST, tie
from services.employment.storage import SEEKERS, VACANCIES, columns_of, made
from shared.events import OWNERS
from shared.kinds import Kind
from shared.local_time import day
from shared.service import Running
from shared.settings import KafkaSettings
from tests.conftest import PARTITIONS, service_named
from tests.faults.facts import facts, recorded
from tests.faults.plots import stories, three_times_shuffled
from tests.faults.seeding import SEEDS
from tests.faults.stories import Story, type_of
from tests.integration.core.speaking import attributes_of, id_of, listen, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
PEOPLE: Final = 63
SLICE: Final = 200


@pytest.mark.parametrize("name", OWNERS)
async def test_in_any_order_and_three_times_the_same_facts_are_joined(
    name: str, kafka: str, topics: str, running: Start
) -> None:
    told = stories(PEOPLE, seed=5)
    consumed = {contract.type: contract.topic for contract in service_named(name).consumes}
    spoken = [each for story in told for each in story.records if each.topic in consumed.values()]
    heard = {id_of(each) for each in spoken if type_of(each) in consumed}

    plain = await running(name)
    await seed(plain, told)
    await speak(kafka, topics, spoken)
    await until(partial(handled, plain, len(heard)))

    other = topics.replace(".", "-again.")
    await asyncio.to_thread(provision, KafkaSettings(kafka=kafka), prefix=other, partitions=PARTITIONS, replication=1)
    mixed = await running(name, topic_prefix=other)
    await seed(mixed, told)
    shuffled = three_times_shuffled(spoken, random.Random(7))
    for end in range(SLICE, len(shuffled) + SLICE, SLICE):
        # One slice is taken in before the next is spoken: what was shuffled also arrives so.
        await speak(kafka, other, shuffled[end - SLICE : end])
        await until(partial(taken_in, mixed, sum(type_of(each) in consumed for each in shuffled[:end])))
    await until(partial(handled, mixed, 3 * len(heard)))

    for service in (plain, mixed):
        await check_whole(service, heard)
        await check_published(kafka, service)
        if name == "employment":
            await check_best_are_proposed(service)
    first, second = await facts(plain, told), await facts(mixed, told)
    for what, rows in first.items():
        assert (rows - second[what], second[what] - rows) == (Counter(), Counter()), what


async def seed(running: Running, told: Sequence[Story]) -> None:
    """Give the service what it must hold, and let it work that off before it hears of anybody."""
    await SEEDS[running.service.name](running, told)
    await until(partial(handled, running, 0))


def taken_in(running: Running, number: int) -> bool:
    counts = running.consumer.counts
    return counts["applied"] + counts["repeated"] + counts["parked"] >= number


LEFT: Final = "select (select count(*) from unsent) + (select count(*) from timer where due_at <= now())"
READY: Final = " + (select count(*) from message where state = 'ready')"


async def handled(running: Running, number: int) -> bool:
    """Whether so many records were taken in, and everything that follows from them is done and sent."""
    if not taken_in(running, number):
        return False
    rows = await running.database.fetch(LEFT + (READY if running.service.name == "notifications" else ""))
    return bool(rows[0][0] == 0)


async def check_whole(running: Running, heard: set[str]) -> None:
    """Each event has its one row in the inbox, nothing is set aside, nothing is told twice or for no cause, no sequence
    has a gap."""
    rows = await running.database.fetch("select id::text from inbox")
    assert len(rows) == len(heard)
    assert {row[0] for row in rows} == heard
    assert await running.database.fetch("select reason, detail, type from parked") == []
    events = await recorded(running)
    followed = Counter(
        (each["type"], each["subject"], each["causationid"], about(each["data"]))
        for each in events
        if each["causationid"] in heard
    )
    assert [key for key, number in followed.items() if number > 1] == []
    assert {each["causationid"] for each in events} <= heard | {each["id"] for each in events} | {None}
    numbers: dict[str, list[int]] = {}
    for each in events:
        numbers.setdefault(each["subject"], []).append(each["sequence"])
    assert all(number == list(range(1, len(number) + 1)) for number in numbers.values())
    latest = await running.database.fetch("select subject::text, sequence from subject where sequence > 0")
    assert dict(latest) == {subject: len(number) for subject, number in numbers.items()}


def about(data: dict[str, Any]) -> str | None:
    """What tells events of one type and one cause apart."""
    return next((data[name] for name in ("match", "message", "referral") if name in data), None)


async def check_published(kafka: str, running: Running) -> None:
    """On the service's topic stands what its ledger holds, each person's events in their order."""
    heard = attributes_of(await listen(kafka, running.settings.topic_prefix + running.service.name))
    rows = await running.database.fetch("select id::text from ledger where topic = $1", running.service.name)
    first: dict[str, dict[str, str]] = {}
    for each in heard:
        first.setdefault(each["id"], each)
    assert set(first) == {row[0] for row in rows}
    numbers: dict[str, list[int]] = {}
    for each in first.values():
        numbers.setdefault(each["subject"], []).append(int(each["sequence"]))
    assert all(number == list(range(1, len(number) + 1)) for number in numbers.values())


async def check_best_are_proposed(running: Running) -> None:
    """Whatever was proposed on the way: in the end everybody who can be proposed knows her best vacancies."""
    today = day(running.clock())
    vacancies = await every(running, VACANCIES)
    proposed: dict[str, set[str]] = {}
    for person, vacancy in await running.database.fetch("select person::text, vacancy::text from match"):
        proposed.setdefault(person, set()).add(vacancy)
    able = [seeker for seeker in await every(running, SEEKERS) if not standing(seeker, today)]
    assert len(able) > PEOPLE // 3
    for seeker in able:
        explained = [(explain(seeker, vacancy, today), vacancy.vacancy) for vacancy in vacancies]
        best = sorted(
            (-found.score, tie(seeker.person, vacancy), vacancy) for found, vacancy in explained if found.fits
        )
        assert {vacancy for *_, vacancy in best[:BEST]} <= proposed.get(seeker.person, set())


async def every(running: Running, kind: Kind[Any]) -> list[Any]:
    """Every row of a kind's table."""
    columns, table = columns_of(kind, "t"), kind.table.name
    return [made(kind, row) for row in await running.database.fetch(f"select {columns} from {table} t")]
