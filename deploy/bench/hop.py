"""One hop at full speed: training takes referrals from Kafka and answers each with a seat.

The service is the process that a deployment runs, at its shipped settings: contract, inbox, parking check, rule,
storage, ledger, log line, relay. The clock runs from when it joins its group until the last of its events is in Kafka;
then the rows in inbox and ledger and the records in its topic are counted.
"""

import asyncio
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from confluent_kafka import Consumer, TopicPartition

from deploy.bench.stage import Servers, Stage, floor, peak_memory, servers, stage
from shared.events.intake import ReferralRequested
from shared.outbox import headers_of, partition_of
from shared.work import new_id, utc_now

PERSONS = 20_000
COURSES = 20
NAIVE_EVENTS = 3_000
Tell = Callable[[str], None]
DONE = "select exists (select 1 from ledger where position >= $1) and not exists (select 1 from unsent)"
COUNT = """
select (select count(*) from inbox) as inbox, (select count(*) from ledger) as ledger,
       (select count(*) from referral) as referral
"""


def run(events: int, rounds: int, reference: Path, tell: Tell) -> dict[str, Any]:
    """Medians over the rounds, the floor's measured in turn with ours: `ours`, `raw`, `naive` in events a second."""
    file = reference / "hop.py"
    figures: dict[str, list[float]] = {"ours": [], "raw": [], "naive": []}
    memory = 0
    with servers() as at:
        for turn in range(1, rounds + 1):
            if file.exists():
                for way, number in (("raw", events), ("naive", min(NAIVE_EVENTS, events))):
                    figures[way].append(floor(file, way, str(number), at.kafka, at.postgres)["events_per_s"])
                    tell(f"round {turn}: {way} {figures[way][-1]:,.0f} events/s")
            rate, used = _ours(at, events)
            figures["ours"].append(rate)
            memory = max(memory, used)
            tell(f"round {turn}: ours {rate:,.0f} events/s")
    result: dict[str, Any] = {way: round(statistics.median(rates)) for way, rates in figures.items() if rates}
    for way in ("raw", "naive"):
        if way in result:
            result[f"ratio_{way}"] = round(result["ours"] / result[way], 3)
    return {**result, "events": events, "rounds": rounds, "peak_memory_mib": memory, "each": figures}


def _ours(at: Servers, events: int) -> tuple[float, int]:
    with stage(at, "training") as on:
        asyncio.run(_prepare(on, events))
        process = on.process()
        process.start()
        try:
            done = asyncio.run(_await_done(on, events))
            assert process.pid is not None
            memory = peak_memory(process.pid)
        finally:
            process.terminate()
        began = on.first("joining")
        if began is None:
            raise RuntimeError("the service did not say when it joined its group")
        return events / (done - began), memory


async def _prepare(on: Stage, events: int) -> None:
    """Courses with seats for all, and as many referrals in intake's topic, of a crowd of persons in turn."""
    database = await asyncpg.connect(on.database)
    await database.executemany(
        "insert into course (course, provider, title_en, title_km, skills, seats) values ($1, 'bench', '', '', $2, $3)",
        [(f"course-{n}", '["welding"]', events) for n in range(COURSES)],
    )
    await database.close()
    producer = AIOKafkaProducer(bootstrap_servers=on.servers.kafka, linger_ms=5, max_batch_size=262_144)
    await producer.start()
    topic = on.prefix + "intake"
    partitions = len(await producer.partitions_for(topic))
    sent = []
    for key, value, headers in _referrals(events):
        partition = partition_of(key, partitions)
        sent.append(await producer.send(topic, value, key=key, partition=partition, headers=headers))
        if len(sent) == 5_000:
            await asyncio.gather(*sent)
            sent.clear()
    await asyncio.gather(*sent)
    await producer.stop()


def _referrals(events: int) -> Iterator[tuple[bytes, bytes, list[tuple[str, bytes]]]]:
    persons = [str(uuid.uuid4()) for _ in range(min(PERSONS, events))]
    cases = [str(uuid.uuid4()) for _ in persons]
    now = utc_now()
    for n in range(events):
        place, identity = n % len(persons), new_id()
        data = ReferralRequested(
            referral=new_id(),
            code=f"{n // 10**8:04d}-{n // 10**4 % 10**4:04d}-{n % 10**4:04d}",
            kind="course",
            provider="bench",
            course=f"course-{n % COURSES}",
        )
        trace = f"00-{uuid.uuid4().hex}-{identity[19:23]}{identity[24:]}-01"
        row = (
            0, "intake", persons[place], "", identity, data.type, n // len(persons) + 1, now, cases[place], identity,
            None, trace,
        )  # fmt: skip
        yield persons[place].encode(), data.model_dump_json().encode(), headers_of(row)


async def _await_done(on: Stage, events: int) -> float:
    """When the last event was in Kafka, in seconds since 1970; raises where the counts are not what they must be."""
    database = await asyncpg.connect(on.database)
    try:
        async with asyncio.timeout(60 + events / 500):
            while not await database.fetchval(DONE, events):
                await asyncio.sleep(0.02)
        done = time.time()
        counts = dict(await database.fetchrow(COUNT))
    finally:
        await database.close()
    counts["topic"] = records_on(on.servers.kafka, on.prefix + "training")
    if set(counts.values()) != {events}:
        raise RuntimeError(f"{events} events went in; counted after: {counts}")
    return done


def records_on(kafka: str, topic: str) -> int:
    """How many records a topic holds, by its offsets."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": "bench-count", "enable.auto.commit": False})
    try:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        ends = [consumer.get_watermark_offsets(TopicPartition(topic, n), timeout=10) for n in partitions]
        return sum(high - low for low, high in ends)
    finally:
        consumer.close()
