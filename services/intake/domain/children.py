"""Children who are registered alone: allowed, flagged, and told to the centre's lead.

Where a birth date is not known to the day, the youngest age that it allows counts: a grown-up who is looked after for
nothing loses less than a child who is overlooked.
"""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from services.intake.domain.model import Case, Identity
from shared.rejections import Absent, Conflict

FLAG: Final = "child-alone"
"""Flag of a case."""
GROWN_UP: Final = 18
"""Years."""
ESTIMATE_YEARS: Final = 1
"""By so many an estimated year of birth may be wrong."""


def youngest(born: date, precision: str | None) -> date:
    """The latest day on which somebody may be born of whom this much is known (`day`, `month`, `year`, `about`)."""
    if precision == "month":
        return born.replace(day=calendar.monthrange(born.year, born.month)[1])
    if precision == "year":
        return date(born.year, 12, 31)
    if precision == "about":
        return date(born.year + ESTIMATE_YEARS, 12, 31)
    return born


def may_be_child(born: date | None, precision: str | None, today: date) -> bool:
    """Whether she may be under 18; no where nothing is known of her birth."""
    return born is not None and _age(youngest(born, precision), today) < GROWN_UP


def alone(born: date | None, precision: str | None, household: Iterable[Mapping[str, Any]], today: date) -> bool:
    """Whether she may be a child and nobody who is grown up for certain is known to live with her."""
    return may_be_child(born, precision, today) and not any(_grown_up(member, today) for member in household)


def watch_over(identity: Identity, case: Case, came_alone: bool, today: date) -> Case:
    """The case with its flag up where she may be a child whom nobody grown up is with. `came_alone`: she said so
    herself, whoever she lives with."""
    household = () if came_alone else (identity.household or {}).values()
    if alone(identity.birth_date, identity.birth_precision, household, today):
        return flag(case, today)
    return case


def flag(case: Case, today: date) -> Case:
    """The case with its flag up; one that was raised before stays as it is."""
    flags = case.flags or {}
    if FLAG in flags:
        return case
    return case._replace(flags={**flags, FLAG: {"raised_on": today.isoformat(), "outcome": None}})


def settle(case: Case, name: str, outcome: str, today: date) -> Case:
    """The centre's lead has looked at it. Raises Absent for a flag that the case does not have, and Conflict
    `wrong-state` for one that is settled."""
    raised = (case.flags or {}).get(name)
    if raised is None:
        raise Absent
    if raised["outcome"] is not None:
        raise Conflict("wrong-state", field="flag")
    return case._replace(
        flags={**(case.flags or {}), name: {**raised, "outcome": outcome, "settled_on": today.isoformat()}}
    )


def _grown_up(member: Mapping[str, Any], today: date) -> bool:
    born = member.get("birth_date")
    if born is None:
        return member.get("relation") in ("parent", "grandparent")
    return not may_be_child(date.fromisoformat(born), member.get("birth_precision"), today)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
