"""The life of a referral: requested, received, answered, done; or taken back, not answered, handed on. One life for
every kind. `docs/referrals.md` tells it for readers."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from services.intake.domain import clock
from services.intake.domain.model import Referral
from shared.events.envelope import Contract, NewEvent
from shared.events.intake import (
    ReferralAccepted,
    ReferralCompleted,
    ReferralEscalated,
    ReferralExpired,
    ReferralFailed,
    ReferralReceived,
    ReferralRejected,
    ReferralReminded,
    ReferralRequested,
    ReferralRerouted,
    ReferralStarted,
    ReferralWithdrawn,
)
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day
from shared.rejections import Conflict

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "requested": ("received", "accepted", "rejected", "completed", "withdrawn", "expired"),
    "received": ("accepted", "rejected", "completed", "withdrawn", "expired"),
    "accepted": ("in-progress", "completed", "failed", "withdrawn"),
    "in-progress": ("completed", "failed", "withdrawn"),
    "rejected": ("re-routed", "completed"),
    "expired": ("re-routed", "completed"),
    "re-routed": ("completed",),
    "withdrawn": ("completed",),
    "failed": ("completed",),
    "completed": (),
}
"""From each state to the states that may follow. What was done is done: a completion that was on its way while the
referral was refused, taken back or handed on counts all the same. An answer says that it was received."""

TASK: Final[Mapping[str, tuple[str, str | None]]] = {
    "requested": ("requested", None),
    "received": ("received", None),
    "accepted": ("accepted", None),
    "rejected": ("rejected", None),
    "in-progress": ("in-progress", None),
    "completed": ("completed", None),
    "failed": ("failed", None),
    "withdrawn": ("cancelled", None),
    "expired": ("cancelled", "expired"),
    "re-routed": ("cancelled", "re-routed"),
}
"""Each state as `Task.status` of HL7 FHIR, and as `Task.businessStatus` where the status alone does not tell it."""

WAITING: Final = ("requested", "received")
"""States in which the receiving office has not answered."""
OPEN: Final = (*WAITING, "accepted", "in-progress")
"""States in which an office still has something to do."""

UNANSWERED: Final = "unanswered"
"""The reason kept with a referral that expired."""

UNTOLD: Final = frozenset({"health", "shelter", "psychosocial"})
"""Kinds that would tell others of needs that never leave intake: in events they are an other-service, without the
office's code."""
OTHER_SERVICE: Final = "other-service"

TOLD_SCHEMES: Final = frozenset({"nssf", "nssf-voluntary"})
"""Schemes that events name. The others would tell others of poverty, pregnancy or disability: their officers find the
referral here."""


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


def request(
    wanted: Wanted,
    origin: str,
    code: str,
    person: str,
    caseid: str,
    now: datetime,
    before: Referral | None = None,
) -> Decision:
    """Make a referral, and set its clock. Its id follows from `origin` (a random id: the plan or event that asks for
    it) and the service, so that one cause never makes it twice. `before`: the one in whose place it comes."""
    referral = Referral(
        referral=str(uuid.uuid5(uuid.UUID(origin), f"{wanted.service} {wanted.scheme or ''}")),
        code=code,
        person=person,
        caseid=caseid,
        requested_on=day(now),
        changed_on=day(now),
        requested_at=now,
        **wanted._asdict(),
    )
    if before is not None:
        referral = referral._replace(
            root=before.root or before.referral, number=before.number + 1, rerouted_from=before.code
        )
    requested = ReferralRequested(
        **_named(referral),
        provider=told_provider(referral),
        course=wanted.course,
        scheme=told_scheme(referral),
        occupation=wanted.occupation,
        priority=wanted.priority,
        follows=None if before is None else before.referral,
    )
    return Decision((referral,), (_fact(referral, requested),), clock.set_for(referral))


def receive(referral: Referral, today: date) -> Decision:
    """The receiving office has it. Nothing where that is known already."""
    if "received" not in MOVES[referral.state]:
        return NOTHING
    return _moved(referral, today, ReferralReceived(**_named(referral)), state="received")


def accept(referral: Referral, today: date) -> Decision:
    """The receiving office takes the person. Nothing where that comes too late."""
    if "accepted" not in MOVES[referral.state]:
        return NOTHING
    accepted = ReferralAccepted(**_named(referral), scheme=told_scheme(referral))
    return _moved(referral, today, accepted, state="accepted")


def reject(referral: Referral, reason: str, today: date, rerouted: bool = False) -> Decision:
    """The receiving office refuses, with a reason. Nothing where that comes too late. `rerouted`: another one is asked
    in the same breath, which is what the person is told."""
    if "rejected" not in MOVES[referral.state]:
        return NOTHING
    rejected = ReferralRejected(**_named(referral), reason=reason, scheme=told_scheme(referral), rerouted=rerouted)
    return _moved(referral, today, rejected, state="rejected", reason=reason)


def start(referral: Referral, today: date) -> Decision:
    """What the person was sent for begins. Nothing where it has."""
    if "in-progress" not in MOVES[referral.state]:
        return NOTHING
    return _moved(referral, today, ReferralStarted(**_named(referral)), state="in-progress")


def complete(referral: Referral, outcome: str, today: date) -> Decision:
    """What the person was sent for is done. Nothing where that is known already."""
    if "completed" not in MOVES[referral.state]:
        return NOTHING
    completed = ReferralCompleted(**_named(referral), outcome=outcome)
    return _moved(referral, today, completed, state="completed", outcome=outcome)


def fail(referral: Referral, reason: str, today: date) -> Decision:
    """It was accepted and comes to no end. Nothing where it is over already."""
    if "failed" not in MOVES[referral.state]:
        return NOTHING
    return _moved(referral, today, ReferralFailed(**_named(referral), reason=reason), state="failed", reason=reason)


def withdraw(referral: Referral, reason: str, today: date) -> Decision:
    """The sender takes the referral back. Nothing where the office is done with it."""
    if "withdrawn" not in MOVES[referral.state]:
        return NOTHING
    withdrawn = ReferralWithdrawn(
        **_named(referral), reason=reason, provider=told_provider(referral), course=referral.course
    )
    return _moved(referral, today, withdrawn, state="withdrawn", reason=reason)


def withdraw_all(referrals: Iterable[Referral], reason: str, today: date) -> Decision:
    """Take back every one of these that is still open."""
    decision = NOTHING
    for referral in referrals:
        decision = decision.and_then(withdraw(referral, reason, today))
    return decision


def expire(referral: Referral, today: date, rerouted: bool = False) -> Decision:
    """The receiving office did not answer in time. Nothing where it did. `rerouted`: see `reject`."""
    if "expired" not in MOVES[referral.state]:
        return NOTHING
    expired = ReferralExpired(
        **_named(referral), provider=told_provider(referral), course=referral.course, rerouted=rerouted
    )
    return _moved(referral, today, expired, state="expired", reason=UNANSWERED)


def hand_on(referral: Referral, following: Referral, today: date) -> Decision:
    """The person goes to `following` instead. The reason why stays with the referral."""
    rerouted = ReferralRerouted(
        **_named(referral),
        next=following.referral,
        next_code=following.code,
        root=following.root or referral.referral,
        number=following.number,
        reason=referral.reason or UNANSWERED,
    )
    return _moved(referral, today, rerouted, state="re-routed", rerouted_to=following.code)


def escalate(referral: Referral, reason: str, now: datetime) -> Decision:
    """The centre's lead has to see to it. `reason`: unanswered, none-left or no-consent."""
    escalated = referral._replace(escalated=reason, escalated_at=now)
    return Decision((escalated,), (_fact(referral, ReferralEscalated(**_named(referral), reason=reason)),))


def tick(referral: Referral, now: datetime) -> Decision:
    """What the clock of a referral that waits for its office has to say, short of expiry: the office is reminded, the
    lead is told, and the clock is set again. Nothing once the office has answered."""
    if referral.state not in WAITING:
        return NOTHING
    turn = clock.turn(referral, now)
    decision = Decision((referral._replace(steps=turn.steps),))
    if turn.remind:
        reminded = decision.changes[-1]._replace(reminded=referral.reminded + 1)
        fact = ReferralReminded(**_named(referral), number=reminded.reminded, priority=referral.priority)
        decision = decision.and_then(Decision((reminded,), (_fact(referral, fact),)))
    if turn.escalate:
        decision = decision.and_then(escalate(decision.changes[-1], UNANSWERED, now))
    if turn.next_at is not None:
        timer = NewTimer(
            clock.TIMER, referral.person, turn.next_at, {"referral": referral.referral}, caseid=referral.caseid
        )
        decision = decision.and_then(Decision(timers=(timer,)))
    return decision


def require_move(referral: Referral, state: str) -> None:
    """For what a person asks for: raises Conflict, with what may follow now, where `state` may not."""
    if state not in MOVES[referral.state]:
        raise Conflict("wrong-state", allowed=MOVES[referral.state])


def told_provider(referral: Referral) -> str | None:
    """The provider's code as events carry it."""
    return None if referral.kind in UNTOLD else referral.provider


def told_scheme(referral: Referral) -> str | None:
    """The scheme as events name it."""
    return referral.scheme if referral.scheme in TOLD_SCHEMES else None


def _moved(referral: Referral, today: date, data: Contract, **changed: Any) -> Decision:
    return Decision((referral._replace(changed_on=today, **changed),), (_fact(referral, data),))


def _named(referral: Referral) -> dict[str, Any]:
    """What every fact about a referral carries."""
    kind = OTHER_SERVICE if referral.kind in UNTOLD else referral.kind
    return {"referral": referral.referral, "code": referral.code, "kind": kind}


def _fact(referral: Referral, data: Contract) -> NewEvent:
    return NewEvent(referral.person, data, referral.caseid)
