"""From proposal to job: every state, every refusal, seats that add up."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import placing
from services.employment.domain.model import ACCEPTED, DECLINED, PLACED, PROPOSED, Match, Seeker, Vacancy, match_id
from services.employment.domain.placing import Placement
from services.employment.domain.profile import PROPOSE_TO_SEEKER
from shared.events.employment import MatchAccepted, MatchDeclined, PlacementConfirmed
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict, Rejected
from tests.unit.employment.strategies import LONG_AGO, NOW, TODAY, seeker, vacancy

STARTS = Placement(date(2026, 12, 1), "employee")


def match(state: str = PROPOSED, **changed: Any) -> Match:
    who, what = seeker(), vacancy()
    return Match(
        match_id(who.person, what.vacancy),
        who.person,
        what.vacancy,
        who.cases[-1],
        state,
        70,
        (),
        (),
        "matching-1",
        NOW,
    )._replace(**changed)


def changed(decision: Decision) -> dict[type, Any]:
    return {type(change): change for change in decision.changes}


def refused(reason: str, rule: Any, *given: Any, **more: Any) -> None:
    with pytest.raises(Rejected) as caught:
        rule(*given, **more)
    assert caught.value.reason == reason


def test_accepting_holds_a_seat() -> None:
    decision = placing.accept(match(), seeker(), vacancy(taken=9), NOW)
    after = changed(decision)
    assert after[Match].state == ACCEPTED
    assert after[Seeker].accepted == match().match
    assert after[Vacancy].taken == 10
    (event,) = decision.events
    assert event.data == MatchAccepted(match=match().match, vacancy=match().vacancy)
    assert (event.subject, event.caseid) == (seeker().person, seeker().cases[-1])


@pytest.mark.parametrize("state", [ACCEPTED, PLACED])
def test_accepting_again_changes_nothing(state: str) -> None:
    assert placing.accept(match(state), seeker(accepted=match().match), vacancy(taken=10), NOW) == NOTHING


@pytest.mark.parametrize(
    ("who", "what", "state", "reason"),
    [
        (seeker(), vacancy(taken=10), PROPOSED, "vacancy-full"),
        (seeker(), vacancy(closes=LONG_AGO), PROPOSED, "vacancy-closed"),
        (seeker(), vacancy(), DECLINED, "match-declined"),
        (seeker(consent=False), vacancy(), PROPOSED, "no-consent"),
        (seeker(cases=()), vacancy(), PROPOSED, "no-open-case"),
        (seeker(placed=True), vacancy(), PROPOSED, "placed"),
        (seeker(accepted="00000000-0000-7000-8000-000000000009"), vacancy(), PROPOSED, "accepted-another"),
    ],
)
def test_an_acceptance_that_cannot_be(who: Seeker, what: Vacancy, state: str, reason: str) -> None:
    refused(reason, placing.accept, match(state), who, what, NOW)


def test_declining_a_proposal_looks_for_other_vacancies_and_frees_no_seat() -> None:
    decision = placing.decline(match(), seeker(), vacancy(taken=3), NOW, "too-far")
    assert changed(decision) == {Match: match(DECLINED, reason="too-far")}
    assert decision.events[0].data == MatchDeclined(match=match().match, vacancy=match().vacancy, reason="too-far")
    assert [(timer.name, timer.subject) for timer in decision.timers] == [(PROPOSE_TO_SEEKER, seeker().person)]


def test_declining_after_accepting_gives_the_seat_back() -> None:
    after = changed(placing.decline(match(ACCEPTED), seeker(accepted=match().match), vacancy(taken=3), NOW, "wage"))
    assert (after[Match].state, after[Seeker].accepted, after[Vacancy].taken) == (DECLINED, None, 2)


def test_declining_twice() -> None:
    declined = match(DECLINED, reason="wage")
    assert placing.decline(declined, seeker(), vacancy(), NOW, "wage") == NOTHING
    refused("match-declined", placing.decline, declined, seeker(), vacancy(), NOW, "hours")
    refused("match-placed", placing.decline, match(PLACED), seeker(placed=True), vacancy(), NOW, "hours")


def test_the_employer_confirms_once_she_has_accepted() -> None:
    decision = placing.confirm(match(ACCEPTED), seeker(accepted=match().match), vacancy(taken=1), NOW, STARTS)
    after = changed(decision)
    assert (after[Match].state, after[Match].starts, after[Match].engagement) == (PLACED, *STARTS)
    assert (after[Seeker].placed, after[Seeker].accepted) == (True, None)
    assert Vacancy not in after
    told = decision.events[0].data
    assert isinstance(told, PlacementConfirmed)
    assert (told.employer, told.occupation, told.commune, told.starts) == ("lotus-works", "7112", "150101", STARTS[0])


@pytest.mark.parametrize("state", [PROPOSED, DECLINED])
def test_nobody_is_placed_who_has_not_accepted(state: str) -> None:
    refused("not-accepted", placing.confirm, match(state), seeker(), vacancy(), NOW, STARTS)


def test_confirming_twice() -> None:
    placed = match(PLACED, starts=STARTS.starts, engagement=STARTS.engagement)
    assert placing.confirm(placed, seeker(placed=True), vacancy(), NOW, STARTS) == NOTHING
    other = STARTS._replace(engagement="self-employed")
    refused("placement-changed", placing.confirm, placed, seeker(placed=True), vacancy(), NOW, other)


@pytest.mark.parametrize(("days", "reason"), [(-367, "too-early"), (367, "too-late")])
def test_a_start_of_another_year_is_a_slip_of_the_pen(days: int, reason: str) -> None:
    starts = Placement(TODAY + timedelta(days=days), "employee")
    refused(reason, placing.confirm, match(ACCEPTED), seeker(), vacancy(), NOW, starts)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("accept", "decline", "confirm"))), max_size=30))
def test_seats_add_up_whatever_five_persons_do_with_two_places(steps: list[tuple[int, str]]) -> None:
    what = vacancy(seats=2)
    people = [seeker(f"00000000-0000-7000-8000-{number:012x}") for number in range(5)]
    matches = [match(match=match_id(who.person, what.vacancy), person=who.person) for who in people]
    for number, step in steps:
        held = (matches[number], people[number], what)
        try:
            match step:
                case "accept":
                    decision = placing.accept(*held, NOW)
                case "decline":
                    decision = placing.decline(*held, NOW, "wage")
                case _:
                    decision = placing.confirm(*held, NOW, STARTS)
        except Conflict:
            continue
        after = changed(decision)
        matches[number] = after.get(Match, matches[number])
        people[number] = after.get(Seeker, people[number])
        what = after.get(Vacancy, what)
        assert what.taken == sum(each.state in (ACCEPTED, PLACED) for each in matches) <= 2
        for who, its in zip(people, matches, strict=True):
            assert (who.accepted == its.match) == (its.state == ACCEPTED)
            assert who.placed == (its.state == PLACED)
