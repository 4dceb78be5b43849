"""Intake's timers run on a real database, with a clock that a test moves."""

from datetime import datetime, timedelta

from services.intake.app import SERVICE
from shared.service import Running
from shared.timers import Timers
from shared.work import utc_now


class Moved:
    """A clock that shows another time than it is."""

    def __init__(self, by: timedelta = timedelta(0)) -> None:
        self.by = by

    def __call__(self) -> datetime:
        return utc_now() + self.by


async def fire(running: Running, after: timedelta) -> int:
    """Run every timer that is due so long from now, and those that they set in turn; returns how many fired."""
    timers = Timers("intake", SERVICE.handlers, SERVICE.kinds, running.database, Moved(after), lambda: None)
    while await timers.step():
        pass
    assert timers.counts["put_off"] == 0
    return timers.counts["fired"]
