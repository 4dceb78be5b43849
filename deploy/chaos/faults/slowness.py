"""Faults of slowness: nobody ends, and everything takes too long."""

import asyncio
import contextlib
import os
import random
import signal
import time
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, Protocol

import asyncpg

from deploy.chaos import people
from deploy.chaos.faults import fault
from deploy.chaos.journal import Promise
from deploy.chaos.rig import Rig
from deploy.client import Client
from deploy.terminal import Failure

SLOW_SECONDS: Final = 8
STILL, GOING = 0.18, 0.02
"""Seconds in turn: what goes on for a tenth of the time takes ten times as long."""
LOCKED_SECONDS: Final = (4, 13)
"""Less than statements wait for a lock (10 s), and more."""
HOT: Final = ("ledger", "unsent", "inbox", "subject")
"""Tables that every event goes through, in every service."""
CALLERS: Final = 24
"""At once, of a service that has eight connections for commands."""
FULL_SECONDS: Final = 8


class Pausable(Protocol):
    def pause(self) -> None: ...
    def resume(self) -> None: ...


@fault("F14", "a service and PostgreSQL are slow, tables locked, connections used up", hits=("services", "postgres"))
def slow(rig: Rig, dice: random.Random) -> None:
    name = dice.choice(sorted(rig.children))
    rig.say(f"{name} is ten times slower for {SLOW_SECONDS} s")
    _slowed(rig, rig.children[name])
    rig.say(f"PostgreSQL is ten times slower for {SLOW_SECONDS} s")
    _slowed(rig, rig.postgres)
    for seconds in LOCKED_SECONDS:
        name, table = dice.choice(sorted(rig.children)), dice.choice(HOT)
        rig.say(f"{table} of {name} is locked for {seconds} s")
        asyncio.run(_locked(rig, name, table, partial(_asleep, rig, seconds)))
    rig.say(f"{CALLERS} callers wait for the connections of employment")
    _crowded(rig, dice)
    rig.say(f"PostgreSQL has no connection left for {FULL_SECONDS} s, while a service is started again")
    asyncio.run(_full(rig, dice.choice(sorted(rig.children))))
    rig.await_all()


def _slowed(rig: Rig, part: Pausable) -> None:
    end = time.monotonic() + SLOW_SECONDS
    while time.monotonic() < end:
        part.pause()
        try:
            rig.sleep(STILL)
        finally:
            part.resume()
        rig.sleep(GOING)


async def _asleep(rig: Rig, seconds: float) -> None:
    await asyncio.to_thread(rig.sleep, seconds)


async def _locked(rig: Rig, service: str, table: str, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """Nobody else reads or writes the table meanwhile."""
    connection = await asyncpg.connect(rig.addresses.databases[service], timeout=10)
    try:
        async with connection.transaction():
            await connection.execute(f"lock table {table} in access exclusive mode")
            await meanwhile()
    finally:
        connection.terminate()


def _crowded(rig: Rig, dice: random.Random) -> None:
    """Callers that outnumber the connections, while each connection waits for a table. Each of them must get its answer
    in the end."""
    rows = people.vacancies(dice)
    with Client(rig.addresses, patience=120) as client, ThreadPoolExecutor(CALLERS) as pool:
        actor = client.acting("officer", "employment-officer")
        answers: list[Future[Any]] = []

        async def call() -> None:
            for _ in range(CALLERS):
                fields = {**next(rows), "vacancy_no": f"F14-{uuid.uuid4().hex[:12]}"}
                body = {"rows": [{"line": 2, "fields": fields}]}
                answers.append(pool.submit(actor.post, "employment", "/vacancies", body))
            await _asleep(rig, LOCKED_SECONDS[-1])

        asyncio.run(_locked(rig, "employment", "vacancy", call))
        for each in answers:
            (row,) = each.result()["rows"]
            if row["status"] != "accepted":
                raise Failure(f"employment answered a vacancy with {row['status']}: {row['faults']}")
            rig.journal.acknowledged(Promise("vacancy", row["ids"]["vacancy"], row["ids"]["vacancy"]))


async def _full(rig: Rig, restarted: str) -> None:
    """Take every connection that a service could have, also those that one gives back when it is killed."""
    taken: list[Any] = []
    url, pid = rig.addresses.databases[restarted], rig.children[restarted].pid
    end = time.monotonic() + FULL_SECONDS
    try:
        await _take_all(url, taken)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while time.monotonic() < end:
            await _take_all(url, taken)
            await _asleep(rig, 0.05)
    finally:
        for connection in taken:
            connection.terminate()


async def _take_all(url: str, taken: list[Any]) -> None:
    with contextlib.suppress(asyncpg.TooManyConnectionsError):
        while True:
            taken.append(await asyncpg.connect(url, timeout=30))
