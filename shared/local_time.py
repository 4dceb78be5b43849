"""The day it is in Cambodia: moments are kept in UTC, days on a form are local ones."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Final

CAMBODIA: Final = timezone(timedelta(hours=7))
"""Asia/Phnom_Penh: the same all year, without change since 1920."""


def day(now: datetime) -> date:
    """The day in Cambodia at this moment."""
    return now.astimezone(CAMBODIA).date()


def begin(of: date) -> datetime:
    """The moment at which a day begins in Cambodia."""
    return datetime.combine(of, time(), CAMBODIA)
