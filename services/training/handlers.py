"""What training does with each event it consumes."""

from collections.abc import Iterator
from typing import cast

from services.training.domain import consents, seats
from services.training.domain.model import KINDS, PRIOR_LEARNING
from services.training.storage import COURSES, REFERRALS
from shared.events.envelope import Event
from shared.events.intake import ConsentWithdrawn, ReferralExpired, ReferralRequested, ReferralWithdrawn
from shared.handling import Handlers
from shared.kinds import NOTHING, Decision, Key, Working

HANDLERS = Handlers()


def _keys_of_request(event: Event) -> Iterator[Key]:
    requested = cast(ReferralRequested, event.data)
    if requested.kind in KINDS:
        yield REFERRALS(requested.code)
        if requested.course is not None:
            yield COURSES(requested.course)


@HANDLERS.on(ReferralRequested, keys=_keys_of_request)
def receive_referral(working: Working, event: Event) -> Decision:
    """A course: a seat or a refusal. Prior learning: noted. Any other kind is not for training."""
    requested = cast(ReferralRequested, event.data)
    if requested.kind not in KINDS:
        return NOTHING
    referral = working.get(REFERRALS, requested.code)
    if requested.kind == PRIOR_LEARNING:
        return seats.receive_prior_learning_referral(referral, event, requested)
    course = working.find(COURSES, requested.course) if requested.course else None
    return seats.receive_course_referral(referral, course, event, requested)


def _keys_of_end(event: Event) -> Iterator[Key]:
    ended = cast(ReferralWithdrawn | ReferralExpired, event.data)
    if ended.kind in KINDS:
        yield REFERRALS(ended.code)
        if ended.course is not None:
            yield COURSES(ended.course)


@HANDLERS.on(ReferralExpired, keys=_keys_of_end)
def expire_referral(working: Working, event: Event) -> Decision:
    """Intake asks another provider: the seat is free again."""
    expired = cast(ReferralExpired, event.data)
    if expired.kind not in KINDS:
        return NOTHING
    referral = working.get(REFERRALS, expired.code)
    course = working.find(COURSES, referral.course) if referral.course else None
    return seats.expire(referral, course)


@HANDLERS.on(ReferralWithdrawn, keys=_keys_of_end)
def withdraw_referral(working: Working, event: Event) -> Decision:
    """The seat is free again."""
    withdrawn = cast(ReferralWithdrawn, event.data)
    if withdrawn.kind not in KINDS:
        return NOTHING
    referral = working.get(REFERRALS, withdrawn.code)
    course = working.find(COURSES, referral.course) if referral.course else None
    return seats.withdraw(referral, course)


@HANDLERS.on(ConsentWithdrawn)
def confirm_withdrawal(_: Working, event: Event) -> Decision:
    """The seats and applications that rested on it were given back by the withdrawals of their referrals."""
    return consents.confirm(event, cast(ConsentWithdrawn, event.data))
