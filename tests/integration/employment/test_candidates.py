"""What PostgreSQL finds by index is what the rules of matching would choose among all pairs."""

import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from services.employment import candidates
from services.employment.candidates import BEST_SEEKERS, BEST_VACANCIES, KNOWN, find_seekers, find_vacancies
from services.employment.domain.matching import WISHES, explain
from services.employment.domain.model import DECLINED, PROPOSED, Match, Seeker, Vacancy, match_id, vacancy_id
from services.employment.domain.proposing import BEST, PAGE, Page, tie
from services.employment.storage import MATCHES, SEEKERS, VACANCIES
from shared.database import Connection, Database
from shared.kinds import Timer, Working
from shared.local_time import day
from shared.work import new_id, utc_now

NOW = utc_now()
TODAY = day(NOW)
SKILLS = ("bricklaying", "plastering", "scaffolding", "machine-sewing", "house-wiring", "teamwork")
COMMUNES = ("150101", "150102", "150201", "130101", "220101")
OCCUPATIONS = ("7112", "7111", "7121", "9313", "7531")


def crowd(chance: random.Random) -> tuple[list[Seeker], list[Vacancy], list[Match]]:
    """Seekers and vacancies of every kind, some of whom met before."""

    def some(codes: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(codes, chance.randint(0, most))))

    def near() -> timedelta:
        return timedelta(days=chance.randint(-1, 1))

    seekers = [
        Seeker(
            new_id(),
            cases=(new_id(),) if chance.random() < 0.9 else (),
            commune=chance.choice((*COMMUNES, None)),
            occupation=chance.choice((*OCCUPATIONS, None)),
            skills=some(SKILLS, 4),
            limits=some(tuple(sorted(WISHES)), 1) if chance.random() < 0.4 else (),
            assessed=some(tuple(sorted(WISHES)), 2) if chance.random() < 0.2 else (),
            consent=chance.random() < 0.9,
            consent_until=TODAY + near() if chance.random() < 0.3 else None,
            seeking=chance.random() < 0.95,
            accepted=new_id() if chance.random() < 0.05 else None,
            placed=chance.random() < 0.05,
        )
        for _ in range(300)
    ]
    vacancies = []
    for number in range(60):
        seats = chance.randint(1, 5)
        vacancies.append(
            Vacancy(
                vacancy_id("lotus-works", str(number)),
                "lotus-works",
                str(number),
                chance.choice(OCCUPATIONS),
                tuple(chance.sample(SKILLS, chance.randint(0, 4))),
                chance.choice(COMMUNES),
                seats,
                chance.choice((0, 0, 1, seats)),
                None,
                TODAY + near() if chance.random() < 0.4 else None,
                NOW,
            )
        )
    matches = [
        Match(match_id(s.person, v.vacancy), s.person, v.vacancy, None, state, 1, (), (), "matching-1", NOW)
        for s in chance.sample(seekers, 120)
        for v, state in zip(chance.sample(vacancies, 2), (PROPOSED, DECLINED), strict=True)
    ]
    return seekers, vacancies, matches


@pytest.fixture
async def connection(database_of: Callable[[str], Awaitable[str]]) -> AsyncIterator[Connection]:
    database = Database(await database_of("employment"), 1, "candidates")
    async with database.connection() as connection:
        yield connection
    await database.close()


def timer(number: int, subject: str) -> Timer:
    return Timer(number, "a timer", subject, NOW, None, subject, None, None, 0, {})


async def held(
    connection: Connection, seekers: list[Seeker], vacancies: list[Vacancy], matches: list[Match]
) -> Working:
    """These rows in the tables, and the seekers in a working set."""
    await SEEKERS.load(connection, sorted(seeker.person for seeker in seekers))  # makes the rows that are saved next
    for statement, columns in (SEEKERS.written(seekers), VACANCIES.written(vacancies), MATCHES.written(matches)):
        await connection.execute(statement, *columns)
    working = Working(NOW)
    working._held[SEEKERS] = await SEEKERS.load(connection, sorted(seeker.person for seeker in seekers))
    assert working._held[SEEKERS] == {seeker.person: seeker for seeker in seekers}
    return working


@pytest.mark.parametrize("seed", range(3))
async def test_a_person_is_given_her_best_of_all_vacancies(
    connection: Connection, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seekers, vacancies, matches = crowd(random.Random(seed))
    monkeypatch.setattr(candidates, "PERSONS_AT_A_TIME", len(seekers))
    working = await held(connection, seekers, vacancies, matches)
    await find_vacancies(connection, [timer(n, s.person) for n, s in enumerate(seekers)], working)

    declined = {(match.person, match.vacancy) for match in matches if match.state == DECLINED}
    found = working.facts[BEST_VACANCIES]
    for seeker in seekers:
        fitting = [
            (-explained.score, tie(seeker.person, vacancy.vacancy), vacancy)
            for vacancy in vacancies
            if (explained := explain(seeker, vacancy, TODAY)).fits and (seeker.person, vacancy.vacancy) not in declined
        ]
        assert found.get(seeker.person, []) == [vacancy for *_, vacancy in sorted(fitting)[:BEST]]
    assert sum(map(len, found.values())) > 100

    open_ones = {v.vacancy for v in vacancies if v.free and not v.is_closed(TODAY)}
    for person, known in working.facts[KNOWN].items():
        mine = {match.vacancy: match.state for match in matches if match.person == person}
        assert {vacancy: each.state for vacancy, each in known.items()} == mine
        assert all(each.waits == (each.state == PROPOSED and v in open_ones) for v, each in known.items())


@pytest.mark.parametrize("seed", range(3))
async def test_a_vacancy_is_given_the_persons_who_fit_it_best_a_page_after_the_other(
    connection: Connection, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seekers, vacancies, matches = crowd(random.Random(seed))
    vacancies = [vacancy for vacancy in vacancies if vacancy.free and not vacancy.is_closed(TODAY)]
    monkeypatch.setattr(candidates, "VACANCIES_AT_A_TIME", len(vacancies))
    monkeypatch.setattr(candidates, "PAGE", 7)
    working = await held(connection, seekers, vacancies, matches)

    met = {(match.person, match.vacancy) for match in matches}
    wanted = {
        vacancy.vacancy: sorted(
            (-explained.score, seeker.person)
            for seeker in seekers
            if (explained := explain(seeker, vacancy, TODAY)).fits and (seeker.person, vacancy.vacancy) not in met
        )
        for vacancy in vacancies
    }
    told: dict[str, list[tuple[int, str]]] = {vacancy.vacancy: [] for vacancy in vacancies}
    timers = [timer(n, vacancy.vacancy) for n, vacancy in enumerate(vacancies)]
    while timers:
        await find_seekers(connection, timers, working)
        following = []
        for each in timers:
            page = working.facts[BEST_SEEKERS][each.number]
            told[each.subject] += [(-candidate.score, candidate.person) for candidate in page]
            if len(page) == 7:
                last = Page(len(told[each.subject]), page[-1].score, page[-1].person)
                following.append(each._replace(data=last._asdict()))
        timers = following
    assert told == wanted
    assert sum(map(len, told.values())) > 500


MANY_SEEKERS = """
insert into seeker (person, cases, commune, occupation, skills, consent)
select gen_random_uuid(), '["c"]', '150101', (7000 + n % 200)::text, jsonb_build_array('skill-' || n % 200), true
from generate_series(1, 5000) as n
"""
MANY_VACANCIES = """
insert into vacancy (vacancy, employer, vacancy_no, occupation, skills, commune, seats, opened_at)
select gen_random_uuid(), 'lotus-works', n::text, (7000 + n % 200)::text,
       case when n % 10 = 0 then '[]' else jsonb_build_array('skill-' || n % 200) end, '150101', 10, now()
from generate_series(1, 5000) as n
"""
MANY_MATCHES = """
insert into match (match, person, vacancy, state, score, parts, missing, rules, proposed_at)
select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'proposed', 50, '[]', '[]', 'matching-1', now()
from generate_series(1, 5000) as n
"""


async def test_both_look_ups_go_by_index(connection: Connection) -> None:
    """Also on tables of a size at which reading them whole would still be quick."""
    for statement in (MANY_SEEKERS, MANY_VACANCIES, MANY_MATCHES, "analyze", "set enable_seqscan = off"):
        await connection.execute(statement)
    someone = await connection.fetchval("select person::text from seeker limit 1")
    something = await connection.fetchval("select vacancy::text from vacancy limit 1")

    used = await plan(connection, candidates.FIND_VACANCIES, [someone], TODAY, BEST, DECLINED)
    assert {"vacancy_skills", "vacancy_occupation", "seeker_pkey"} <= used
    page = Page()
    used = await plan(connection, candidates.FIND_SEEKERS, [1], [something], [page.score], [page.person], TODAY, PAGE)
    assert {"seeker_skills", "seeker_occupation", "vacancy_pkey"} <= used


async def plan(connection: Connection, sql: str, *parameters: object) -> set[str]:
    """The indexes that PostgreSQL goes by."""
    lines = [row[0] for row in await connection.fetch("explain " + sql, *parameters)]
    found = [re.search(r"(?:Bitmap Index Scan on|Scan using) (\w+)", line) for line in lines]
    return {match[1] for match in found if match}
