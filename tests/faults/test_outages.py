"""Kafka or PostgreSQL away at the start, killed in mid-run, or hanging: services wait, say so, and go on by themselves;
afterwards everything was applied once and each person's order is kept.

The chain is a true one: a referral holds a seat at training, and notifications tells the person of it.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import asyncpg
import orjson
import pytest
from aiokafka import AIOKafkaProducer

from deploy.embedded import Platform
from deploy.embedded.server import Server
from deploy.topics import provision
from services.__main__ import NAMES
from shared import referral_codes
from shared.events.decoding import KeptRecord
from shared.events.intake import ConsentGiven, ContactChanged, ReferralRequested
from shared.migrating import migrate
from shared.settings import KafkaSettings
from shared.work import new_id
from tests.conftest import ROOT
from tests.faults.processes import ServiceProcess
from tests.faults.stories import type_of
from tests.integration.core.speaking import PARTITIONS, attributes_of, id_of, listen, person, record
from tests.waiting import administer, at_database, until

PEOPLE: Final = 40
ROUNDS: Final = 12
PAUSE: Final = 7
"""Seconds that a server hangs at the least: longer than a session, so that members are taken for dead and join anew."""
BACK: Final[dict[str, Callable[[Server], None]]] = {"kill": Server.start, "pause": Server.resume}
HANGS: Final = 120
"""Seconds after which something hangs."""


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """Servers of this module's own, to be hurt."""
    with Platform() as started:
        yield started


@pytest.fixture(scope="module")
def templates(platform: Platform) -> dict[str, str]:
    """By service, the name of a migrated database, to be copied."""
    for name in NAMES:
        asyncio.run(administer(platform.postgres_url, f"create database template_{name}"))
        migrate(ROOT / "services" / name / "migrations", at_database(platform.postgres_url, f"template_{name}"))
    return {name: f"template_{name}" for name in NAMES}


class Town:
    """A few services as processes, on topics and databases of their own."""

    def __init__(self, platform: Platform, folder: Path, prefix: str) -> None:
        self.platform = platform
        self.folder = folder
        self.prefix = prefix
        self.services: dict[str, ServiceProcess] = {}
        self.people = [person() for _ in range(PEOPLE)]
        self.spoken: list[KeptRecord] = []
        self._chance = random.Random(prefix)

    async def make(self, templates: dict[str, str], *names: str, **more: str) -> None:
        """The databases, and the processes, not started yet."""
        kafka = self.platform.kafka_bootstrap
        await asyncio.to_thread(
            provision, KafkaSettings(kafka=kafka), prefix=self.prefix, partitions=PARTITIONS, replication=1
        )
        for name in names:
            database = f"{self.prefix.strip('.')}_{name}"
            await administer(self.platform.postgres_url, f"create database {database} template {templates[name]}")
            url = at_database(self.platform.postgres_url, database)
            self.services[name] = ServiceProcess(name, kafka, self.prefix, url, self.folder, **more)
        await administer(
            self.services["training"].url,
            "insert into course (course, provider, title_en, title_km, skills, seats) "
            "values ('c-1', 'p', '', '', '[]', 10000)",
        )

    def start(self) -> None:
        for service in self.services.values():
            service.child.start()
        self.born = [service.child.pid for service in self.services.values()]

    async def say(self, problem: str) -> None:
        """Wait until each says that it is not ready because of this; none may give up."""
        await asyncio.gather(*[until(partial(each.waits_for, problem), HANGS) for each in self.services.values()])
        assert all(await asyncio.gather(*[each.alive() for each in self.services.values()]))

    async def are_ready(self) -> None:
        """Wait until each says that it is ready."""
        await asyncio.gather(*[until(each.ready, HANGS) for each in self.services.values()])

    async def speak(self, rounds: range, producer: AIOKafkaProducer) -> None:
        """Everybody is referred once a round; in the first one also reached and asked for consent."""
        for number in rounds:
            for who in self.people:
                for told in self._round(who, number):
                    self.spoken.append(told)
                    await producer.send(
                        self.prefix + told.topic,
                        told.value,
                        key=told.key,
                        partition=told.partition,
                        headers=list(told.headers),
                    )
            await asyncio.sleep(0.25)

    def _round(self, who: str, number: int) -> Iterator[KeptRecord]:
        code = referral_codes.mint(self._chance.randrange)
        if number == 1:
            yield record(who, 1, ContactChanged(contact=new_id(), channel="sms", language="km"))
            yield record(who, 2, ConsentGiven(purpose="messages", text_version="v1", given="signed"))
        yield record(who, 2 + number, ReferralRequested(referral=new_id(), code=code, kind="course", course="c-1"))

    async def ask(self, name: str, sql: str) -> Any:
        """One value from a service's database."""
        connection = await asyncpg.connect(self.services[name].url, timeout=10)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    async def through(self) -> bool:
        """Whether everything spoken has gone all the way."""
        seats = len(self.spoken) - 2 * PEOPLE
        return bool(
            await self.ask("training", "select count(*) from ledger") == seats
            and await self.ask("notifications", "select count(*) from message where state = 'delivered'") == seats
            and not await self.ask("training", "select count(*) from unsent")
            and not await self.ask("notifications", "select count(*) from unsent")
        )

    async def check(self) -> None:
        """Each referral has its one seat, each seat its one message, in each person's order without a gap."""
        assert [each.child.pid for each in self.services.values() if each.child.running] == self.born, (
            "none was restarted"
        )
        referred = [id_of(each) for each in self.spoken if type_of(each) == ReferralRequested.type]
        for name, heard in (("training", len(referred)), ("notifications", len(self.spoken) + len(referred))):
            assert await self.ask(name, "select count(*) from parked") == 0
            assert await self.ask(name, "select count(*) from inbox") == heard
        assert await self.ask("training", "select taken from course") == len(referred)
        seats = await self._published("training", {*referred})
        await self._published("notifications", seats)
        letters = [orjson.loads(file.read_bytes()) for file in (self.folder / "outbox").glob("??/*.json")]
        assert sorted(letter["about"] for letter in letters) == sorted(seats)

    async def _published(self, name: str, causes: set[str]) -> set[str]:
        """Ids of a service's events on its topic: one for each cause, each person's in order."""
        first: dict[str, dict[str, str]] = {}
        for each in attributes_of(await listen(self.platform.kafka_bootstrap, self.prefix + name)):
            first.setdefault(each["id"], each)
        assert sorted(each["causationid"] for each in first.values()) == sorted(causes)
        numbers: dict[str, list[int]] = {}
        for each in first.values():
            numbers.setdefault(each["subject"], []).append(int(each["sequence"]))
        assert numbers == {who: list(range(1, len(causes) // PEOPLE + 1)) for who in self.people}
        return set(first)


@pytest.fixture
async def town(platform: Platform, tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(platform, tmp_path, f"t{uuid4().hex[:8]}.")
    yield made
    for server in (platform.kafka, platform.postgres):
        server.resume()
    ended = [asyncio.to_thread(each.child.terminate, HANGS) for each in made.services.values()]
    assert set(await asyncio.gather(*ended)) == {0}


@asynccontextmanager
async def speaker(platform: Platform) -> AsyncIterator[AIOKafkaProducer]:
    """Another owner's relay, which sits the outage out."""
    producer = AIOKafkaProducer(bootstrap_servers=platform.kafka_bootstrap, enable_idempotence=True)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


@pytest.mark.parametrize(("server", "waits_for"), [("kafka", "the topics"), ("postgres", "the database")])
async def test_what_is_away_at_the_start_is_waited_for(
    server: str, waits_for: str, platform: Platform, templates: dict[str, str], town: Town
) -> None:
    await town.make(templates, *NAMES)
    away = getattr(platform, server)
    await asyncio.to_thread(away.kill)
    town.start()
    await town.say(f"waiting for {waits_for}")
    await asyncio.to_thread(away.start)
    await town.are_ready()
    async with speaker(platform) as producer:
        await town.speak(range(1, 3), producer)
    await until(town.through, HANGS)
    await town.check()


OUTAGES: Final = [
    ("kill", ("kafka",)),
    ("kill", ("postgres",)),
    ("pause", ("kafka", "postgres")),
]
SAYS: Final = {"kafka": "Kafka does not answer", "postgres": "the database does not answer"}


@pytest.mark.parametrize(("how", "servers"), OUTAGES, ids=["kafka-killed", "postgres-killed", "both-hanging"])
async def test_what_goes_away_under_load_is_waited_for_and_nothing_is_lost_or_doubled(
    how: str, servers: tuple[str, ...], platform: Platform, templates: dict[str, str], town: Town
) -> None:
    await town.make(templates, "training", "notifications", REINTEGRATION_SESSION_TIMEOUT_MS="6000")
    town.start()
    await town.are_ready()
    hurt = [getattr(platform, server) for server in servers]
    async with speaker(platform) as producer:
        speaking = asyncio.create_task(town.speak(range(1, ROUNDS + 1), producer))
        await until(lambda: some_but_not_all(town), HANGS)
        await asyncio.gather(*[asyncio.to_thread(getattr(server, how)) for server in hurt])
        begun = time.monotonic()
        for server in servers:
            await town.say(SAYS[server])
        if how == "pause":
            await asyncio.sleep(PAUSE + begun - time.monotonic())
        await asyncio.gather(*[asyncio.to_thread(BACK[how], server) for server in hurt])
        await speaking
    await town.are_ready()
    await until(town.through, HANGS)
    await town.check()


async def some_but_not_all(town: Town) -> bool:
    done = int(await town.ask("training", "select count(*) from ledger"))
    return PEOPLE <= done < PEOPLE * ROUNDS
