"""The laws of matching, and its reasons one by one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import matching
from services.employment.domain.matching import FILTERS, MOST, RULES, explain, standing
from services.employment.domain.model import Seeker, Vacancy
from tests.unit.employment.strategies import (
    COMMUNES,
    LONG_AGO,
    SKILLS,
    TODAY,
    ready,
    seeker,
    seekers,
    skill_sets,
    vacancies,
    vacancy,
)


@given(seekers, vacancies)
def test_the_named_parts_add_up_to_the_score(who: Seeker, what: Vacancy) -> None:
    found = explain(who, what, TODAY)
    assert [part.name for part in found.parts] == list(MOST)
    assert all(0 <= part.points <= part.most == MOST[part.name] for part in found.parts)
    assert found.score == sum(part.points for part in found.parts)
    assert 0 <= found.score <= sum(MOST.values()) == 100


@given(seekers, vacancies, st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_answer_in_whatever_order_they_stand(
    who: Seeker, what: Vacancy, chance: Random
) -> None:
    skills, needed = list(who.skills), list(what.skills)
    chance.shuffle(skills)
    chance.shuffle(needed)
    first = explain(who, what, TODAY)
    second = explain(who._replace(skills=tuple(skills)), what._replace(skills=tuple(needed)), TODAY)
    assert (second.against, second.parts, second.rules) == (first.against, first.parts, RULES)
    assert set(second.missing) == set(first.missing)


@given(ready, vacancies, st.sampled_from(SKILLS))
def test_one_more_recognised_skill_never_harms(who: Seeker, what: Vacancy, skill: str) -> None:
    before = explain(who, what, TODAY)
    after = explain(who._replace(skills=tuple(sorted({*who.skills, skill}))), what, TODAY)
    assert after.score >= before.score
    assert set(after.against) <= set(before.against)
    assert set(after.missing) <= set(before.missing)


@given(seekers, vacancies, seekers)
def test_what_is_not_about_work_changes_nothing(who: Seeker, what: Vacancy, other: Seeker) -> None:
    """Who she is, which centre knows her, which referral brought her: none of it is read."""
    stranger = who._replace(person=other.person, centres=("preah-vihear",), referral=other.person)
    assert explain(stranger, what, TODAY) == explain(who, what, TODAY)


def test_nothing_is_kept_that_must_not_count() -> None:
    kept = " ".join(Seeker._fields)
    for word in ("sex", "gender", "birth", "age", "ethnic", "card", "poor", "health", "disab", "pregnan", "name"):
        assert word not in kept


@given(ready, vacancies, st.sampled_from(COMMUNES), st.sampled_from(COMMUNES))
def test_nearer_never_scores_less(who: Seeker, what: Vacancy, one: str, other: str) -> None:
    def digits(home: str) -> int:
        return next(n for n in (6, 4, 2, 0) if home[:n] == what.commune[:n])

    far, near = sorted((one, other), key=digits)
    assert (
        explain(who._replace(commune=near), what, TODAY).score >= explain(who._replace(commune=far), what, TODAY).score
    )


@given(seekers, vacancies)
def test_every_pair_is_answered_with_all_reasons_against_it_and_no_other(who: Seeker, what: Vacancy) -> None:
    found = explain(who, what, TODAY)
    assert found.fits == (found.against == ())
    assert list(found.against) == [name for name in FILTERS if name in found.against]
    assert found.against[: len(standing(who, TODAY))] == standing(who, TODAY)
    assert set(found.shared) | set(found.missing) == set(what.skills)
    assert not set(found.shared) & set(found.missing)


@given(ready, vacancies)
def test_who_fits_shares_a_skill_or_the_work(who: Seeker, what: Vacancy) -> None:
    if explain(who, what, TODAY).fits:
        assert set(who.skills) & set(what.skills) or (not what.skills and who.occupation == what.occupation)
        assert what.taken < what.seats
        assert what.closes is None or what.closes >= TODAY


AGAINST = (
    (seeker(cases=()), vacancy(), "no-open-case"),
    (seeker(consent=False), vacancy(), "no-consent"),
    (seeker(consent_until=LONG_AGO), vacancy(), "no-consent"),
    (seeker(seeking=False), vacancy(), "not-seeking"),
    (seeker(placed=True), vacancy(), "placed"),
    (seeker(accepted=vacancy().vacancy), vacancy(), "accepted-another"),
    (seeker(), vacancy(closes=LONG_AGO), "vacancy-closed"),
    (seeker(), vacancy(taken=10), "vacancy-full"),
    (seeker(skills=("house-wiring",)), vacancy(), "no-skill-in-common"),
    (seeker(occupation="7531"), vacancy(skills=()), "no-skill-in-common"),
    (seeker(limits=("near-home",)), vacancy(commune="150201"), "far-from-home"),
    (seeker(limits=("near-home",), commune=None), vacancy(), "far-from-home"),
    (seeker(assessed=("no-lifting",)), vacancy(), "unwanted-work"),
    (seeker(limits=("no-heights",)), vacancy(skills=("bricklaying", "scaffolding")), "unwanted-work"),
)


@pytest.mark.parametrize(("who", "what", "reason"), AGAINST)
def test_each_filter_names_its_reason(who: Seeker, what: Vacancy, reason: str) -> None:
    assert explain(who, what, TODAY).against == (reason,)
    assert reason in FILTERS


def test_every_filter_was_met_above() -> None:
    assert {reason for _, _, reason in AGAINST} == set(FILTERS)


@pytest.mark.parametrize(
    ("home", "work", "points"),
    [("150101", "150101", 25), ("150102", "150101", 20), ("150201", "150101", 12), ("130101", "150101", 0)],
)
def test_place_counts_by_commune_district_province(home: str, work: str, points: int) -> None:
    parts = {part.name: part.points for part in explain(seeker(commune=home), vacancy(commune=work), TODAY).parts}
    assert parts["place"] == points


@pytest.mark.parametrize(("abroad", "points"), [("7112", 15), ("7111", 8), ("7121", 4), ("7531", 0), (None, 0)])
def test_work_abroad_counts_by_how_near_its_group_is(abroad: str | None, points: int) -> None:
    parts = {part.name: part.points for part in explain(seeker(occupation=abroad), vacancy(), TODAY).parts}
    assert parts["occupation"] == points


def test_a_night_wish_is_a_question_to_the_employer_and_no_filter() -> None:
    found = explain(seeker(limits=("no-night-work",)), vacancy(), TODAY)
    assert (found.fits, found.ask) == (True, ("no-night-work",))


@given(skill_sets, vacancies)
def test_wishes_rule_out_the_same_vacancies_from_either_side(skills: tuple[str, ...], what: Vacancy) -> None:
    for wish in matching.DEMANDS:
        demand = matching.DEMANDS[wish]
        ruled_out = what.occupation in demand.occupations or bool(demand.skills & set(what.skills))
        assert (wish in matching.excluding_wishes(what)) == ruled_out


def test_the_consent_s_last_day_counts() -> None:
    assert explain(seeker(consent_until=TODAY), vacancy(closes=TODAY), TODAY).fits
