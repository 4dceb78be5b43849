"""Named places where a test may have the process killed, as a crash at the worst moment would.

`REINTEGRATION_FAILPOINT=NAME` or `NAME:COUNT` ends the process with SIGKILL when it reaches the place for the COUNTth
time. Unset, as it is everywhere but in a test, a place costs one comparison.
"""

import os
import signal

COMMITTED_NOT_SENT = "committed-not-sent"
SENT_NOT_DELETED = "sent-not-deleted"
APPLIED_NOT_ACKNOWLEDGED = "applied-not-acknowledged"
PLACES = (COMMITTED_NOT_SENT, SENT_NOT_DELETED, APPLIED_NOT_ACKNOWLEDGED)

_armed, _, _count = os.environ.get("REINTEGRATION_FAILPOINT", "").partition(":")
_left = int(_count or 1)


def reach(place: str) -> None:
    """Die here, if this is the place and the time."""
    global _left
    if place == _armed:
        _left -= 1
        if _left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
