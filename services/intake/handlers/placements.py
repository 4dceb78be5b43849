"""A job proposed answers the referral to the employment service; a job found closes the loop."""

from collections.abc import Sequence
from typing import cast

from services.intake import storage
from services.intake.domain import placements
from services.intake.domain.proposals import EVALUATE, PLACEMENT
from services.intake.handlers.noting import HANDLERS, noted
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.database import Connection
from shared.events.employment import MatchProposed, PlacementConfirmed
from shared.events.envelope import Event
from shared.kinds import Decision, NewTimer, Working
from shared.local_time import day


async def _searching(connection: Connection, events: Sequence[Event], working: Working) -> None:
    """Referrals to the employment service that it has not answered."""
    persons = sorted({event.subject for event in events})
    waiting = await connection.fetch(storage.UNANSWERED_BY_EMPLOYMENT, persons)
    working.facts["searching"] = await REFERRALS.load(connection, [row[0] for row in waiting]) if waiting else {}


@HANDLERS.on(MatchProposed, look_up=_searching)
def take_up(working: Working, event: Event) -> Decision:
    """The employment service has something for the person."""
    waiting = [working.find(REFERRALS, key) or read for key, read in working.facts["searching"].items()]
    own = [each for each in waiting if each.person == event.subject and event.caseid in (None, each.caseid)]
    return noted(event).and_then(placements.take_up(own, day(working.now)))


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
    # The rules that people decide on are asked a moment later, with what only sealed contents tell.
    later = NewTimer(EVALUATE, event.subject, working.now, {"because": PLACEMENT}, caseid)
    return (
        noted(event)
        .and_then(placements.receive(person, case, made, placed, event.id, working.facts["codes"], working.now))
        .and_then(Decision(timers=(later,)))
    )
