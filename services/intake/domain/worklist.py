"""What stands on a counsellor's work list: due, late or waiting, and on whom."""

from datetime import date
from typing import Final

COUNSELLOR, LEAD = "counsellor", "lead"

OWN: Final = (COUNSELLOR, LEAD)
"""Who works in the centre; everybody else is waited for: an office, or a service that holds something."""

DUE, LATE, WAITING = "due", "late", "waiting"


def status(due_on: date | None, on: str, today: date) -> str:
    """`late` once the day is over, whoever it waits for; before that `due` for the centre's own, `waiting` for others.
    Without a day nothing is ever late."""
    if due_on is not None and due_on < today:
        return LATE
    return DUE if on in OWN else WAITING
