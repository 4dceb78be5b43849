"""This version takes over from every released one: databases are migrated once, and no event is lost or done twice.

`releases/` holds what was kept of each: databases in which some events are not sent yet, and topics in which some are
not consumed yet. README.md tells how it is made.
"""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

import pytest
from aiokafka import AIOKafkaProducer

from deploy import checking
from deploy.addresses import Addresses
from deploy.draining import Drain
from services.__main__ import NAMES, service_named
from shared.events import REGISTRY
from shared.inbox import BEHIND
from shared.migrating import migrate
from shared.outbox import partition_of
from shared.service import Running
from tests.contracts.test_golden import SAMPLES
from tests.integration.core.speaking import PARTITIONS, attributes_of, listen
from tests.integration.upgrade.loading import ask, ids, load, row_counts, shape
from tests.integration.upgrade.releases import RECORDS, RELEASES, Kept, read_records
from tests.waiting import administer, at_database

VERSION: Final = "select version_num from alembic_version"
UNSENT: Final = "select ledger.id from unsent join ledger using (position)"
SEEN: Final = "select id, consumer, batch, place from inbox"
TOPICS: Final = sorted({contract.topic for contract in REGISTRY.values()})

Start = Callable[..., Awaitable[Running]]


@pytest.fixture(params=sorted(folder.name for folder in RELEASES.iterdir()))
def release(request: pytest.FixtureRequest) -> Path:
    return RELEASES / str(request.param)


@pytest.fixture
async def databases(postgres: str, release: Path) -> AsyncIterator[dict[str, str]]:
    """By service, the address of its database as the release left it."""
    names = {name: f"upgrade_{uuid.uuid4().hex[:12]}_{name}" for name in NAMES}
    dumps = await asyncio.to_thread(lambda: {name: (release / f"{name}.sql").read_text("utf-8") for name in NAMES})
    yield {name: await load(postgres, names[name], dumps[name]) for name in NAMES}
    await administer(postgres, *[f"drop database if exists {name} with (force)" for name in names.values()])


@pytest.mark.parametrize("name", NAMES)
async def test_released_migrations_still_make_the_released_schema(
    name: str, databases: dict[str, str], postgres: str
) -> None:
    """Or else: the change belongs into a migration of its own. (Where the release never went out, store it anew.)"""
    ((version,),) = await ask(databases[name], VERSION)
    fresh = f"upgrade_{uuid.uuid4().hex[:12]}"
    await administer(postgres, f"create database {fresh}")
    try:
        url = at_database(postgres, fresh)
        await asyncio.to_thread(migrate, service_named(name).migrations, url, version)
        assert await shape(url) == await shape(databases[name])
    finally:
        await administer(postgres, f"drop database {fresh} with (force)")


@pytest.mark.parametrize("name", NAMES)
async def test_a_migrated_database_has_the_schema_of_a_new_one_and_every_row(
    name: str, databases: dict[str, str], database_of: Callable[[str], Awaitable[str]]
) -> None:
    before = await row_counts(databases[name])
    new = await database_of(name)
    for _ in range(2):  # the second time there is nothing to do
        await asyncio.to_thread(migrate, service_named(name).migrations, databases[name])
        assert await ask(databases[name], VERSION) == await ask(new, VERSION)
        assert await shape(databases[name]) == await shape(new)
        after = await row_counts(databases[name])
        kept = [table for table in before if table in after and table != "timer"]
        assert {table: after[table] for table in kept} == {table: before[table] for table in kept}
        assert after["timer"] >= before["timer"]  # what an upgrade brings may set timers for what there is
    assert before["ledger"] > 0


def test_a_type_that_was_released_is_never_taken_away(release: Path) -> None:
    told = {dict(record.headers)["ce_type"] for record in read_records(release / RECORDS)}
    assert told <= set(REGISTRY)


async def test_events_under_way_arrive_once_and_what_was_seen_is_not_done_again(
    release: Path, databases: dict[str, str], running: Start, kafka: str, topics: str
) -> None:
    records = read_records(release / RECORDS)
    unsent = {name: await ids(url, UNSENT) for name, url in databases.items()}
    recorded = {name: await ids(url, "select id from ledger") for name, url in databases.items()}
    seen = {name: await ask(url, SEEN) for name, url in databases.items()}
    causes_of_timers = {name: await ids(url, "select causationid from timer") for name, url in databases.items()}
    waiting = {name: consumed_by(name, records) - {str(row[0]) for row in seen[name]} for name in NAMES}
    assert unsent["intake"]
    assert waiting["employment"]
    assert waiting["notifications"]

    for name, url in databases.items():
        await asyncio.to_thread(migrate, service_named(name).migrations, url)
    await publish(kafka, topics, records)
    for name, url in databases.items():
        await running(name, url=url)
    addresses = Addresses({}, databases, kafka, topics, "", "", "")
    await asyncio.to_thread(settle, addresses)

    report = await asyncio.to_thread(checking.check, addresses)
    assert report.anomalies == {}
    assert (report.drained, report.waiting) == (True, 0)
    heard: Counter[str] = Counter()
    for topic in TOPICS:
        heard.update(each["id"] for each in attributes_of(await listen(kafka, topics + topic)))
    for name, url in databases.items():
        assert {heard[id] for id in unsent[name]} <= {1}
        assert recorded[name] <= await ids(url, "select id from ledger")
        now = await ask(url, SEEN)
        assert set(seen[name]) <= set(now), "what was seen stands where it stood"
        assert waiting[name] <= {str(row[0]) for row in now}
        again = await ids(
            url,
            "select causationid from ledger where not id = any($1::uuid[]) and causationid = any($2::uuid[])",
            list(recorded[name]),
            [row[0] for row in seen[name]],
        )
        assert again <= causes_of_timers[name], "an event that was seen had a consequence once more"


async def test_samples_of_every_event_ever_released_are_read_and_none_is_lost(
    databases: dict[str, str], running: Start, kafka: str, topics: str
) -> None:
    """Some speak of referrals and matches that nobody here has heard of: rules set those aside, to be repaired."""
    samples = [
        Kept(
            record.topic,
            partition_of(record.key or b"", PARTITIONS),
            (record.key or b"").decode(),
            (record.value or b"").decode(),
            [(name, (value or b"").decode()) for name, value in record.headers],
        )
        for record in (sample.record() for sample in SAMPLES)
    ]
    for name, url in databases.items():
        await asyncio.to_thread(migrate, service_named(name).migrations, url)
        await running(name, url=url)
    await publish(kafka, topics, samples)
    await asyncio.to_thread(settle, Addresses({}, databases, kafka, topics, "", "", ""))
    for name, url in databases.items():
        parked = await ask(url, "select id, reason from parked")
        assert {reason for _, reason in parked} <= {"rule-failed", BEHIND}, "all could be read"
        consumed = await ids(url, "select id from inbox")
        assert consumed_by(name, samples) <= consumed | {str(id) for id, _ in parked}
        assert consumed_by(name, samples) & consumed


def consumed_by(name: str, records: Iterable[Kept]) -> set[str]:
    """Ids of those that a service consumes."""
    types = {contract.type for contract in service_named(name).consumes}
    return {record.id for record in records if dict(record.headers)["ce_type"] in types}


async def publish(kafka: str, prefix: str, records: Iterable[Kept]) -> None:
    """Put records where they stood."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, enable_idempotence=True)
    await producer.start()
    try:
        for topic, partition, key, value, headers in records:
            await producer.send(
                prefix + topic,
                value.encode(),
                key=key.encode(),
                partition=partition,
                headers=[(name, text.encode()) for name, text in headers],
            )
    finally:
        await producer.stop()


def settle(addresses: Addresses) -> None:
    """Wait until no service has anything left to do."""
    with Drain(addresses, {name: service_named(name).topics for name in NAMES}) as drain:
        drain.wait()
