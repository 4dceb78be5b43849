"""What each service must hold before others' events of the stories mean anything to it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from services.employment.domain.model import Vacancy, vacancy_id
from services.employment.domain.vacancies import open_vacancy
from services.intake.domain.model import Referral
from services.training.domain.model import Course
from shared.kinds import Decision
from shared.service import Running
from shared.work import Cause, new_id
from tests.faults.stories import CROWDED, EMPLOYER, STARTS, TRADES, VACANCIES, Story

SEATS: Final = 4
"""Of the crowded course: fewer than there are persons for it."""
OPENED: Final = datetime(2026, 1, 2, tzinfo=UTC)


async def seed_intake(running: Running, told: Sequence[Story]) -> None:
    """Every person with cases, plans and referrals, and the facts that intake recorded of its own."""
    async with running.unit([story.person for story in told]) as work:
        codes = [row.code for story in told for row in story.seed.values() if isinstance(row, Referral)]
        await work.connection.execute("insert into referral_code select unnest($1::text[])", codes)
        for story in told:
            work.apply(Decision(list(story.seed.values()), story.commanded), Cause(new_id()))


async def seed_training(running: Running, _: Sequence[Story]) -> None:
    """The catalogue: seats enough, but for the crowded course; sewing is closed."""
    courses = {course: skills for course, (*_, skills) in TRADES.items()} | {CROWDED: ("khmer-literacy",)}
    async with running.unit(()) as work:
        offered = [
            Course(
                course,
                f"provider-{course}",
                course,
                course,
                None,
                skills,
                seats=SEATS if course == CROWDED else 1_000,
                taken=0,
                starts=STARTS,
                closed=course == "sewing-a",
            )
            for course, skills in courses.items()
        ]
        work.apply(Decision(offered), Cause(new_id()))


async def seed_employment(running: Running, _: Sequence[Story]) -> None:
    """A few vacancies, fewer than one person may be told of."""
    vacancies = [
        Vacancy(vacancy_id(EMPLOYER, number), EMPLOYER, number, occupation, skills, commune, 20, 0, None, None, OPENED)
        for number, occupation, skills, commune in VACANCIES
    ]
    async with running.unit([vacancy.vacancy for vacancy in vacancies]) as work:
        for vacancy in vacancies:
            work.apply(open_vacancy(None, vacancy, work.working.now), Cause(new_id()))


async def seed_notifications(_: Running, __: Sequence[Story]) -> None:
    """Nothing: it makes a row for whoever it first hears of."""


SEEDS: Final[Mapping[str, Callable[[Running, Sequence[Story]], Awaitable[None]]]] = {
    "intake": seed_intake,
    "training": seed_training,
    "employment": seed_employment,
    "notifications": seed_notifications,
}
