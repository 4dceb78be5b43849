"""A job found: the loop closes."""

from collections.abc import Sequence
from typing import cast

from services.intake import storage
from services.intake.domain import placements
from services.intake.domain.proposals import EVALUATE, PLACEMENT
from services.intake.handlers.noting import HANDLERS, noted
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.database import Connection
from shared.events.employment import PlacementConfirmed
from shared.events.envelope import Event
from shared.kinds import Decision, NewTimer, Working


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
