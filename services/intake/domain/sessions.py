"""Talks between counsellor and person, and attempts to reach her."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from services.intake.domain.cases import require_open
from services.intake.domain.casework import Outreach, Session
from services.intake.domain.model import Case
from shared.events.casework import SessionHeld
from shared.events.envelope import NewEvent
from shared.kinds import Decision
from shared.rejections import Absent, Conflict, Rejected

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "planned": ("held", "missed", "cancelled"),
    "held": (),
    "missed": (),
    "cancelled": (),
}
"""From each state of a session to those that may follow. After one that was missed a new one is agreed on."""


def plan(case: Case, session: Session, today: date) -> Decision:
    """A session agreed on, or one that was held already. Raises Rejected `past-date` for one to come on a day that is
    over, `future-date` for one held on a day to come; Conflict `case-closed`."""
    require_open(case)
    if session.state == "held":
        if session.planned_on > today:
            raise Rejected("future-date", field="on")
        return _held(session._replace(changed_on=session.planned_on))
    if session.planned_on < today:
        raise Rejected("past-date", field="on")
    return Decision((session,))


def move(case: Case, session: Session | None, state: str, today: date) -> Decision:
    """What became of a session. Raises Absent, Conflict `wrong-step`; Rejected `future-date` for what cannot have been
    held or missed yet. Possible in a closed case too: what was agreed on before is told."""
    if session is None or session.caseid != case.caseid:
        raise Absent
    if state not in MOVES[session.state]:
        raise Conflict("wrong-step", allowed=MOVES[session.state])
    if state != "cancelled" and session.planned_on > today:
        raise Rejected("future-date", field="state")
    moved = session._replace(state=state, changed_on=today)
    return _held(moved) if state == "held" else Decision((moved,))


def reach_out(case: Case, made: Outreach, earlier: Iterable[Outreach], today: date) -> Decision:
    """An attempt to reach the person. Earlier ones that were to be followed up are by this one.

    Raises Rejected `future-date` or `past-date`, Conflict `case-closed`.
    """
    require_open(case)
    if made.made_on > today:
        raise Rejected("future-date", field="made_on")
    if made.follow_up_on is not None and made.follow_up_on < today:
        raise Rejected("past-date", field="follow_up_on")
    followed = [
        each._replace(follow_up_on=None) for each in earlier if each.follow_up_on and each.caseid == case.caseid
    ]
    return Decision((*followed, made))


def _held(session: Session) -> Decision:
    fact = SessionHeld(session=session.session, mode=session.mode)
    return Decision((session,), (NewEvent(session.person, fact, session.caseid),))
