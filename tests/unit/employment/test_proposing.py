"""Who is told of which vacancy: the best first, a pair once, never a flood."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import proposing
from services.employment.domain.matching import RULES, explain
from services.employment.domain.model import PROPOSED, Match, Seeker, Vacancy, match_id
from services.employment.domain.proposing import BEST, OPEN_MOST, PAGE, Candidate, Known, Page
from services.employment.domain.vacancies import PROPOSE_VACANCY
from shared.events.employment import MatchProposed
from shared.kinds import NOTHING, Decision
from tests.unit.employment.strategies import NOW, TODAY, ready, seeker, seekers, vacancies, vacancy

several = st.lists(vacancies, max_size=8, unique_by=lambda each: each.vacancy)
states = st.sampled_from(
    (Known("proposed", True), Known("proposed", False), Known("declined", False), Known("placed", False))
)


def proposed(decision: Decision) -> list[Match]:
    return [change for change in decision.changes if isinstance(change, Match)]


@given(ready, several, st.data())
def test_proposals_are_her_best_new_ones_and_each_is_explained(
    who: Seeker, offered: list[Vacancy], data: st.DataObject
) -> None:
    known = {each.vacancy: data.draw(states) for each in offered if data.draw(st.booleans())}
    known |= {str(number): Known(PROPOSED, waits=True) for number in range(data.draw(st.integers(0, OPEN_MOST)))}
    decision = proposing.propose_best(who, offered, known, NOW)
    made = proposed(decision)

    scores = {each.vacancy: explain(who, each, TODAY) for each in offered}
    assert len(made) <= min(BEST, max(0, OPEN_MOST - sum(each.waits for each in known.values())))
    for match in made:
        found = scores[match.vacancy]
        assert found.fits
        assert match.vacancy not in known
        assert (match.score, match.rules, match.caseid) == (found.score, RULES, who.cases[-1])
        assert match.match == match_id(who.person, match.vacancy)
    passed_over = [
        found.score
        for name, found in scores.items()
        if found.fits and name not in known and name not in {match.vacancy for match in made}
    ]
    if made and passed_over:
        assert min(match.score for match in made) >= max(passed_over)


@given(ready, several)
def test_run_again_nothing_more_is_proposed(who: Seeker, offered: list[Vacancy]) -> None:
    first = proposed(proposing.propose_best(who, offered, {}, NOW))
    known = {match.vacancy: Known(match.state, waits=True) for match in first}
    assert proposing.propose_best(who, offered, known, NOW) == NOTHING


@given(ready, several, st.randoms(use_true_random=False))
def test_the_order_in_which_vacancies_are_found_does_not_matter(
    who: Seeker, offered: list[Vacancy], chance: Random
) -> None:
    first = proposing.propose_best(who, offered, {}, NOW)
    chance.shuffle(offered)
    assert proposing.propose_best(who, offered, {}, NOW) == first


def test_the_fact_tells_score_parts_and_what_is_missing() -> None:
    who, what = seeker(), vacancy()
    (event,) = proposing.propose_best(who, [what], {}, NOW).events
    assert event.subject == who.person
    assert event.caseid == who.cases[-1]
    assert isinstance(event.data, MatchProposed)
    assert event.data.score == sum(reason.points for reason in event.data.reasons) == 70
    assert event.data.missing == ("teamwork",)


def test_a_crowd_with_the_same_skills_is_not_all_sent_to_one_door() -> None:
    equal = [vacancy(str(number)) for number in range(12)]
    people = [seeker(f"00000000-0000-7000-8000-{number:012x}") for number in range(60)]
    told = {match.vacancy for who in people for match in proposed(proposing.propose_best(who, equal, {}, NOW))}
    assert told == {each.vacancy for each in equal}


@given(seekers | ready, vacancies, st.booleans(), st.integers(0, OPEN_MOST))
def test_a_vacancy_that_found_her_is_proposed_once_and_only_while_it_fits(
    who: Seeker, what: Vacancy, met: bool, waits: int
) -> None:
    known = waiting(waits)
    if met:
        known[what.vacancy] = Known(PROPOSED, waits=False)
    decision = proposing.propose_one(who, what, known, NOW)
    expected = not met and waits < OPEN_MOST and explain(who, what, TODAY).fits
    assert len(decision.events) == len(decision.changes) == expected


def waiting(number: int) -> dict[str, Known]:
    return {str(each): Known(PROPOSED, waits=True) for each in range(number)}


@pytest.mark.parametrize(("waits", "room"), [(0, BEST), (OPEN_MOST - 1, 1), (OPEN_MOST, 0), (OPEN_MOST + 1, 0)])
def test_no_more_than_so_many_proposals_wait_for_a_person(waits: int, room: int) -> None:
    offered = [vacancy(str(number)) for number in range(6)]
    assert len(proposing.propose_best(seeker(), offered, waiting(waits), NOW).events) == room
    assert len(proposing.propose_one(seeker(), offered[0], waiting(waits), NOW).events) == min(room, 1)


def test_the_best_come_first() -> None:
    offered = [
        vacancy("1", commune="220101"),
        vacancy("2"),
        vacancy("3", commune="150102"),
        vacancy("4", commune="150201"),
    ]
    made = proposed(proposing.propose_best(seeker(), offered, {}, NOW))
    assert [match.vacancy for match in made] == [offered[place].vacancy for place in (1, 2, 3)]


def test_a_vacancy_that_is_gone_proposes_nothing() -> None:
    assert proposing.propose_one(seeker(), None, {}, NOW) == NOTHING


@given(st.integers(0, 700), st.integers(1, 60))
def test_pages_name_each_of_the_best_once_and_end(candidates: int, seats: int) -> None:
    """All pages of a vacancy together are the best so many candidates, in their order, in parts of bounded size."""
    what = vacancy(seats=seats)
    ranked = [Candidate(f"00000000-0000-7000-8000-{n:012x}", 100 - n // 10) for n in range(candidates)]
    told: list[str] = []
    page, pages = Page(), 0
    while True:
        rest = [each for each in ranked if (-each.score, each.person) > (-page.score, page.person)]
        timers = proposing.tell_page(what, page, rest[:PAGE], NOW).timers
        persons = [timer for timer in timers if timer.name == proposing.PROPOSE_MATCH]
        told += [timer.subject for timer in persons]
        assert len(persons) <= PAGE
        assert all(timer.data == {"vacancy": what.vacancy} for timer in persons)
        pages += 1
        following = [timer for timer in timers if timer.name == PROPOSE_VACANCY]
        if not following:
            break
        page = Page(**following[0].data)
    assert told == [each.person for each in ranked[: proposing.wanted(what)]]
    full, rest_of_last = divmod(len(told), PAGE)
    assert pages == full + (rest_of_last > 0 or len(told) < proposing.wanted(what))


def test_a_hundred_are_told_of_ten_places() -> None:
    assert proposing.wanted(vacancy(seats=10)) == 100


def test_a_vacancy_that_filled_up_meanwhile_tells_no_further_page() -> None:
    assert proposing.tell_page(vacancy(taken=10), Page(), [Candidate(seeker().person, 70)], NOW) == NOTHING
