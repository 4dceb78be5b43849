"""Named places where a test may have the process killed, as a crash at the worst moment would.

`REINTEGRATION_FAILPOINT=NAME` or `NAME:COUNT` ends the process with SIGKILL when it reaches the place for the COUNTth
time. Unset, as it is everywhere but in a test, a place costs one comparison.
"""

import os
import signal
from functools import cache

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
