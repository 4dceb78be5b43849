"""The life of a referral: requested, answered, done, or taken back. One life for every kind."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from services.intake.domain.model import Referral
from shared.events.envelope import Contract, NewEvent
from shared.events.intake import (
    ReferralAccepted,
    ReferralCompleted,
    ReferralRejected,
    ReferralRequested,
    ReferralWithdrawn,
)
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "requested": ("accepted", "rejected", "completed", "withdrawn"),
    "accepted": ("completed", "withdrawn"),
    "rejected": ("completed",),
    "withdrawn": ("completed",),
    "completed": (),
}
"""From each state to the states that may follow. What was done is done: a completion that was on its way while the
referral was refused or taken back counts all the same.

As states of an HL7 FHIR Task: requested, accepted, rejected and completed bear the same names there, withdrawn is
`cancelled`."""

OPEN: Final = ("requested", "accepted")
"""States in which an office still has something to do."""


class Wanted(NamedTuple):
    """A referral that rules ask for, not made yet."""

    service: str
    kind: str
    purpose: str
    provider: str | None = None
    course: str | None = None
    scheme: str | None = None
    occupation: str | None = None
    priority: str = "normal"


def request(wanted: Wanted, origin: str, code: str, person: str, caseid: str, today: date) -> Decision:
    """Make a referral. Its id follows from `origin` (a random id: the plan or event that asks for it) and the service,
    so that one cause never makes it twice."""
    referral = Referral(
        referral=str(uuid.uuid5(uuid.UUID(origin), f"{wanted.service} {wanted.scheme or ''}")),
        code=code,
        person=person,
        caseid=caseid,
        requested_on=today,
        changed_on=today,
        **wanted._asdict(),
    )
    requested = ReferralRequested(
        **_named(referral),
        provider=wanted.provider,
        course=wanted.course,
        scheme=wanted.scheme,
        occupation=wanted.occupation,
        priority=wanted.priority,
    )
    return Decision((referral,), (_fact(referral, requested),))


def accept(referral: Referral, today: date) -> Decision:
    """The receiving office takes the person. Nothing where that comes too late."""
    if "accepted" not in MOVES[referral.state]:
        return NOTHING
    accepted = ReferralAccepted(**_named(referral), scheme=referral.scheme)
    return _moved(referral, today, accepted, state="accepted")


def reject(referral: Referral, reason: str, today: date) -> Decision:
    """The receiving office refuses, with a reason. Nothing where that comes too late."""
    if "rejected" not in MOVES[referral.state]:
        return NOTHING
    rejected = ReferralRejected(**_named(referral), reason=reason, scheme=referral.scheme)
    return _moved(referral, today, rejected, state="rejected", reason=reason)


def complete(referral: Referral, outcome: str, today: date) -> Decision:
    """What the person was sent for is done. Nothing where that is known already."""
    if "completed" not in MOVES[referral.state]:
        return NOTHING
    completed = ReferralCompleted(**_named(referral), outcome=outcome)
    return _moved(referral, today, completed, state="completed", outcome=outcome)


def withdraw(referral: Referral, reason: str, today: date) -> Decision:
    """The sender takes the referral back. Nothing where the office is done with it."""
    if "withdrawn" not in MOVES[referral.state]:
        return NOTHING
    withdrawn = ReferralWithdrawn(**_named(referral), reason=reason, provider=referral.provider, course=referral.course)
    return _moved(referral, today, withdrawn, state="withdrawn", reason=reason)


def withdraw_all(referrals: Iterable[Referral], reason: str, today: date) -> Decision:
    """Take back every one of these that is still open."""
    decision = NOTHING
    for referral in referrals:
        decision = decision.and_then(withdraw(referral, reason, today))
    return decision


def require_move(referral: Referral, state: str) -> None:
    """For what a person asks for: raises Conflict, with what may follow now, where `state` may not."""
    if state not in MOVES[referral.state]:
        raise Conflict("wrong-state", allowed=MOVES[referral.state])


def _moved(referral: Referral, today: date, data: Contract, **changed: Any) -> Decision:
    return Decision((referral._replace(changed_on=today, **changed),), (_fact(referral, data),))


def _named(referral: Referral) -> dict[str, Any]:
    """What every fact about a referral carries."""
    return {"referral": referral.referral, "code": referral.code, "kind": referral.kind}


def _fact(referral: Referral, data: Contract) -> NewEvent:
    return NewEvent(referral.person, data, referral.caseid)
