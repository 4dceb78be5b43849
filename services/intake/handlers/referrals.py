"""What training tells of referrals moves them."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from services.intake.domain import referrals, rerouting
from services.intake.domain.model import Referral
from services.intake.handlers import situations
from services.intake.handlers.noting import HANDLERS, noted
from services.intake.storage import PERSONS, REFERRALS
from shared.database import Connection
from shared.events.envelope import Event
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
)
from shared.kinds import Decision, Key, Working
from shared.local_time import day

OnReferral = SeatReserved | SeatRefused | CompletionRecorded | PriorLearningDecided


def _referral(event: Event) -> Iterator[Key]:
    if (referral := cast(OnReferral, event.data).referral) is not None:
        yield REFERRALS(referral)


def _moving(working: Working, event: Event, move: Callable[[Referral], Decision]) -> Decision:
    """Note the event and move its referral. Raises Missing for a referral that intake never made; what was not applied
    for through a referral is only noted."""
    referral = cast(OnReferral, event.data).referral
    if referral is None:
        return noted(event)
    return noted(event).and_then(move(working.get(REFERRALS, referral)))


@HANDLERS.on(SeatReserved, keys=_referral)
def accept_course(working: Working, event: Event) -> Decision:
    """The provider has a seat for the person."""
    return _moving(working, event, lambda referral: referrals.accept(referral, day(working.now)))


def _refused(event: Event) -> Iterator[Key]:
    yield PERSONS(event.subject)
    yield from _referral(event)


async def _around(connection: Connection, events: Sequence[Event], working: Working) -> None:
    held = [working.find(REFERRALS, cast(SeatRefused, event.data).referral) for event in events]
    await situations.look_around(connection, working, [each for each in held if each is not None])


@HANDLERS.on(SeatRefused, keys=_refused, look_up=_around)
def reject_course(working: Working, event: Event) -> Decision:
    """No seat, and why; the next course that fits is asked."""
    refused = cast(SeatRefused, event.data)

    def refuse(referral: Referral) -> Decision:
        around = situations.situation(working, referral)
        return rerouting.refuse(referral, refused.reason, around, situations.codes(working), working.now)

    return _moving(working, event, refuse)


@HANDLERS.on(CompletionRecorded, keys=_referral)
def complete_course(working: Working, event: Event) -> Decision:
    """The course is over, passed or not."""
    recorded = cast(CompletionRecorded, event.data)
    return _moving(working, event, lambda referral: referrals.complete(referral, recorded.result, day(working.now)))


@HANDLERS.on(PriorLearningDecided, keys=_referral)
def complete_prior_learning(working: Working, event: Event) -> Decision:
    """Assessors decided."""
    decided = cast(PriorLearningDecided, event.data)
    return _moving(working, event, lambda referral: referrals.complete(referral, decided.decision, day(working.now)))
