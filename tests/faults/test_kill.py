"""kill -9 of a service, in each of the three windows of outbox and inbox and at random: nothing lost, nothing doubled,
each person's order kept. The service is the process that a deployment runs."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from deploy.embedded import ChildProcess
from shared import failpoints
from shared.access import DevelopmentIssuer
from shared.events.intake import ReferralRequested
from shared.work import new_id
from tests.integration.core.speaking import attributes_of, id_of, listen, person, record, speak
from tests.waiting import until

Database = Callable[[str], Awaitable[str]]
ROOT = Path(__file__).parent.parent.parent
PEOPLE, EACH = 60, 8


def training(kafka: str, prefix: str, url: str, folder: Path, **more: str) -> ChildProcess:
    """The training service as a process; `more` are further settings."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REINTEGRATION_")},
        "REINTEGRATION_KAFKA": kafka,
        "REINTEGRATION_TOPIC_PREFIX": prefix,
        "REINTEGRATION_DATABASE_URL": url,
        "REINTEGRATION_ISSUER_KEY": str(DevelopmentIssuer(folder).public_key),
        "REINTEGRATION_DIGEST_KEY": "made-up-for-this-test-and-no-other",
        "REINTEGRATION_PORT": "0",
        "REINTEGRATION_BATCH": "60",
        "REINTEGRATION_CHUNK": "20",
        **more,
    }
    return ChildProcess(
        "training",
        [sys.executable, "-m", "services", "training"],
        log=folder / "training.log",
        environment=environment,
        directory=ROOT,
    )


def referrals(people: list[str]) -> list[Any]:
    """Each person is referred to a course several times; the persons take turns."""
    return [
        record(
            who,
            n,
            ReferralRequested(
                referral=new_id(),
                code=f"{n:04d}-{place // 10_000:04d}-{place % 10_000:04d}",
                kind="course",
                course="c-1",
            ),
        )
        for n in range(1, EACH + 1)
        for place, who in enumerate(people)
    ]


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def open_course(url: str) -> None:
    async with connected(url) as connection:
        await connection.execute(
            "insert into course (course, provider, title_en, title_km, skills, seats) "
            "values ('c-1', 'p', '', '', '[]', 10000)"
        )


async def drained(url: str, events: int) -> bool:
    async with connected(url) as connection:
        return bool(
            await connection.fetchval(
                "select (select count(*) from ledger) = $1 and not exists (select 1 from unsent)", events
            )
        )


async def check(kafka: str, prefix: str, url: str, spoken: list[Any], people: list[str]) -> None:
    """Each referral has its one seat, its one event, and each person's events are in order without a gap."""
    async with connected(url) as connection:
        assert await connection.fetchval("select count(*) from inbox") == len(spoken)
        assert await connection.fetchval("select taken from course where course = 'c-1'") == len(spoken)
        assert await connection.fetchval("select count(*) from referral where state = 'seated'") == len(spoken)
        assert await connection.fetchval("select count(*) from parked") == 0
    first: dict[str, dict[str, str]] = {}
    for each in attributes_of(await listen(kafka, prefix + "training")):
        first.setdefault(each["id"], each)
    assert len(first) == len(spoken)
    assert {each["causationid"] for each in first.values()} == {id_of(each) for each in spoken}
    for who in people:
        sequences = [int(each["sequence"]) for each in first.values() if each["subject"] == who]
        assert sequences == list(range(1, EACH + 1))


@pytest.mark.parametrize("place", failpoints.PLACES)
async def test_killed_in_a_window_it_loses_and_doubles_nothing(
    place: str, kafka: str, topics: str, database_of: Database, tmp_path: Path
) -> None:
    url, people = await database_of("training"), [person() for _ in range(PEOPLE)]
    await open_course(url)
    spoken = referrals(people)
    await speak(kafka, topics, spoken)
    service = training(kafka, topics, url, tmp_path, REINTEGRATION_FAILPOINT=f"{place}:2")
    service.start()
    try:
        assert await asyncio.to_thread(service.wait, 120) == -signal.SIGKILL
        async with connected(url) as connection:
            assert await connection.fetchval("select count(*) from ledger") > 0, "it died before it had done anything"
        service.environment = {**(service.environment or {}), "REINTEGRATION_FAILPOINT": ""}
        service.start()
        await until(lambda: drained(url, len(spoken)), 120)
    finally:
        await asyncio.to_thread(service.terminate)
    await check(kafka, topics, url, spoken, people)


async def test_killed_at_random_again_and_again_it_loses_and_doubles_nothing(
    kafka: str, topics: str, database_of: Database, tmp_path: Path
) -> None:
    url, people, chance = await database_of("training"), [person() for _ in range(PEOPLE)], random.Random(11)
    await open_course(url)
    spoken = referrals(people)
    service = training(kafka, topics, url, tmp_path)
    try:
        for part in range(4):
            service.start()
            await speak(kafka, topics, spoken[part * len(spoken) // 4 : (part + 1) * len(spoken) // 4])
            await until(lambda: started(tmp_path), 120)
            await asyncio.sleep(chance.uniform(0, 0.4))
            await asyncio.to_thread(service.kill)
            (tmp_path / "training.log").unlink()
        service.start()
        await until(lambda: drained(url, len(spoken)), 120)
    finally:
        await asyncio.to_thread(service.terminate)
    await check(kafka, topics, url, spoken, people)


def started(folder: Path) -> bool:
    log = folder / "training.log"
    return log.exists() and b'"event":"joining"' in log.read_bytes()
