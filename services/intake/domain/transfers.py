"""A person moves from one centre to another: asked for, and accepted or declined. Access moves with her."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from services.intake.domain.model import Case, Person
from shared.events.envelope import NewEvent
from shared.events.transfers import TransferAccepted, TransferDeclined, TransferRequested
from shared.kinds import Decision
from shared.rejections import Conflict, Rejected

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "requested": ("accepted", "declined", "withdrawn"),
    "accepted": (),
    "declined": (),
    "withdrawn": (),
}
"""From each state to the states that may follow."""

TAKEN_BACK: Final = "taken-back"
"""Reason of a transfer that her own centre does not ask for any more."""


class Transfer(NamedTuple):
    """One centre's question to another. `reason` says why it was asked, `outcome` why it was declined."""

    transfer: str
    person: str
    from_centre: str
    to_centre: str
    state: str
    reason: str
    requested_at: datetime
    outcome: str | None = None
    settled_at: datetime | None = None


def request(person: Person, to: str, reason: str, transfer: str, now: datetime) -> Decision:
    """Ask another centre to look after her. That she is not asked for twice at a time is the caller's to see.

    Raises Rejected `own-centre` where it is the person's own already.
    """
    if to == person.centre:
        raise Rejected("own-centre", field="to")
    asked = Transfer(transfer, person.person, person.centre, to, "requested", reason, now)
    fact = TransferRequested(transfer=transfer, from_centre=person.centre, to_centre=to, reason=reason)
    return Decision((asked,), (NewEvent(person.person, fact),))


def accept(asked: Transfer, person: Person, cases: Iterable[Case], now: datetime) -> Decision:
    """She and every case of hers belong to the other centre from now on."""
    require_move(asked, "accepted")
    moved = [case._replace(centre=asked.to_centre) for case in cases]
    settled = asked._replace(state="accepted", settled_at=now)
    fact = TransferAccepted(transfer=asked.transfer, from_centre=asked.from_centre, to_centre=asked.to_centre)
    return Decision((settled, person._replace(centre=asked.to_centre), *moved), (NewEvent(person.person, fact),))


def decline(asked: Transfer, reason: str, now: datetime) -> Decision:
    """The other centre does not take her, and says why."""
    return _refused(asked, "declined", reason, now)


def take_back(asked: Transfer, now: datetime) -> Decision:
    """Her own centre does not ask any more."""
    return _refused(asked, "withdrawn", TAKEN_BACK, now)


def require_move(asked: Transfer, state: str) -> None:
    """Raises Conflict, with what may follow now, where `state` may not."""
    if state not in MOVES[asked.state]:
        raise Conflict("transfer-settled", allowed=MOVES[asked.state])


def _refused(asked: Transfer, state: str, reason: str, now: datetime) -> Decision:
    require_move(asked, state)
    settled = asked._replace(state=state, outcome=reason, settled_at=now)
    fact = TransferDeclined(
        transfer=asked.transfer, from_centre=asked.from_centre, to_centre=asked.to_centre, reason=reason
    )
    return Decision((settled,), (NewEvent(asked.person, fact),))
