"""The end of a consent is confirmed once, and only when no seat rests on it any more."""

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import consents
from services.employment.domain.consents import GIVE_SEAT_BACK
from services.employment.domain.model import ACCEPTED, DECLINED, PLACED, PROPOSED, Match, Seeker, Vacancy
from shared.events.confirming import ConfirmedByEmployment
from shared.events.employment import MatchDeclined
from shared.events.envelope import Event
from shared.events.intake import ConsentWithdrawn
from shared.kinds import Timer
from tests.unit.employment.strategies import NOW, seeker, vacancy
from tests.unit.employment.test_placing import match

CONSENT = "0190a000-0000-7000-8000-0000000000f2"


def withdrawn(purpose: str) -> Event:
    told = ConsentWithdrawn(purpose=purpose, consent=CONSENT)
    return Event(str(uuid.uuid4()), told.type, seeker().person, 3, NOW, None, str(uuid.uuid4()), None, None, told)


def stop(before: Seeker, event: Event, held_at: str | None) -> Any:
    assert isinstance(event.data, ConsentWithdrawn)
    return consents.stop(before, held_at, event, event.data, NOW)


@given(st.sampled_from(["services", "employment", "messages", "social-protection"]), st.booleans())
def test_it_is_confirmed_at_once_or_by_the_timer_that_frees_the_seat(purpose: str, holds: bool) -> None:
    event, held = withdrawn(purpose), match(ACCEPTED)
    before = seeker(accepted=held.match if holds else None)
    decision = stop(before, event, held.vacancy if holds else None)
    told = [fact.data for fact in decision.events]
    if holds and purpose == "employment":
        assert told == []
        (timer,) = decision.timers
        assert (timer.name, timer.subject, timer.due_at) == (GIVE_SEAT_BACK, before.person, NOW)
        assert (timer.data["match"], timer.data["vacancy"]) == (held.match, held.vacancy)
    else:
        assert told == [ConfirmedByEmployment(withdrawal=event.id, purpose=purpose, consent=CONSENT)]
        assert decision.timers == ()


@pytest.mark.parametrize(("state", "freed"), [(ACCEPTED, 1), (DECLINED, 0), (PLACED, 0), (PROPOSED, 0)])
def test_the_seat_is_freed_where_she_has_it_still(state: str, freed: int) -> None:
    event, held = withdrawn("employment"), match(state)
    before = seeker(accepted=held.match)
    (set_for,) = stop(before, event, held.vacancy).timers
    timer = Timer(1, set_for.name, before.person, NOW, None, str(uuid.uuid4()), event.id, None, 0, set_for.data)
    decision = consents.give_seat_back(held, before, vacancy(taken=3), timer, NOW)
    after = {type(change): change for change in decision.changes}
    assert after.get(Vacancy, vacancy(taken=3)).taken == 3 - freed
    assert (after[Match].state, after[Seeker].accepted) == (DECLINED, None) if freed else not after
    *declined, confirmed = [fact.data for fact in decision.events]
    assert [fact.reason for fact in declined if isinstance(fact, MatchDeclined)] == ["consent-withdrawn"] * freed
    assert confirmed == ConfirmedByEmployment(withdrawal=event.id, purpose="employment", consent=CONSENT)
