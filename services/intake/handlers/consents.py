"""Consents end on their day; holders confirm what has ended, or are found to be late."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

from services.intake import storage
from services.intake.confirming import confirm_within
from services.intake.domain import consents, withdrawals
from services.intake.domain.consents import EXPIRY
from services.intake.domain.withdrawals import UNCONFIRMED
from services.intake.handlers.noting import HANDLERS, noted
from services.intake.storage import ENDED_CONSENTS, PERSONS, REFERRALS
from shared.database import Connection
from shared.events.confirming import (
    ConfirmedByEmployment,
    ConfirmedByNotifications,
    ConfirmedByTraining,
    WithdrawalConfirmed,
)
from shared.events.envelope import Event
from shared.kinds import Decision, Key, Timer, Working

RESTING: Final = "referrals of those whose consent ends"


def _ended(event: Event) -> Iterator[Key]:
    if (consent := cast(WithdrawalConfirmed, event.data).consent) is not None:
        yield ENDED_CONSENTS(consent)


@HANDLERS.on(ConfirmedByTraining, ConfirmedByEmployment, ConfirmedByNotifications, keys=_ended)
def confirm_withdrawal(working: Working, event: Event) -> Decision:
    """A holder has nothing any more that rested on a consent."""
    consent = cast(WithdrawalConfirmed, event.data).consent
    over = None if consent is None else working.find(ENDED_CONSENTS, consent)
    return noted(event).and_then(withdrawals.confirm(over, event.owner, working.now))


async def _resting(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    persons = sorted({timer.subject for timer in timers})
    working.facts[RESTING] = await storage.of_persons(connection, REFERRALS, persons)


@HANDLERS.timer(EXPIRY, keys=lambda timer: [PERSONS(timer.subject)], look_up=_resting)
def expire_consent(working: Working, timer: Timer) -> Decision:
    """What rests on it is taken back with it."""
    # As they were read, and over that as this batch has left them.
    known: dict[str, Any] = {**working.facts[RESTING], **{each.referral: each for each in working.every(REFERRALS)}}
    own = [referral for referral in known.values() if referral.person == timer.subject]
    person = working.get(PERSONS, timer.subject)
    return consents.expire(person, timer.data["purpose"], timer.data["consent"], own, working.now, confirm_within())


@HANDLERS.timer(UNCONFIRMED, keys=lambda timer: [ENDED_CONSENTS(timer.data["consent"])])
def look_after_withdrawal(working: Working, timer: Timer) -> Decision:
    """Whoever has not confirmed in time is late."""
    return withdrawals.look_after(working.get(ENDED_CONSENTS, timer.data["consent"]))
