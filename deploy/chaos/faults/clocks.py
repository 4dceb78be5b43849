"""A fault of the services' clocks: an hour ahead, an hour behind, and jumping between.

The services' own switch moves their clocks (`shared.failpoints`): a library that moves those of whole processes is not
on every machine, and Java hangs under it.
"""

import asyncio
import random
import signal
import time
from functools import partial
from pathlib import Path
from typing import Final

import asyncpg

from deploy.chaos.faults import fault
from deploy.chaos.faults.services import end, restart
from deploy.chaos.rig import Rig
from deploy.draining import DATABASE_AWAY
from deploy.terminal import Failure

SETTING: Final = "REINTEGRATION_CLOCK_OFFSET"
HOUR: Final = 3_600
JUMPS: Final = 12
KILL_EVERY: Final = 4
"""Jumps of the clock of a service that is killed right after: its timers outlive it."""
FURTHER: Final = 120
"""Seconds beyond the hour, so that whatever was set by a clock an hour ahead is due by one that is further."""
FIRE_SECONDS: Final = 90


@fault("F7", "clocks are an hour off, and jump", hits=("services",))
def clocks_jump(rig: Rig, dice: random.Random) -> None:
    """One clock after the other jumps, so that services disagree by up to two hours. In the end all go ahead until each
    timer has fired that was set by a clock ahead, and the clocks are right again."""
    files = {name: rig.folder / f"clock-{name}" for name in sorted(rig.children)}
    for name, file in files.items():
        _lead(rig, name, file)
    offsets = dict.fromkeys(files, 0)
    for number in range(1, JUMPS + 1):
        name = dice.choice(list(files))
        offsets[name] = dice.choice([hours for hours in (-HOUR, 0, HOUR) if hours != offsets[name]])
        rig.say(f"the clock of {name} jumps to {offsets[name] / HOUR:+.0f} h, {number} of {JUMPS}")
        _set(files[name], offsets[name])
        rig.sleep(dice.uniform(0.5, 2.5))
        if number % KILL_EVERY == 0:
            rig.say(f"{name} is killed")
            end(rig, name, signal.SIGKILL)
    rig.say("all clocks are ahead, until every timer that was set by one ahead has fired")
    for file in files.values():
        _set(file, HOUR + FURTHER)
    rig.await_all()
    _await_fired(rig)
    for file in files.values():
        _set(file, 0)
    rig.await_all()


def _lead(rig: Rig, name: str, file: Path) -> None:
    """Start a service anew with a clock that goes by a file, until the damage is judged."""
    _set(file, 0)
    child = rig.children[name]
    before = dict(child.environment or {})
    rig.afterwards(partial(restart, rig, name, before))
    restart(rig, name, {**before, SETTING: str(file)})


def _set(file: Path, seconds: int) -> None:
    """Whole or not at all: the service reads it at any moment."""
    fresh = file.with_suffix(".new")
    fresh.write_text(str(seconds))
    fresh.replace(file)


def _await_fired(rig: Rig) -> None:
    """Return when no timer is left that a clock an hour ahead had due. Raises Failure where one does not fire."""
    end_of_patience = time.monotonic() + FIRE_SECONDS
    while True:
        try:
            left = f"{number} timers that are due" if (number := asyncio.run(_left(rig))) else ""
        except DATABASE_AWAY as failure:  # another fault of the same turn
            left = f"timers that cannot be seen ({type(failure).__name__})"
        if not left:
            return
        if time.monotonic() > end_of_patience:
            raise Failure(f"There are {left}, and they do not fire.")
        rig.sleep(0.5)


async def _left(rig: Rig) -> int:
    """By PostgreSQL's clock, which nobody moved."""
    left = 0
    for url in rig.addresses.databases.values():
        connection = await asyncpg.connect(url, timeout=10, command_timeout=10)
        try:
            left += await connection.fetchval("select count(*) from timer where due_at <= now() + interval '1 hour'")
        finally:
            await connection.close()
    return left
