"""Named places where a test may have the process killed, as a crash at the worst moment would.

`REINTEGRATION_FAILPOINT=NAME` or `NAME:COUNT` ends the process with SIGKILL when it reaches the place for the COUNTth
time. Unset, as it is everywhere but in a test, a place costs one comparison.

And a clock that goes wrong: `REINTEGRATION_CLOCK_OFFSET=FILE` has the process's clock off by the seconds that stand in
the file, read each time, so that it can be made to jump. It moves what rules, timers and ids go by; tokens are checked,
and connections timed, by the machine's own.
"""

import os
import signal
from functools import cache
from pathlib import Path

COMMITTED_NOT_SENT = "committed-not-sent"
SENT_NOT_DELETED = "sent-not-deleted"
APPLIED_NOT_ACKNOWLEDGED = "applied-not-acknowledged"
PLACES = (COMMITTED_NOT_SENT, SENT_NOT_DELETED, APPLIED_NOT_ACKNOWLEDGED)

_reached = 0


@cache
def _armed() -> tuple[str, int]:
    """Place and count, read when the first place is reached: a service may be forked from a process that has loaded
    this long before."""
    place, _, count = os.environ.get("REINTEGRATION_FAILPOINT", "").partition(":")
    return place, int(count or 1)


def reach(place: str) -> None:
    """Die here, if this is the place and the time."""
    global _reached
    armed, count = _armed()
    if place == armed:
        _reached += 1
        if _reached >= count:
            os.kill(os.getpid(), signal.SIGKILL)


@cache
def _clock_file() -> Path | None:
    """Read when the clock is first looked at, as above."""
    named = os.environ.get("REINTEGRATION_CLOCK_OFFSET", "")
    return Path(named) if named else None


def clock_offset() -> float:
    """Seconds by which this process's clock is ahead (less than 0: behind). Raises ValueError for a file without a
    number; one that is missing is none."""
    file = _clock_file()
    if file is None:
        return 0.0
    try:
        return float(file.read_text())
    except FileNotFoundError:
        return 0.0
