"""From a proposal to a job: the person accepts or declines, the employer confirms.

Each rule is decided under the lock of the person and of the vacancy's row. Repeating what was done changes nothing.
"""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from services.employment.domain.matching import standing
from services.employment.domain.model import ACCEPTED, DECLINED, PLACED, PROPOSED, Match, Seeker, Vacancy
from services.employment.domain.profile import PROPOSE_TO_SEEKER
from shared.events.employment import MatchAccepted, MatchDeclined, MatchFact, PlacementConfirmed
from shared.events.envelope import NewEvent
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day
from shared.rejections import Conflict, Rejected

EARLIEST_START: Final = timedelta(days=366)
LATEST_START: Final = timedelta(days=366)
"""A placement starts at most so long before and after the day it is confirmed."""

ENGAGEMENTS: Final = ("employee", "self-employed")


class Placement(NamedTuple):
    """What the employer confirms. `engagement`: one of ENGAGEMENTS."""

    starts: date
    engagement: str


def accept(match: Match, seeker: Seeker, vacancy: Vacancy, now: datetime) -> Decision:
    """The person accepts: a seat is held for her until the employer confirms.

    Raises Conflict: `match-declined`, what stands against the person (`no-consent`, `accepted-another`, ...),
    `vacancy-closed`, `vacancy-full`.
    """
    if match.state in (ACCEPTED, PLACED):
        return NOTHING
    if match.state == DECLINED:
        raise Conflict("match-declined")
    against = standing(seeker, day(now))
    if against:
        raise Conflict(against[0])
    if vacancy.is_closed(day(now)):
        raise Conflict("vacancy-closed", allowed=("decline",))
    if vacancy.free <= 0:
        raise Conflict("vacancy-full", allowed=("decline",))
    return Decision(
        changes=(
            match._replace(state=ACCEPTED),
            seeker._replace(accepted=match.match),
            vacancy._replace(taken=vacancy.taken + 1),
        ),
        events=(_fact(match, MatchAccepted(match=match.match, vacancy=match.vacancy)),),
    )


def decline(match: Match, seeker: Seeker, vacancy: Vacancy, now: datetime, reason: str) -> Decision:
    """The person declines, also after she accepted: the seat is free again. Other vacancies are looked for.

    Raises Conflict `match-placed`, and `match-declined` where she declined before for another reason.
    """
    if match.state == PLACED:
        raise Conflict("match-placed")
    if match.state == DECLINED:
        if match.reason != reason:
            raise Conflict("match-declined", field="reason")
        return NOTHING
    declined = Decision(
        changes=(match._replace(state=DECLINED, reason=reason),),
        events=(_fact(match, MatchDeclined(match=match.match, vacancy=match.vacancy, reason=reason)),),
        timers=(NewTimer(PROPOSE_TO_SEEKER, seeker.person, now, caseid=match.caseid),),
    )
    if match.state == PROPOSED:
        return declined
    return declined.and_then(
        Decision(changes=(seeker._replace(accepted=None), vacancy._replace(taken=vacancy.taken - 1)))
    )


def confirm(match: Match, seeker: Seeker, vacancy: Vacancy, now: datetime, placement: Placement) -> Decision:
    """The employer confirms that she starts work.

    Raises Conflict `not-accepted` (the person has not, or not any more) and `placement-changed` (confirmed before with
    other content); Rejected `too-early` and `too-late` for the day of the start.
    """
    if match.state == PLACED:
        if (match.starts, match.engagement) != placement:
            raise Conflict("placement-changed", field="starts")
        return NOTHING
    if match.state != ACCEPTED:
        raise Conflict("not-accepted")
    if placement.starts < day(now) - EARLIEST_START:
        raise Rejected("too-early", field="starts")
    if placement.starts > day(now) + LATEST_START:
        raise Rejected("too-late", field="starts")
    confirmed = PlacementConfirmed(
        match=match.match,
        vacancy=match.vacancy,
        employer=vacancy.employer,
        occupation=vacancy.occupation,
        commune=vacancy.commune,
        starts=placement.starts,
        engagement=placement.engagement,
    )
    return Decision(
        changes=(
            match._replace(state=PLACED, starts=placement.starts, engagement=placement.engagement),
            seeker._replace(accepted=None, placed=True),
        ),
        events=(_fact(match, confirmed),),
    )


def _fact(match: Match, data: MatchFact) -> NewEvent:
    return NewEvent(match.person, data, match.caseid)
