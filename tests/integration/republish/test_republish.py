"""`reintegration republish` on a real Kafka and real ledgers: refused where it would harm, safe to be killed anywhere,
and afterwards topics hold what they held, while consumers do nothing twice."""

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from deploy import republishing
from deploy.addresses import ADDRESSES, Addresses
from deploy.terminal import Failure
from shared.service import Running
from tests.conftest import PARTITIONS, ROOT
from tests.faults.seeding import SEEDS
from tests.faults.stories import Story
from tests.integration.asking import issuer
from tests.integration.core.speaking import attributes_of, listen
from tests.waiting import until

NAMES: Final = ("intake", "training")
PEOPLE: Final = 12
HANG_SECONDS: Final = 120
KILLED: Final = (republishing.TOPICS_GONE, republishing.REFILLED, republishing.TOPICS_MADE)


class Ended(NamedTuple):
    code: int | None
    out: str
    told: str


async def command(folder: Path, *arguments: str, **environment: str) -> Ended:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy", "republish", "--data", str(folder), *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        out, told = await asyncio.wait_for(process.communicate(), HANG_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(process.returncode, out.decode(), told.decode())


async def number(service: Running, sql: str) -> int:
    (row,) = await service.database.fetch(sql)
    return int(row[0])


async def ledger(service: Running) -> list[tuple[str, str, int]]:
    rows = await service.database.fetch("select id::text, subject::text, sequence from ledger order by position")
    return [tuple(row) for row in rows]


async def settled(system: dict[str, Running]) -> bool:
    """Whether nothing is to be sent, and each has heard all of the other that it handles."""
    for name, service in system.items():
        (other,) = [each for each in system if each != name]
        types = [contract.type for contract in service.service.consumes]
        told = await system[other].database.fetch("select id::text from ledger where type = any($1)", types)
        heard = {row[0] for row in await service.database.fetch("select id::text from inbox")}
        if await number(service, "select count(*) from unsent") or not {row[0] for row in told} <= heard:
            return False
    return True


async def in_topics(kafka: str, prefix: str) -> dict[str, list[tuple[str, str, int]]]:
    """By topic id, subject and sequence of every record."""
    return {
        name: [
            (each["id"], each["subject"], int(each["sequence"]))
            for each in attributes_of(await listen(kafka, prefix + name))
        ]
        for name in NAMES
    }


def counted(held: dict[str, list[tuple[str, str, int]]]) -> dict[str, Counter[tuple[str, str, int]]]:
    """Partitions are heard in no order between them."""
    return {name: Counter(records) for name, records in held.items()}


async def test_topics_are_rebuilt_from_the_ledgers_however_often_it_is_killed(
    kafka: str, topics: str, running: Callable[..., Awaitable[Running]], tmp_path: Path
) -> None:
    fixed: dict[str, Any] = {"issuer_key": issuer().public_key, "session_timeout_ms": 6_000}
    system = {name: await running(name, **fixed) for name in NAMES}
    told = [Story(place, random.Random(f"republish {place}")) for place in range(PEOPLE)]
    for story in told:
        story.register("training")
    for name in ("training", "intake"):
        await SEEDS[name](system[name], told)
    await until(lambda: settled(system))
    urls = {name: service.settings.database_url.get_secret_value() for name, service in system.items()}
    addresses = Addresses({}, urls, kafka, topics, "", "", "")
    (tmp_path / ADDRESSES).write_text(json.dumps(asdict(addresses)), encoding="utf-8")
    rebuild: Any = partial(republishing.republish, addresses, partitions=PARTITIONS, replication=1)
    before = {name: await ledger(service) for name, service in system.items()}
    held = await in_topics(kafka, topics)
    assert all(len(events) >= PEOPLE for events in before.values())

    with pytest.raises(Failure, match="intake runs"):
        await asyncio.to_thread(rebuild, replace=True)
    for service in system.values():
        await service.stop()
    with pytest.raises(Failure, match="--replace"):
        await asyncio.to_thread(rebuild)
    with pytest.raises(Failure, match="copies"):
        await asyncio.to_thread(rebuild, replication=9, replace=True)
    assert counted(await in_topics(kafka, topics)) == counted(held), "what refuses changes nothing"

    asked = ("--yes", "--json", "--replication", "1", "--partitions", str(PARTITIONS))
    assert (await command(tmp_path, *asked[1:])).code == 1, "nothing without --yes"
    for more, place in zip((["--replace"], [], []), KILLED, strict=True):
        assert (await command(tmp_path, *asked, *more, REINTEGRATION_FAILPOINT=place)).code == -9, place
    ended = await command(tmp_path, *asked)
    assert ended.code == 0, ended.told
    assert json.loads(ended.out)["events"] == {name: len(events) for name, events in before.items()}
    assert await in_topics(kafka, topics) == {name: [] for name in NAMES}

    again = {
        name: await running(
            name,
            **fixed,
            url=urls[name],
            digest_key=service.settings.digest_key.get_secret_value(),
        )
        for name, service in system.items()
    }
    for name, service in again.items():
        seen = await number(service, "select count(*) from inbox")
        await until(lambda counts=service.consumer.counts, seen=seen: counts["repeated"] >= seen)  # type: ignore[misc]
        assert +service.consumer.counts == {"repeated": seen}
        assert await ledger(service) == before[name]
    await until(lambda: settled(again))
    after = await in_topics(kafka, topics)
    assert counted(after) == counted(before)
    for records in after.values():
        last: dict[str, int] = {}
        for _, subject, sequence in records:
            assert sequence == last.get(subject, 0) + 1
            last[subject] = sequence
