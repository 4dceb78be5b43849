"""What employment does with each event it consumes, and with each timer it set."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from services.employment.candidates import (
    BEST_SEEKERS,
    BEST_VACANCIES,
    KNOWN,
    LOOKED_AT,
    VACANCIES_BY_ID,
    find_seekers,
    find_vacancies,
    read_pairs,
)
from services.employment.domain import consents, profile, proposing
from services.employment.domain.consents import GIVE_SEAT_BACK
from services.employment.domain.model import Seeker
from services.employment.domain.profile import PROPOSE_TO_SEEKER
from services.employment.domain.proposing import PROPOSE_MATCH, Known, Page
from services.employment.domain.vacancies import PROPOSE_VACANCY
from services.employment.storage import MATCHES, SEEKERS, VACANCIES, VACANCY_OF_MATCH
from shared.database import Connection
from shared.events.envelope import Event
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    NeedsAssessed,
    ReferralExpired,
    ReferralRequested,
    ReferralWithdrawn,
)
from shared.events.records import CaseChanged
from shared.events.training import SkillsRecognised
from shared.events.transfers import CaseReopened, TransferAccepted
from shared.handling import Handlers
from shared.kinds import Decision, Key, NewTimer, Timer, Working

HANDLERS = Handlers()

SEAT_HELD_AT: Final = "seat held at"
"""Fact: by match that waits for its employer, the vacancy."""


def _seeker(item: Event | Timer) -> Iterator[Key]:
    yield SEEKERS(item.subject)


def _learn(working: Working, event: Event, rule: Callable[[Seeker], Seeker]) -> Decision:
    before = working.get(SEEKERS, event.subject)
    return profile.learn(before, rule(before), working.now)


@HANDLERS.on(CaseRegistered, keys=_seeker)
def open_case(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.open_case(seeker, event, _data(event)))


@HANDLERS.on(CaseChanged, keys=_seeker)
def change_case(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.change_case(seeker, event, _data(event)))


@HANDLERS.on(CaseClosed, keys=_seeker)
def close_case(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.close_case(seeker, event))


@HANDLERS.on(CaseReopened, keys=_seeker)
def reopen_case(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.reopen_case(seeker, event))


@HANDLERS.on(TransferAccepted, keys=_seeker)
def transfer(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.transfer(seeker, _data(event)))


@HANDLERS.on(ConsentGiven, keys=_seeker)
def give_consent(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.give_consent(seeker, _data(event)))


async def _seats_held(connection: Connection, events: Sequence[Event], working: Working) -> None:
    """Which vacancy holds a seat for these persons; no statement where none does."""
    seekers = [working.get(SEEKERS, event.subject) for event in events]
    accepted = sorted({seeker.accepted for seeker in seekers if seeker.accepted is not None})
    rows = await connection.fetch(VACANCY_OF_MATCH, accepted) if accepted else ()
    working.facts[SEAT_HELD_AT] = dict(rows)


@HANDLERS.on(ConsentWithdrawn, keys=_seeker, look_up=_seats_held)
def withdraw_consent(working: Working, event: Event) -> Decision:
    before = working.get(SEEKERS, event.subject)
    held_at = working.facts.get(SEAT_HELD_AT, {}).get(before.accepted)
    learned = _learn(working, event, lambda seeker: profile.withdraw_consent(seeker, _data(event)))
    return learned.and_then(consents.stop(before, held_at, event, _data(event), working.now))


def _seat(timer: Timer) -> Iterator[Key]:
    yield SEEKERS(timer.subject)
    yield MATCHES(timer.data["match"])
    yield VACANCIES(timer.data["vacancy"])


@HANDLERS.timer(GIVE_SEAT_BACK, keys=_seat)
def give_seat_back(working: Working, timer: Timer) -> Decision:
    """The seat that was held for somebody who no longer agrees."""
    match, vacancy = working.get(MATCHES, timer.data["match"]), working.get(VACANCIES, timer.data["vacancy"])
    return consents.give_seat_back(match, working.get(SEEKERS, timer.subject), vacancy, timer, working.now)


@HANDLERS.on(NeedsAssessed, keys=_seeker)
def assess(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.assess(seeker, _data(event)))


@HANDLERS.on(ReferralRequested, keys=_seeker)
def refer(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.refer(seeker, _data(event)))


@HANDLERS.on(ReferralWithdrawn, ReferralExpired, keys=_seeker)
def take_referral_back(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.take_referral_back(seeker, _data(event)))


@HANDLERS.on(SkillsRecognised, keys=_seeker)
def recognise(working: Working, event: Event) -> Decision:
    return _learn(working, event, lambda seeker: profile.recognise(seeker, _data(event)))


@HANDLERS.timer(PROPOSE_TO_SEEKER, keys=_seeker, look_up=find_vacancies)
def propose_to_seeker(working: Working, timer: Timer) -> Decision:
    """Her best vacancies, as her profile is now."""
    if timer.number not in working.facts[LOOKED_AT]:
        return _next_turn(working, timer)
    seeker = working.get(SEEKERS, timer.subject)
    vacancies = working.facts[BEST_VACANCIES].get(seeker.person, ())
    known = working.facts[KNOWN].get(seeker.person, {})
    return _noted(known, proposing.propose_best(seeker, vacancies, known, working.now))


@HANDLERS.timer(PROPOSE_VACANCY, look_up=find_seekers)
def propose_vacancy(working: Working, timer: Timer) -> Decision:
    """The next page of the persons who fit it best: a timer for each of them."""
    if timer.number not in working.facts[LOOKED_AT]:
        return _next_turn(working, timer)
    vacancy = working.facts[VACANCIES_BY_ID][timer.subject]
    found = working.facts[BEST_SEEKERS][timer.number]
    return proposing.tell_page(vacancy, Page(**timer.data), found, working.now)


@HANDLERS.timer(PROPOSE_MATCH, keys=_seeker, look_up=read_pairs)
def propose_match(working: Working, timer: Timer) -> Decision:
    """A vacancy that found this person, proposed under her lock."""
    vacancy = working.facts[VACANCIES_BY_ID].get(timer.data["vacancy"])
    known = working.facts[KNOWN][timer.subject]
    seeker = working.get(SEEKERS, timer.subject)
    return _noted(known, proposing.propose_one(seeker, vacancy, known, working.now))


def _data(event: Event) -> Any:
    """The event's data; of the contract that the handler is registered for."""
    return event.data


def _noted(known: dict[str, Known], decision: Decision) -> Decision:
    """What was looked up before the batch, brought up to what this decision proposes."""
    known.update({match.vacancy: Known(match.state, waits=True) for match in decision.changes})
    return decision


def _next_turn(working: Working, timer: Timer) -> Decision:
    return Decision(timers=(NewTimer(timer.name, timer.subject, working.now, timer.data, timer.caseid),))
