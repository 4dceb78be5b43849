"""Four services that have worked together are stopped, their groups are set back to the first record of every topic,
and they are started again: they read everything once more, and not a byte of what they hold or told changes."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from confluent_kafka import ConsumerGroupState as GroupState
from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]  # the package names no exports

from shared.access import EMPLOYMENT_OFFICER, OPERATOR
from shared.events import OWNERS, TOPICS
from shared.service import Running
from tests.conftest import PARTITIONS
from tests.faults.seeding import SEEDS
from tests.faults.stories import STARTS, TODAY, Story
from tests.integration.asking import asking, issuer
from tests.integration.core.speaking import needs, person, record, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
System = dict[str, Running]
PEOPLE: Final = 24
PLACED: Final = 5
SPOILT: Final = ("intake", "training", "employment")
"""Topics that also hold records that nobody can take."""
LEFT: Final = "select (select count(*) from unsent) + (select count(*) from timer where due_at <= now())"
READY: Final = " + (select count(*) from message where state = 'ready')"
KNOWN: Final = "select (select count(*) from inbox) + (select count(*) from parked where id is null)"
NAMELESS: Final = "select count(*) from parked where id is null"


async def test_read_again_from_the_first_record_nothing_changes(
    kafka: str, topics: str, running: Start, tmp_path: Path
) -> None:
    admin = AdminClient({"bootstrap.servers": kafka})
    fixed: dict[str, Any] = {"issuer_key": issuer().public_key, "session_timeout_ms": 6_000}
    system = {name: await running(name, **fixed) for name in OWNERS}
    await live(system, kafka, topics)
    before, letters = await everything(system), files(tmp_path / "outbox")
    ends = await asyncio.to_thread(offsets, admin, topics)
    assert all(ends[topics + topic] > 0 for topic in TOPICS)
    assert all(len(tables["inbox"]) > PEOPLE and tables["parked"] for tables in before.values())

    for service in system.values():
        await service.stop()
    await asyncio.to_thread(set_back, admin, topics, system)
    again = {
        name: await running(
            name,
            **fixed,
            url=service.settings.database_url.get_secret_value(),
            replica=service.settings.replica,
            digest_key=service.settings.digest_key.get_secret_value(),
        )
        for name, service in system.items()
    }
    for service in again.values():
        counts, known = service.consumer.counts, await number(service, KNOWN)
        await until(partial(all_repeated, counts, known))
        assert +counts == {"repeated": known}
    await until(lambda: settled(again))

    assert await everything(again) == before
    assert files(tmp_path / "outbox") == letters
    assert await asyncio.to_thread(offsets, admin, topics) == ends


def all_repeated(counts: Mapping[str, int], known: int) -> bool:
    return counts["repeated"] >= known


async def live(system: System, kafka: str, topics: str) -> None:
    """The whole way: registered, seated, passed, proposed, placed, referred to the fund; and records that nobody can
    take, with and without an id."""
    told = [Story(place, random.Random(f"rewound {place}")) for place in range(PEOPLE)]
    for story in told:
        story.register("training", "job")
    for name in ("training", "employment", "intake"):
        await SEEDS[name](system[name], told)
    await until(lambda: settled(system))

    nobody = person()
    bad = [record(nobody, 1, b"not json", topic=topic) for topic in SPOILT]
    await speak(kafka, topics, [*bad, needs(nobody, 2), *[record(nobody, 3, None, topic=topic) for topic in SPOILT]])
    async with asking(system["training"], OPERATOR) as provider:
        completed = {"completed_on": TODAY.isoformat(), "result": "passed"}
        courses = [story.referral("course") for story in told]
        rows = [{"code": each.code, "course": each.course or "", **completed} for each in courses]
        assert {row["status"] for row in await provider.rows("/completions", *rows)} == {"accepted"}
    await until(lambda: settled(system))

    proposed = await system["employment"].database.fetch(
        "select distinct on (person) match::text from match order by person, score desc limit $1", PLACED
    )
    async with asking(system["employment"], EMPLOYMENT_OFFICER) as officer:
        for (match,) in proposed:
            assert (await officer.post(f"/matches/{match}/acceptance", None)).status_code == 200
            starts = {"starts": STARTS.isoformat()}
            assert (await officer.post(f"/matches/{match}/placement", starts)).status_code == 200
    await until(lambda: settled(system))
    for service in system.values():
        await until(partial(set_aside, service))
    assert await number(system["intake"], "select count(*) from referral where scheme = 'nssf'") == PLACED


async def settled(system: System) -> bool:
    """Whether everybody has heard all that the others told, and nothing is left to do or to send."""
    told: list[tuple[str, str]] = []
    for service in system.values():
        told += [(row[0], row[1]) for row in await service.database.fetch("select id::text, type from ledger")]
    for name, service in system.items():
        types = {contract.type for contract in service.service.consumes}
        heard = {row[0] for row in await service.database.fetch("select id::text from inbox")}
        left = await number(service, LEFT + (READY if name == "notifications" else ""))
        if left or not {identity for identity, type in told if type in types} <= heard:
            return False
    return len(told) == sum([await number(service, "select count(*) from ledger") for service in system.values()])


async def set_aside(running: Running) -> bool:
    """Whether it has met what it cannot take, on each of its topics."""
    return await number(running, NAMELESS) == len(set(SPOILT) & set(running.service.topics))


async def number(running: Running, sql: str) -> int:
    (row,) = await running.database.fetch(sql)
    return int(row[0])


async def everything(system: System) -> dict[str, dict[str, list[str]]]:
    """Every row of every table of every service, as text."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, service in system.items():
        fetch = service.database.fetch
        tables = [row[0] for row in await fetch("select tablename from pg_tables where schemaname = 'public'")]
        found[name] = {
            table: [row[0] for row in await fetch(f"select t::text from {table} t order by 1")] for table in tables
        }
    return found


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """What was handed to the channel, and when."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.glob("??/*.json")}


def offsets(admin: Any, prefix: str) -> dict[str, int]:
    """How many records each topic holds."""
    latest = OffsetSpec.latest()  # type: ignore[no-untyped-call]
    places = {TopicPartition(prefix + topic, each): latest for topic in TOPICS for each in range(PARTITIONS)}
    counted = dict.fromkeys((prefix + topic for topic in TOPICS), 0)
    for place, asked in admin.list_offsets(places).items():
        counted[place.topic] += asked.result().offset
    return counted


def set_back(admin: Any, prefix: str, system: System) -> None:
    """Set each service's group to the first record of every topic it reads, once Kafka has forgotten its member."""
    groups = [prefix + name for name in system]
    while {asked.result().state for asked in admin.describe_consumer_groups(groups).values()} != {GroupState.EMPTY}:
        time.sleep(0.2)
    for name, service in system.items():
        places = [
            TopicPartition(prefix + topic, each, 0) for topic in service.service.topics for each in range(PARTITIONS)
        ]
        for asked in admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(prefix + name, places)]).values():
            assert all(place.error is None for place in asked.result().topic_partitions)
