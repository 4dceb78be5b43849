"""Who is told of which vacancy. A pair is proposed once; people decide.

Found from either side: a person whose profile changed is told of the best vacancies for her, and a vacancy that was
opened is told to the persons who fit it best, in pages: a page names its persons, and each of them is proposed to under
her own lock.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from services.employment.domain.matching import Explanation, explain
from services.employment.domain.model import DECLINED, PROPOSED, Match, Seeker, Vacancy, match_id
from services.employment.domain.vacancies import PROPOSE_VACANCY
from shared.events.employment import MatchProposed, Reason
from shared.events.envelope import NewEvent
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day

PROPOSE_MATCH: Final = "propose-match"
"""Timer of a person: propose to her the one vacancy that `data` names."""

BEST: Final = 3
"""A change of a profile proposes those of the person's so many best vacancies that are new to her."""
OPEN_MOST: Final = 5
"""More proposals than so many wait for no person's answer at one time."""
SEEKERS_A_SEAT: Final = 10
SEEKERS_MOST: Final = 500
"""A vacancy is told to so many persons a seat, and to so many at most: one shown to too many frustrates them."""
PAGE: Final = 50
"""Persons that one page of a vacancy names."""


class Known(NamedTuple):
    """What became of an earlier proposal; `waits` while the person may still accept it."""

    state: str
    waits: bool


class Candidate(NamedTuple):
    """A person who fits a vacancy, and how well. Of equals comes first who was registered first: ids tell the time."""

    person: str
    score: int


class Page(NamedTuple):
    """How far a vacancy has been told: to how many persons, and who was the last of them."""

    told: int = 0
    score: int = 101
    person: str = "00000000-0000-0000-0000-000000000000"


def tie(person: str, vacancy: str) -> str:
    """What decides between vacancies of equal score: the same for a pair each time, and another order for each person,
    so that a crowd with the same skills is not all sent to one door."""
    return hashlib.sha256(f"{person}{vacancy}".encode()).hexdigest()


def wanted(vacancy: Vacancy) -> int:
    """To how many persons a vacancy is told."""
    return min(SEEKERS_A_SEAT * vacancy.seats, SEEKERS_MOST)


def propose_best(seeker: Seeker, vacancies: Iterable[Vacancy], known: Mapping[str, Known], now: datetime) -> Decision:
    """Propose the best of these vacancies, as far as they are new to her. Run again, it proposes nothing more."""
    explained = [
        (vacancy, explain(seeker, vacancy, day(now)))
        for vacancy in vacancies
        if vacancy.vacancy not in known or known[vacancy.vacancy].state != DECLINED
    ]
    fitting = [(vacancy, found) for vacancy, found in explained if found.fits]
    fitting.sort(key=lambda pair: (-pair[1].score, tie(seeker.person, pair[0].vacancy)))
    new = [(vacancy, found) for vacancy, found in fitting[:BEST] if vacancy.vacancy not in known]
    decision = NOTHING
    for vacancy, found in new[: _room(known)]:
        decision = decision.and_then(_proposal(seeker, vacancy, found, now))
    return decision


def propose_one(seeker: Seeker, vacancy: Vacancy | None, known: Mapping[str, Known], now: datetime) -> Decision:
    """Propose this vacancy, which found her; nothing where the two no longer fit, or were brought together before."""
    if vacancy is None or vacancy.vacancy in known or _room(known) == 0:
        return NOTHING
    found = explain(seeker, vacancy, day(now))
    return _proposal(seeker, vacancy, found, now) if found.fits else NOTHING


def tell_page(vacancy: Vacancy, page: Page, found: Sequence[Candidate], now: datetime) -> Decision:
    """A page of a vacancy: a timer for each person in it, and one for the next page while more are wanted.

    `found` are the next in rank after `page`, at most `PAGE`.
    """
    if vacancy.is_closed(day(now)) or vacancy.free <= 0:
        return NOTHING
    told = found[: wanted(vacancy) - page.told]
    timers = [NewTimer(PROPOSE_MATCH, each.person, now, {"vacancy": vacancy.vacancy}) for each in told]
    reached = page.told + len(told)
    if len(told) == PAGE and reached < wanted(vacancy):
        last = Page(reached, told[-1].score, told[-1].person)
        timers.append(NewTimer(PROPOSE_VACANCY, vacancy.vacancy, now, last._asdict()))
    return Decision(timers=timers)


def _room(known: Mapping[str, Known]) -> int:
    return max(0, OPEN_MOST - sum(each.waits for each in known.values()))


def _proposal(seeker: Seeker, vacancy: Vacancy, found: Explanation, now: datetime) -> Decision:
    caseid = seeker.cases[-1]
    match = Match(
        match_id(seeker.person, vacancy.vacancy),
        seeker.person,
        vacancy.vacancy,
        caseid,
        PROPOSED,
        found.score,
        tuple((part.name, part.points) for part in found.parts),
        found.missing,
        found.rules,
        now,
    )
    proposed = MatchProposed(
        match=match.match,
        vacancy=match.vacancy,
        occupation=vacancy.occupation,
        commune=vacancy.commune,
        score=match.score,
        reasons=tuple(Reason(name=name, points=points) for name, points in match.parts),
        missing=match.missing,
        rules=match.rules,
    )
    return Decision(changes=(match,), events=(NewEvent(seeker.person, proposed, caseid),))
