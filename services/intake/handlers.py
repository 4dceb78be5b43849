"""What intake does with each event it consumes. Everything is noted for the person's timeline; some of it moves a
referral."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from services.intake import storage
from services.intake.domain import placements, referrals
from services.intake.domain.model import Heard, Referral
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.database import Connection
from shared.events.employment import MatchAccepted, MatchDeclined, MatchProposed, PlacementConfirmed
from shared.events.envelope import Event
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)
from shared.handling import Handlers
from shared.kinds import Decision, Key, Working
from shared.local_time import day

HANDLERS = Handlers()


def _noted(event: Event) -> Decision:
    heard = Heard(
        event.id,
        event.subject,
        event.owner,
        event.type,
        event.sequence,
        event.time,
        event.caseid,
        event.correlationid,
        event.causationid,
        event.data.model_dump(mode="json", exclude_defaults=True),
    )
    return Decision((heard,))


@HANDLERS.on(SkillsRecognised, MatchProposed, MatchAccepted, MatchDeclined, MessageDelivered, MessageFailed)
def note(_: Working, event: Event) -> Decision:
    """For the timeline."""
    return _noted(event)


OnReferral = SeatReserved | SeatRefused | CompletionRecorded | PriorLearningDecided


def _referral(event: Event) -> Iterator[Key]:
    if (referral := cast(OnReferral, event.data).referral) is not None:
        yield REFERRALS(referral)


def _moving(working: Working, event: Event, move: Callable[[Referral], Decision]) -> Decision:
    """Note the event and move its referral. Raises Missing for a referral that intake never made; what was not applied
    for through a referral is only noted."""
    referral = cast(OnReferral, event.data).referral
    if referral is None:
        return _noted(event)
    return _noted(event).and_then(move(working.get(REFERRALS, referral)))


@HANDLERS.on(SeatReserved, keys=_referral)
def accept_course(working: Working, event: Event) -> Decision:
    """The provider has a seat for the person."""
    return _moving(working, event, lambda referral: referrals.accept(referral, day(working.now)))


@HANDLERS.on(SeatRefused, keys=_referral)
def reject_course(working: Working, event: Event) -> Decision:
    """No seat, and why."""
    refused = cast(SeatRefused, event.data)
    return _moving(working, event, lambda referral: referrals.reject(referral, refused.reason, day(working.now)))


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


async def _files(connection: Connection, events: Sequence[Event], working: Working) -> None:
    """Cases and referrals of the persons placed, and a referral code for each placement."""
    persons = sorted({event.subject for event in events})
    working.facts["cases"] = await storage.of_persons(connection, CASES, persons)
    working.facts["referrals"] = await storage.of_persons(connection, REFERRALS, persons)
    working.facts["codes"] = await storage.reserve_codes(connection, len(events))


@HANDLERS.on(PlacementConfirmed, keys=lambda event: [PERSONS(event.subject)], look_up=_files)
def receive_placement(working: Working, event: Event) -> Decision:
    """A job found: the employment referral is done, and social protection is asked about again."""
    person = working.get(PERSONS, event.subject)
    caseid = event.caseid or person.caseid
    case = working.find(CASES, caseid) or working.facts["cases"][caseid]
    # As they were read, and over that as this batch has left them.
    known = {**working.facts["referrals"], **{held.referral: held for held in working.every(REFERRALS)}}
    made = [referral for referral in known.values() if referral.caseid == caseid]
    placed = cast(PlacementConfirmed, event.data)
    return _noted(event).and_then(
        placements.receive(person, case, made, placed, event.id, working.facts["codes"], working.now)
    )
