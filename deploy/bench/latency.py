"""One hop at a steady rate: from before a transaction at the sender to after the commit of its effect at training.

The first second is not counted: the topics are new, and Kafka's first record in each of their partitions takes some
milliseconds. The floor counts its own (it has a topic of four partitions where ours have as many as they are shipped
with).

The sender is this process with the real unit of work and relay on intake's tables; training is the process that a
deployment runs, and the time of an effect is that of the log line it writes after its commit.
"""

import asyncio
import statistics
import time
import uuid
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from fastapi import APIRouter
from pydantic import SecretStr

from deploy.bench.hop import COURSES, Tell
from deploy.bench.stage import Servers, Stage, floor, servers, stage
from services.__main__ import service_named
from shared import telemetry
from shared.events.envelope import NewEvent
from shared.events.intake import ReferralRequested
from shared.handling import Handlers
from shared.kinds import Decision
from shared.service import Running, Service
from shared.settings import Settings
from shared.work import Cause, new_id


def run(rate: int, events: int, rounds: int, reference: Path, tell: Tell) -> dict[str, Any]:
    """Medians over the rounds, the floor's measured in turn with ours: `ours` and `floor`, each p50 and p99 in ms."""
    file = reference / "latency.py"
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with servers() as at:
        for turn in range(1, rounds + 1):
            if file.exists():
                theirs.append(floor(file, str(rate), str(events), at.kafka, at.postgres)["commit_to_effect_ms"])
                tell(f"round {turn}: floor p50 {theirs[-1]['p50']} ms, p99 {theirs[-1]['p99']} ms")
            ours.append(_ours(at, rate, events))
            tell(f"round {turn}: ours p50 {ours[-1]['p50']} ms, p99 {ours[-1]['p99']} ms")
    result: dict[str, Any] = {"ours": _medians(ours)}
    if theirs:
        result["floor"] = _medians(theirs)
        for name in ("p50", "p99"):
            result[f"ratio_{name}"] = round(result["ours"][name] / result["floor"][name], 2)
    return {**result, "rate": rate, "events": events, "rounds": rounds}


def _medians(measured: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(each[name] for each in measured), 2) for name in ("p50", "p99")}


def _ours(at: Servers, rate: int, events: int) -> dict[str, float]:
    with stage(at, "training") as training, stage(at, "intake") as intake:
        asyncio.run(_courses(training, rate + events))
        process = training.process()
        process.start()
        try:
            process.wait_ready(lambda: training.first("ready") is not None)
            with (at.folder / "sender.log").open("w") as log, redirect_stdout(log):
                telemetry.configure("intake", pretty=False)
                begun = uvloop.run(_send(training, intake, rate, events))
        finally:
            process.terminate()
        took = sorted(
            (datetime.fromisoformat(line["time"]).timestamp() - begun[line["case"]]) * 1e3
            for line in training.lines("applied")
            if line["case"] in begun
        )
        if len(took) != events:
            raise RuntimeError(f"{events} events were sent and {len(took)} had their effect")
        return {f"p{p}": took[min(len(took) - 1, len(took) * p // 100)] for p in (50, 99)}


async def _courses(on: Stage, seats: int) -> None:
    database = await asyncpg.connect(on.database)
    await database.executemany(
        "insert into course (course, provider, title_en, title_km, skills, seats) values ($1, 'bench', '', '', $2, $3)",
        [(f"course-{n}", '["welding"]', seats) for n in range(COURSES)],
    )
    await database.close()


async def _send(training: Stage, intake: Stage, rate: int, events: int) -> dict[str, float]:
    """Record and relay at a steady rate; returns when each began, by its case id, in seconds since 1970."""
    shipped = service_named("intake")
    sender = Service("intake", shipped.folder, Handlers(), (), (ReferralRequested,), APIRouter())
    running = Running(
        sender,
        Settings(
            kafka=training.servers.kafka,
            topic_prefix=training.prefix,  # the sender writes where the receiver reads
            database_url=SecretStr(intake.database),
            issuer_key=Path(training.environment["REINTEGRATION_ISSUER_KEY"]),
            digest_key=SecretStr(training.environment["REINTEGRATION_DIGEST_KEY"]),
        ),
    )
    await running.start()
    while running.waiting_for is not None:
        await asyncio.sleep(0.02)
    begun: dict[str, float] = {}

    async def write(n: int) -> None:
        person, case = new_id(), new_id()
        data = ReferralRequested(
            referral=new_id(),
            code=f"0000-{n // 10**4:04d}-{n % 10**4:04d}",
            kind="course",
            course=f"course-{n % COURSES}",
        )
        if n >= rate:
            begun[case] = time.time()
        async with running.unit((), minted=[person]) as work:
            cause = Cause(new_id(), traceparent=f"00-{uuid.uuid4().hex}-{case[19:23]}{case[24:]}-01")
            work.apply(Decision(events=(NewEvent(person, data, case),)), cause)

    start, writes = time.perf_counter(), []
    for n in range(rate + events):
        await asyncio.sleep(max(0.0, start + n / rate - time.perf_counter()))
        writes.append(asyncio.create_task(write(n)))
    await asyncio.gather(*writes)
    database = await asyncpg.connect(training.database)
    try:
        async with asyncio.timeout(60):
            while await database.fetchval("select count(*) from inbox") < rate + events:
                await asyncio.sleep(0.1)
    finally:
        await database.close()
    await running.stop()
    return begun
