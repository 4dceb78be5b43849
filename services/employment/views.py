"""How employment's API shows what it knows: every code with the words that people read for it."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from services.employment.domain import matching
from services.employment.domain.matching import Explanation
from services.employment.domain.model import Match, Seeker, Vacancy
from services.employment.texts import texts, wish
from shared import reference
from shared.events.envelope import Code, Id


class Named(BaseModel):
    """A code with what a person reads for it."""

    code: str
    en: str
    km: str


class Lacking(Named):
    """A skill that the work needs and the person has not recognised."""

    short_course: bool = Field(description="a course of some weeks can teach it")


class ScorePart(Named):
    """A named part of a score; the parts add up to it."""

    points: int
    most: int


class Opening(BaseModel):
    """A vacancy, with how many of its places are free."""

    vacancy: Id
    employer: Code
    vacancy_no: str
    occupation: Named
    skills: list[Named]
    commune: Named
    seats: int
    free: int
    wage_usd: int | None
    closes: date | None
    opened_at: datetime


class Openings(BaseModel):
    """Vacancies in order of their ids; `after` is what to ask for the next ones with, absent at the end."""

    vacancies: list[Opening]
    after: Id | None = None


class Proposal(BaseModel):
    """A match, as it was proposed and what became of it."""

    match: Id
    person: Id
    vacancy: Id
    caseid: Id | None
    state: Code
    score: int
    parts: list[ScorePart]
    missing: list[Lacking]
    rules: Code
    proposed_at: datetime
    reason: Named | None
    starts: date | None
    engagement: Code | None


class Proposals(BaseModel):
    """Matches, the best first."""

    matches: list[Proposal]


class Profile(Proposals):
    """A person as matching sees her, and her matches; `against` is what keeps her from any vacancy now."""

    person: Id
    commune: Named | None
    occupation: Named | None
    skills: list[Named]
    wishes: list[Named]
    against: list[Named]


class Explained(BaseModel):
    """Why a pair fits or not. The score tells how near they come even where a filter is against it."""

    person: Id
    vacancy: Id
    state: Code | None = Field(description="of the match, where it was proposed before")
    fits: bool
    against: list[Named] = Field(description="each hard filter that rules the pair out")
    score: int
    parts: list[ScorePart]
    shared: list[Named]
    missing: list[Lacking]
    ask: list[Named] = Field(description="wishes that only the employer can answer for")
    rules: Code


class Counts(BaseModel):
    """Whole numbers over all centres and employers; `matches` and `persons` by state of the match."""

    vacancies: int
    open_vacancies: int
    seats: int
    seats_taken: int
    seekers: int
    seekers_with_case: int
    seekers_placed: int
    matches: dict[str, int]
    persons: dict[str, int]


def named(kind: reference.Kind, code: str) -> Named:
    return Named(code=code, en=reference.title(kind, code, "en"), km=reference.title(kind, code, "km"))


def lacking(skill: str) -> Lacking:
    known = reference.skills().get(skill)
    return Lacking(**dict(named("skills", skill)), short_course=known is not None and known.short_course)


def wished(code: str) -> Named:
    return Named(code=code, **wish(code)._asdict())


def filtered(name: str) -> Named:
    return Named(code=name, **texts("filter")[name]._asdict())


def scored(name: str, points: int, most: int) -> ScorePart:
    return ScorePart(code=name, **texts("part")[name]._asdict(), points=points, most=most)


def opening(vacancy: Vacancy) -> Opening:
    return Opening(
        **{name: getattr(vacancy, name) for name in ("vacancy", "employer", "vacancy_no", "seats", "wage_usd")},
        occupation=named("occupations", vacancy.occupation),
        skills=[named("skills", skill) for skill in vacancy.skills],
        commune=named("communes", vacancy.commune),
        free=vacancy.free,
        closes=vacancy.closes,
        opened_at=vacancy.opened_at,
    )


def proposal(match: Match) -> Proposal:
    shown = match._asdict() | {
        "parts": [scored(name, points, matching.MOST[name]) for name, points in match.parts],
        "missing": [lacking(skill) for skill in match.missing],
        "reason": None if match.reason is None else named("decline", match.reason),
    }
    return Proposal(**shown)


def explained(seeker: Seeker, vacancy: Vacancy, found: Explanation, state: str | None) -> Explained:
    return Explained(
        person=seeker.person,
        vacancy=vacancy.vacancy,
        state=state,
        fits=found.fits,
        against=[filtered(name) for name in found.against],
        score=found.score,
        parts=[scored(*part) for part in found.parts],
        shared=[named("skills", skill) for skill in found.shared],
        missing=[lacking(skill) for skill in found.missing],
        ask=[wished(code) for code in found.ask],
        rules=found.rules,
    )
