"""Made-up seekers and vacancies, few enough codes that they often meet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from services.employment.domain.matching import WISHES
from services.employment.domain.model import Seeker, Vacancy, vacancy_id
from shared.local_time import day

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = day(NOW)

SKILLS = ("bricklaying", "scaffolding", "machine-sewing", "house-wiring", "teamwork")
COMMUNES = ("150101", "150102", "150201", "130101", "220101")
OCCUPATIONS = ("7112", "7111", "7121", "9313", "7531", "8153")

skill_sets = st.sets(st.sampled_from(SKILLS)).map(lambda found: tuple(sorted(found)))
wishes = st.sets(st.sampled_from(sorted(WISHES))).map(lambda found: tuple(sorted(found)))
near_today = st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days))

seekers = st.builds(
    Seeker,
    person=st.uuids().map(str),
    cases=st.lists(st.uuids().map(str), max_size=2).map(tuple),
    centres=st.just(("pursat",)),
    commune=st.none() | st.sampled_from(COMMUNES),
    occupation=st.none() | st.sampled_from(OCCUPATIONS),
    skills=skill_sets,
    limits=wishes,
    assessed=wishes,
    consent=st.booleans(),
    consent_until=near_today,
    seeking=st.booleans(),
    accepted=st.none() | st.uuids().map(str),
    placed=st.booleans(),
)

ready = st.builds(
    Seeker,
    person=st.uuids().map(str),
    cases=st.uuids().map(lambda case: (str(case),)),
    centres=st.just(("pursat",)),
    commune=st.none() | st.sampled_from(COMMUNES),
    occupation=st.none() | st.sampled_from(OCCUPATIONS),
    skills=skill_sets,
    limits=wishes,
    consent=st.just(True),
)
"""Those whom nothing keeps from any vacancy."""


@st.composite
def _vacancies(draw: st.DrawFn) -> Vacancy:
    seats = draw(st.integers(1, 20))
    number = draw(st.integers(1, 10**9))
    return Vacancy(
        vacancy_id("lotus-works", str(number)),
        "lotus-works",
        str(number),
        draw(st.sampled_from(OCCUPATIONS)),
        draw(skill_sets),
        draw(st.sampled_from(COMMUNES)),
        seats,
        draw(st.integers(0, seats)),
        draw(st.none() | st.integers(100, 500)),
        draw(near_today),
        NOW,
    )


vacancies = _vacancies()


def vacancy(number: str = "7", **changed: Any) -> Vacancy:
    """A vacancy that is open, with the fields that matter to a test."""
    return Vacancy(
        vacancy_id("lotus-works", number),
        "lotus-works",
        number,
        "7112",
        ("bricklaying", "teamwork"),
        "150101",
        10,
        0,
        230,
        None,
        NOW,
    )._replace(**changed)


def seeker(person: str = "00000000-0000-7000-8000-000000000001", **changed: Any) -> Seeker:
    """A seeker who is ready for work, with the fields that matter to a test."""
    return Seeker(
        person,
        cases=("00000000-0000-7000-8000-0000000000c1",),
        centres=("pursat",),
        commune="150101",
        occupation="7112",
        skills=("bricklaying",),
        consent=True,
    )._replace(**changed)


LONG_AGO = date(2020, 1, 1)
