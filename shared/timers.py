"""Timers: rows that say what is to be done, for whom, from when on, once.

The due ones are read unlocked, their subjects locked, then claimed by `delete … returning`, and only what returns
runs. Pages of consequences go the same way: a vacancy that concerns thousands becomes a row for each page and a row
for each person, each handled under its own lock, never one transaction of unbounded size.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import perf_counter
from typing import Any

import orjson

from shared import inbox
from shared.database import Connection, Database, is_of_the_data
from shared.handling import Handler, Handlers
from shared.kinds import Key, Kind, Timer
from shared.loop import Loop
from shared.metrics import Instruments
from shared.telemetry import describe, log, service_name, write_lines
from shared.work import Cause, Clock, Work

BATCH = 500
PUT_OFF = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)

DUE = """
select number, subject::text from timer where due_at <= $1 and name = any($2::text[]) order by due_at, number limit $3
"""
CLAIM = """
with claimed as (delete from timer where number = any($1::bigint[]) returning *)
select number, name, subject::text, due_at, caseid::text, correlationid::text, causationid::text, traceparent, attempts,
       data::text
from claimed order by due_at, number
"""
AGAIN = """
insert into timer (name, subject, due_at, caseid, correlationid, causationid, traceparent, attempts, data)
values ($1, $2::uuid, $3, $4::uuid, $5::uuid, $6::uuid, $7, $8, $9::text::jsonb)
"""


class Timers(Loop):
    """Runs a service's due timers until it is stopped."""

    name, batch, poll_seconds = "timers", BATCH, 0.25

    def __init__(
        self,
        consumer: str,
        handlers: Handlers,
        kinds: Sequence[Kind[Any]],
        database: Database,
        clock: Clock,
        committed: Callable[[], None],
        instruments: Instruments | None = None,
    ) -> None:
        super().__init__()
        self._instruments = instruments or Instruments()
        self.counts: Counter[str] = Counter()
        self._consumer = consumer
        self._handlers = handlers.timers
        self._kinds = kinds
        self._database = database
        self._clock = clock
        self._committed = committed

    async def step(self) -> int:
        """Run one batch of due timers; returns how many were due."""
        if not self._handlers:
            return 0
        due = await self._database.fetch(DUE, self._clock(), list(self._handlers), BATCH)
        if not due:
            return 0
        try:
            await self._together(due)
        except Exception as error:
            if not is_of_the_data(error):
                raise
            # Some timer's data is refused: one by one, so that the others go on.
            for row in due:
                await self._alone(row)
        self._committed()
        return len(due)

    async def _alone(self, row: Any) -> None:
        try:
            await self._together([row])
        except Exception as error:
            if not is_of_the_data(error):
                raise
            async with self._database.transaction() as connection:
                for timer in await _claim(connection, [row[0]]):
                    await self._again(connection, timer, describe(error))

    async def _together(self, due: Sequence[Any]) -> None:
        begun = perf_counter()
        lines: list[dict[str, Any]] = []
        async with self._database.transaction() as connection:
            work = Work(connection, self._kinds, self._clock())
            subjects = sorted({row[1] for row in due})
            await work.lock(subjects)
            waiting = {subject for _, subject in await inbox.blocked(connection, self._consumer, work.parked)}
            timers = await _claim(connection, [row[0] for row in due])
            ready = []
            for timer in timers:
                if timer.subject in waiting and self._handlers[timer.name].waits_for_parked:
                    await self._again(connection, timer, "events of its subject are parked", PUT_OFF)
                else:
                    ready.append(timer)
            ready = await self._load(work, ready)
            fired = 0
            for timer in ready:
                try:
                    emitted = work.apply(self._handlers[timer.name].decide(work.working, timer), Cause.of(timer))
                except Exception as error:
                    await self._again(connection, timer, describe(error))
                    continue
                fired += 1
                if emitted:
                    lines.append(self._line(timer, emitted, begun))
            await work.save()
        self.counts["fired"] += fired
        self._instruments.worked("fire timers", [timer.traceparent for timer in ready], begun, timers=len(ready))
        if lines:
            write_lines(lines)

    async def _load(self, work: Work, timers: Sequence[Timer]) -> list[Timer]:
        """Lock and read what these timers need; returns them without those that cannot even say what they need."""
        keys: list[Key] = []
        named: list[Timer] = []
        looking: dict[int, tuple[Handler[Timer], list[Timer]]] = {}
        for timer in timers:
            handler = self._handlers[timer.name]
            try:
                keys.extend(handler.keys(timer))
            except Exception as error:
                await self._again(work.connection, timer, describe(error))
                continue
            named.append(timer)
            if handler.look_up is not None:
                looking.setdefault(id(handler.look_up), (handler, []))[1].append(timer)
        await work.load(keys)
        for handler, looked in looking.values():
            assert handler.look_up is not None
            await handler.look_up(work.connection, looked, work.working)
        return named

    async def _again(self, connection: Connection, timer: Timer, reason: str, after: timedelta | None = None) -> None:
        """Put a timer back: it is never dropped, only tried again, later each time."""
        attempts = timer.attempts + 1
        wait = after or min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_DELAY)
        log.warning("timer put off", timer=timer.name, person=timer.subject, reason=reason, attempts=attempts)
        self.counts["put_off"] += 1
        await connection.execute(
            AGAIN,
            timer.name,
            timer.subject,
            self._clock() + wait,
            timer.caseid,
            timer.correlationid,
            timer.causationid,
            timer.traceparent,
            attempts,
            orjson.dumps(dict(timer.data)).decode(),
        )

    def _line(self, timer: Timer, emitted: list[str], begun: float) -> dict[str, Any]:
        return {
            "time": self._clock().isoformat(),
            "level": "info",
            "service": service_name(),
            "event": "timer fired",
            "timer": timer.name,
            "person": timer.subject,
            "case": timer.caseid,
            "correlation": timer.correlationid,
            "emitted": emitted,
            "ms": round((perf_counter() - begun) * 1e3, 1),
        }


async def _claim(connection: Connection, numbers: Sequence[int]) -> list[Timer]:
    rows = await connection.fetch(CLAIM, numbers)
    return [Timer(**{**row, "data": orjson.loads(row["data"])}) for row in rows]
