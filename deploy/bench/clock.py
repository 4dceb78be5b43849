"""The clock's sweep: so many referrals due among so many that are open, by intake's own timers on a real database.

Open referrals wait for their offices and each has its timer, many thousands of times more than are due. Of those due a
third is reminded, a third is shown to the lead, and a third expires and goes to another office. The same number is due
again among a tenth as many open ones, in turn: the sweep must cost by what is due. What became of each is counted in
the ledger.
"""

import asyncio
import contextlib
import statistics
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import asyncpg
import uvloop
from pydantic import SecretStr

from deploy.bench.hop import Tell
from deploy.bench.stage import Servers, Stage, servers, stage
from services.__main__ import service_named
from shared import telemetry
from shared.service import Running
from shared.settings import Settings

OFFICES: Final = 200
CAPACITY: Final = 200
"""Of an office of the directory; eight of them serve each province."""

OFFICE: Final = """
insert into office (office, kinds, provinces, districts, capacity, title_en, title_km, closed)
select 'office-' || n, '["legal-assistance"]', jsonb_build_array(lpad((n % 25 + 1)::text, 2, '0')), '[]', $2,
       'Office', 'ការិយាល័យ', false
from generate_series(1, $1::int) as n
"""

NEW: Final = """
create unlogged table new as
select n, gen_random_uuid() as person, gen_random_uuid() as caseid, gen_random_uuid() as referral
from generate_series({first}::bigint, {last}::bigint) as n
"""

ROWS: Final = (
    "insert into subject (subject) select person from new",
    """insert into person (person, centre, caseid, sex, contact, channel, language, consents)
       select person, 'pursat', caseid, 'female', gen_random_uuid(), 'sms', 'km',
              '{"services": {"given": "signed", "text_version": "form-1", "expires": null}}'
       from new""",
    """insert into cases (caseid, person, centre, registered_on, commune, skills_claimed, state)
       select caseid, person, 'pursat', current_date, lpad((n % 25 + 1)::text, 2, '0') || '0101', '[]', 'open'
       from new""",
)
"""Of each referral its person and her case."""

WAITING: Final = """
insert into referral (referral, code, person, caseid, service, kind, purpose, requested_on, requested_at, provider,
                      priority, state, changed_on)
select referral, {code}, person, caseid, kind, kind, 'services', current_date,
       now() - make_interval(hours => (n % 200)::int), case kind when 'course' then 'bench' end, 'normal', 'requested',
       current_date
from new, lateral (select (array['course', 'course', 'employment', 'social-protection'])[n % 4 + 1] as kind) as drawn
"""
"""Requested in the last eight days: none of them is due before two more."""

DUE: Final = """
insert into referral (referral, code, person, caseid, service, kind, purpose, requested_on, requested_at, provider,
                      priority, state, changed_on, steps)
select referral, {code}, person, caseid, 'legal-assistance', 'legal-assistance', 'services', current_date,
       now() - make_interval(days => (array[10, 14, 30])[n % 3 + 1], mins => 1),
       'office-' || (n % {offices} + 1), 'normal', 'requested', current_date, (array[0, 1, 3])[n % 3 + 1]
from new
"""
"""A third is to be reminded, a third shown to the lead, a third is out of time; each at an office."""

CODE: Final = "lpad((n / 100000000)::text, 4, '0') || '-' || lpad((n / 10000 % 10000)::text, 4, '0') || '-' || " + (
    "lpad((n % 10000)::text, 4, '0')"
)

TIMERS: Final = """
insert into timer (name, subject, due_at, caseid, correlationid, data)
select 'referral-clock', person, {due_at}, caseid, gen_random_uuid(), jsonb_build_object('referral', referral::text)
from new join referral using (referral, person, caseid)
"""

FIRED: Final = """
select count(*) as facts, count(distinct data::jsonb ->> 'referral') as referrals from ledger
where position > $1 and split_part(type, '.', 3) in ('referral-reminded', 'referral-escalated', 'referral-expired')
  and (data::jsonb ->> 'referral')::uuid in (select referral from new)
"""


def run(open_: int, due: int, rounds: int, tell: Tell) -> dict[str, Any]:
    """`sweep_s` among `open_` referrals and `sweep_s_tenth_open` among a tenth, medians in seconds, and their `ratio`;
    `due_fired`: how many of those due were acted upon, each once, in the worst round."""
    with servers() as at, stage(at, "intake") as many, stage(at, "intake") as few:
        for on, number in ((many, open_), (few, open_ // 10)):
            begun = perf_counter()
            asyncio.run(_seed(on, number))
            tell(f"{number:,} open referrals made in {perf_counter() - begun:.0f} s")
        return uvloop.run(_measure(at, many, few, open_, due, rounds, tell))


async def _seed(on: Stage, number: int) -> None:
    database = await asyncpg.connect(on.database)
    try:
        await database.execute(OFFICE, OFFICES, CAPACITY)
        await _persons(database, 1, number)
        await database.execute(WAITING.format(code=CODE))
        await database.execute(TIMERS.format(due_at="requested_at + interval '10 days'"))
        await database.execute("drop table new")
        await database.execute("vacuum (analyze)")
        with contextlib.suppress(asyncpg.InsufficientPrivilegeError):
            await database.execute("checkpoint")  # else a million rows are written out while the sweeps are measured
    finally:
        await database.close()


async def _persons(database: asyncpg.Connection, first: int, last: int) -> None:
    await database.execute("drop table if exists new")
    await database.execute(NEW.format(first=first, last=last))
    for statement in ROWS:
        await database.execute(statement)


async def _measure(
    at: Servers, many: Stage, few: Stage, open_: int, due: int, rounds: int, tell: Tell
) -> dict[str, Any]:
    took: dict[str, list[float]] = {"many": [], "few": []}
    fired: list[int] = []
    with (at.folder / "clock.log").open("w") as log, redirect_stdout(log):
        telemetry.configure("intake", pretty=False)
        sides = [("many", many, open_), ("few", few, open_ // 10)]
        for turn in range(rounds + 1):
            for name, on, number in sides if turn % 2 else reversed(sides):  # neither is always the first
                seconds, acted = await _sweep(on, number + 1 + turn * due, due)
                fired.append(acted)
                if turn:  # the first warms up
                    took[name].append(seconds)
                    tell(f"round {turn}: {due:,} due among {number:,} open took {seconds:.2f} s, {acted:,} acted upon")
    medians = {name: statistics.median(each) for name, each in took.items()}
    return {
        "sweep_s": round(medians["many"], 3),
        "sweep_s_tenth_open": round(medians["few"], 3),
        "ratio": round(medians["many"] / medians["few"], 2),
        "due_fired": min(fired),
        "open": open_,
        "due": due,
        "rounds": rounds,
        "each": {name: [round(each, 3) for each in seconds] for name, seconds in took.items()},
    }


async def _sweep(on: Stage, first: int, due: int) -> tuple[float, int]:
    """Make so many due, let intake's timers work them off; seconds, and how many were acted upon once."""
    database = await asyncpg.connect(on.database)
    running = Running(service_named("intake"), _settings(on))
    try:
        await _persons(database, first, first + due - 1)
        await database.execute(DUE.format(code=CODE, offices=OFFICES))
        position = await database.fetchval("select coalesce(max(position), 0) from ledger")
        await database.execute(TIMERS.format(due_at="now()"))
        begun = perf_counter()
        running.timers.start()
        async with asyncio.timeout(60 + due / 20):
            while running.timers.counts["fired"] < due:
                if running.timers.failure or running.timers.counts["put_off"]:
                    raise RuntimeError(f"the timers cannot go on: {running.timers.failure or 'some were put off'}")
                await asyncio.sleep(0.001)
        seconds = perf_counter() - begun
        await running.timers.stop()
        facts, referrals = await database.fetchrow(FIRED, position)
        if facts != referrals:
            raise RuntimeError(f"{referrals} referrals were due and {facts} facts tell of them")
        return seconds, referrals
    finally:
        await running.stop()
        await database.close()


def _settings(on: Stage) -> Settings:
    return Settings(
        kafka=on.servers.kafka,
        topic_prefix=on.prefix,
        database_url=SecretStr(on.database),
        issuer_key=Path(on.environment["REINTEGRATION_ISSUER_KEY"]),
        digest_key=SecretStr(on.environment["REINTEGRATION_DIGEST_KEY"]),
    )
