"""What somebody has to decide: two edits of one field, or a request whose key came back with other content.

A conflict is open until its submitter or the centre's lead decides, or until it expires. What stood in it is sealed
under its id, and is taken away with either end.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from services.intake.domain.records import code
from shared.events.envelope import NewEvent
from shared.events.records import ConflictFound, ConflictSettled
from shared.kinds import NOTHING, Decision, NewTimer
from shared.rejections import Conflict as Refusal
from shared.rejections import Rejected

EXPIRES: Final = "conflict-expires"
"""Timer of a conflict, on its person (a request's: on itself); data: `conflict`."""
OPEN_FOR: Final = timedelta(days=30)
REQUEST: Final = "request"

CHOICES: Final = ("kept", "submitted")


class Conflict(NamedTuple):
    """A conflict without its content. `sort`: `person` or `case` (`record` is its id), or `request`, which belongs to
    no person that is known. `fields` are names of the record's fields. `author` is the account that submitted."""

    conflict: str
    sort: str
    person: str | None
    record: str | None
    centre: str | None
    author: str
    fields: tuple[str, ...]
    based_on: int | None
    device_at: datetime | None
    opened_at: datetime
    expires_at: datetime
    state: str = "open"
    settled_at: datetime | None = None
    settled_by: str | None = None


def open_(conflict: Conflict) -> Decision:
    """A conflict was found; it expires by a timer."""
    subject = conflict.person or conflict.conflict
    caseid = conflict.record if conflict.sort == "case" else None
    timer = NewTimer(EXPIRES, subject, conflict.expires_at, {"conflict": conflict.conflict}, caseid)
    return Decision((conflict,), tuple(_found(conflict, caseid)), (timer,))


def _found(conflict: Conflict, caseid: str | None) -> Iterable[NewEvent]:
    if conflict.person is not None:
        fields = tuple(dict.fromkeys(map(code, conflict.fields)))
        yield NewEvent(
            conflict.person, ConflictFound(conflict=conflict.conflict, record=conflict.sort, fields=fields), caseid
        )


def resolve(conflict: Conflict, choices: Mapping[str, str], by: str, now: datetime) -> Decision:
    """Somebody decided on each field; a request needs no choice, only to have been looked at.

    Raises Conflict `conflict-settled`, or Rejected for a field without a choice or one that is not in question.
    """
    if conflict.state != "open":
        raise Refusal("conflict-settled")
    wanted = () if conflict.sort == REQUEST else conflict.fields
    if set(choices) != set(wanted):
        raise Rejected("required" if set(wanted) - set(choices) else "unknown-field", field="choices", allowed=wanted)
    return _settled(conflict, "resolved", by, now)


def expire(conflict: Conflict, now: datetime) -> Decision:
    """Nobody decided in time: what the record holds stands. Nothing for one that is settled."""
    return _settled(conflict, "expired", None, now) if conflict.state == "open" else NOTHING


def _settled(conflict: Conflict, state: str, by: str | None, now: datetime) -> Decision:
    settled = conflict._replace(state=state, settled_at=now, settled_by=by)
    if conflict.person is None:
        return Decision((settled,))
    caseid = conflict.record if conflict.sort == "case" else None
    told = ConflictSettled(conflict=conflict.conflict, record=conflict.sort, outcome=state)
    return Decision((settled,), (NewEvent(conflict.person, told, caseid),))
