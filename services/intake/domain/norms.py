"""How long what may take, and the days that follow from it. The numbers are data (`questionnaires/norms.csv`)."""

import calendar
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from shared.local_time import CAMBODIA


class Norms(NamedTuple):
    """Months for `plan` and `month_*`, days for the rest.

    A plan within one month of the return is the norm that the IOM's handbook on reintegration names (2.3). The rhythm
    of 3, 6 and 12 months is usual practice, not read in a norm.
    """

    plan: int
    plan_least: int
    plan_approval: int
    entry: int
    month_3: int
    month_6: int
    month_12: int
    assessment_early: int
    matter_step: int
    matter_answer: int
    refusal: int
    transfer: int
    proposal: int


def plan_by(norms: Norms, registered_on: date, return_date: date | None) -> date:
    """The last day for an approved plan: a month from the return, yet some days from a registration long after it."""
    return max(months_after(return_date or registered_on, norms.plan), registered_on + timedelta(days=norms.plan_least))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def begin(day: date) -> datetime:
    """The moment at which a day begins in Cambodia."""
    return datetime.combine(day, time.min, CAMBODIA)
