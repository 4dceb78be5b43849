"""Ends a process in which something stands still: a loop, or the whole event loop.

Nothing inside the event loop can notice that the event loop itself is blocked, by a computation without an end or a
call that should have been asynchronous, so a thread does. Health is not answered then, but nobody starts a container
anew for that. A process that ends is started again by whoever supervises it, and loses nothing: what was not committed
comes again.
"""

import asyncio
import os
import signal
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Final, NoReturn

from shared.telemetry import log

if TYPE_CHECKING:
    from shared.service import Running

PULSE_SECONDS: Final = 1
WATCH_SECONDS: Final = 5
LOOK_SECONDS: Final = 1.0
END_SECONDS: Final = 120
"""How long a process with a dead loop may take to drain what still goes."""


async def pulse(running: "Running") -> None:
    """Count on while the event loop turns."""
    while True:
        running.beat += 1
        await asyncio.sleep(PULSE_SECONDS)


async def end_when_dead(running: "Running") -> None:
    """End the process when a loop makes no progress.

    Seen twice in a row: a process that was stopped for long, and goes on, finds all its loops late at first.
    """
    before: set[str] = set()
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        still = {name for name, alive in running.alive().items() if not alive}
        if dead := sorted(still & before):
            running.died = ", ".join(dead)
            log.critical("a loop is dead or stuck; the process ends", dead=dead)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        before = still


def watch(running: "Running", code: int) -> threading.Thread:
    """Begin to watch over a service in this process, which is ended with this exit code where it stands still."""
    thread = threading.Thread(target=_watch, args=(running, code, threading.get_ident()), name="watchdog", daemon=True)
    thread.start()
    return thread


def _watch(running: "Running", code: int, watched: int) -> None:
    """Looks are counted, not the time that passed: a process that was stopped, or a machine that slept, goes on."""
    beat, still, dying = -1, 0.0, 0.0
    while True:
        time.sleep(LOOK_SECONDS)
        still = still + LOOK_SECONDS if running.beat == beat else 0.0
        beat = running.beat
        if still >= running.settings.stuck_seconds and beat > 0:
            _end("the event loop stands still; the process ends", code, "event loop", watched)
        dying += LOOK_SECONDS if running.died is not None else 0.0
        if dying >= END_SECONDS:
            _end("the process with a dead loop does not end by itself", code, running.died or "", watched)


def _end(said: str, code: int, dead: str, watched: int) -> NoReturn:
    frame = sys._current_frames().get(watched)
    # Where it stands, without what it holds.
    stack = traceback.extract_stack(frame)[-6:] if frame is not None else ()
    places = [f"{each.filename.rpartition('/')[2]}:{each.lineno} in {each.name}" for each in stack]
    log.critical(said, dead=[dead], at=places)
    os._exit(code)
