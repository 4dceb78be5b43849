"""What is read of employment over HTTP: vacancies, a person's matches, why or why not, counts."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter

from services.employment import views
from services.employment.domain import matching
from services.employment.domain.model import Seeker, Vacancy, match_id
from services.employment.storage import (
    COUNT_MATCHES,
    COUNT_SEEKERS,
    COUNT_VACANCIES,
    LIST_VACANCIES,
    MATCHES,
    MATCHES_OF_PERSON,
    MATCHES_OF_VACANCY,
    ONE_MATCH,
    ONE_SEEKER,
    READ_VACANCIES,
    SEEKERS,
    VACANCIES,
    made,
)
from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYER, EMPLOYMENT_OFFICER, OPERATOR, Access, allow
from shared.commands import Query
from shared.events.envelope import Code, Id
from shared.local_time import day
from shared.rejections import Absent

allow(
    "employment",
    {
        "read-vacancies": (EMPLOYER, EMPLOYMENT_OFFICER, COUNSELLOR, CENTRE_LEAD),
        "read-candidates": (EMPLOYER, EMPLOYMENT_OFFICER),
        "read-person": (COUNSELLOR, CENTRE_LEAD, EMPLOYMENT_OFFICER),
        "explain-match": (COUNSELLOR, CENTRE_LEAD, EMPLOYMENT_OFFICER),
        "count": (EMPLOYMENT_OFFICER, OPERATOR),
    },
)

ROUTER = APIRouter(tags=["employment"])

MOST_SHOWN = 500
"""Rows of an answer. What is after them is asked for with the last one's id."""

ALL_STATES, FOR_EMPLOYERS = ("proposed", "accepted", "declined", "placed"), ("accepted", "placed")
"""An employer learns of persons who accepted, not of those who were only found to fit."""


@ROUTER.get("/vacancies", summary="Vacancies, of one's own or of all employers")
async def list_vacancies(
    query: Annotated[Query, Query.of("employment.read-vacancies")],
    employer: Annotated[Code | None, Parameter()] = None,
    free: Annotated[bool, Parameter(description="only those that are open and have a free place")] = False,
    after: Annotated[Id, Parameter(description="the last answer's `after`")] = "00000000-0000-0000-0000-000000000000",
    limit: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 100,
) -> views.Openings:
    own = _employer_of(query.access)
    if own is not None and employer not in (None, own):
        raise Absent
    today = day(query.running.clock())
    rows = await query.fetch(LIST_VACANCIES, own or employer, after, free, today, limit)
    found = [views.opening(made(VACANCIES, row)) for row in rows]
    return views.Openings(vacancies=found, after=found[-1].vacancy if len(found) == limit else None)


@ROUTER.get("/vacancies/{vacancy}", summary="One vacancy")
async def read_vacancy(vacancy: Id, query: Annotated[Query, Query.of("employment.read-vacancies")]) -> views.Opening:
    return views.opening(await _vacancy(query, vacancy))


@ROUTER.get("/vacancies/{vacancy}/matches", summary="Who accepted; the employment service also sees who may")
async def read_candidates(
    vacancy: Id, query: Annotated[Query, Query.of("employment.read-candidates")]
) -> views.Proposals:
    await _vacancy(query, vacancy)
    states = ALL_STATES if _employer_of(query.access) is None else FOR_EMPLOYERS
    rows = await query.fetch(MATCHES_OF_VACANCY, vacancy, states, MOST_SHOWN)
    return views.Proposals(matches=[views.proposal(made(MATCHES, row)) for row in rows])


@ROUTER.get("/persons/{person}/matches", summary="A person as matching sees her, and her matches")
async def read_person(person: Id, query: Annotated[Query, Query.of("employment.read-person")]) -> views.Profile:
    seeker = await _seeker(query, person)
    rows = await query.fetch(MATCHES_OF_PERSON, person, MOST_SHOWN)
    return views.Profile(
        person=person,
        commune=views.named("communes", seeker.commune) if seeker.commune else None,
        occupation=views.named("occupations", seeker.occupation) if seeker.occupation else None,
        skills=[views.named("skills", skill) for skill in seeker.skills],
        wishes=[views.wished(code) for code in seeker.wishes],
        against=[views.filtered(name) for name in matching.standing(seeker, day(query.running.clock()))],
        matches=[views.proposal(made(MATCHES, row)) for row in rows],
    )


@ROUTER.get("/matches/explanation", summary="Why a person is, or is not, proposed for a vacancy")
async def explain_match(
    person: Annotated[Id, Parameter()],
    vacancy: Annotated[Id, Parameter()],
    query: Annotated[Query, Query.of("employment.explain-match")],
) -> views.Explained:
    """Answered for any pair, by the rules as they are now and the facts as they are now."""
    seeker, opening = await _seeker(query, person), await _vacancy(query, vacancy)
    known = await query.fetch(ONE_MATCH, match_id(person, vacancy))
    found = matching.explain(seeker, opening, day(query.running.clock()))
    return views.explained(seeker, opening, found, made(MATCHES, known[0]).state if known else None)


@ROUTER.get("/matches/{match}", summary="One match")
async def read_match(match: Id, query: Annotated[Query, Query.of("employment.read-person")]) -> views.Proposal:
    rows = await query.fetch(ONE_MATCH, match)
    if not rows:
        raise Absent
    await _seeker(query, made(MATCHES, rows[0]).person)
    return views.proposal(made(MATCHES, rows[0]))


@ROUTER.get("/counts", summary="How many vacancies, job seekers and matches there are")
async def count(query: Annotated[Query, Query.of("employment.count")]) -> views.Counts:
    (vacancies,) = await query.fetch(COUNT_VACANCIES, day(query.running.clock()))
    (seekers,) = await query.fetch(COUNT_SEEKERS)
    states = await query.fetch(COUNT_MATCHES)
    return views.Counts(
        vacancies=vacancies[0],
        open_vacancies=vacancies[1],
        seats=vacancies[2],
        seats_taken=vacancies[3],
        seekers=seekers[0],
        seekers_with_case=seekers[1],
        seekers_placed=seekers[2],
        matches={row[0]: row[1] for row in states},
        persons={row[0]: row[2] for row in states},
    )


def require(access: Access, centres: Iterable[str], employer: str) -> None:
    """Raise Absent unless the principal reaches something of a person whom these centres registered and this employer.

    A person without a centre (nothing of her was heard from intake yet) is reached by those alone whom none binds.
    """
    if not any(access.covers(centre=centre, employer=employer) for centre in (*centres, None)):
        raise Absent


def _employer_of(access: Access) -> str | None:
    """The one employer whose vacancies she sees; None for all: a vacancy belongs to no centre."""
    bounds = access.bounds
    return bounds["employer"] if bounds is not None and set(bounds) == {"employer"} else None


async def _seeker(query: Query, person: str) -> Seeker:
    rows = await query.fetch(ONE_SEEKER, person)
    if not rows:
        raise Absent
    seeker = made(SEEKERS, rows[0])
    require(query.access, seeker.centres, "")
    return seeker


async def _vacancy(query: Query, vacancy: str) -> Vacancy:
    rows = await query.fetch(READ_VACANCIES, [vacancy])
    own = _employer_of(query.access)
    if not rows or (own is not None and made(VACANCIES, rows[0]).employer != own):
        raise Absent
    return made(VACANCIES, rows[0])
