"""Who fits which vacancy, how well, and why not: hard filters first, then named parts that add up to the score.

The rules have a version, which every proposal carries. Same input, same answer. Weights and tables are this project's
own judgement, to be confirmed by the employment service; a change of any of them is a new version.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from services.employment.domain.model import Seeker, Vacancy

RULES: Final = "matching-1"

SKILLS_MOST: Final = 60
"""Points for all skills that the work needs; for some of them their share, rounded down."""
SKILLS_NONE_NEEDED: Final = 30
"""Points where the vacancy names no skill: half, since nothing is known to be lacking, and nothing to be there."""

PLACE: Final[tuple[tuple[int, int], ...]] = ((6, 25), (4, 20), (2, 12))
"""Points where home and work lie in one commune, district, province: (leading digits of the code, points)."""

OCCUPATION: Final[tuple[tuple[int, int], ...]] = ((4, 15), (3, 8), (2, 4))
"""Points for work abroad in the same unit, minor, sub-major group of ISCO-08: (leading digits, points)."""

NEAR_HOME: Final = "near-home"
"""The wish for work in one's own district."""
NEAR_HOME_DIGITS: Final = 4


FILTERS: Final = (
    "no-open-case",
    "no-consent",
    "not-seeking",
    "placed",
    "accepted-another",
    "vacancy-closed",
    "vacancy-full",
    "no-skill-in-common",
    "far-from-home",
    "unwanted-work",
)
"""The hard filters, each by what it says of a pair that it rules out; the first five look at the person alone."""


class Demand(NamedTuple):
    """What puts a vacancy among a kind of work: its occupation (ISCO-08 unit group), or a skill that it needs."""

    occupations: frozenset[str]
    skills: frozenset[str]


DEMANDS: Final[Mapping[str, Demand]] = {
    "no-lifting": Demand(
        frozenset({"7112", "7114", "9211", "9212", "9213", "9216", "9312", "9313", "9333"}),
        frozenset({"bricklaying", "concrete-work", "steel-bar-fixing", "warehouse-handling"}),
    ),
    "no-heights": Demand(
        frozenset({"7111", "7115", "7119", "7121", "7131", "7413"}),
        frozenset({"scaffolding", "roofing", "solar-panel-installation"}),
    ),
}
"""Which vacancies each wish rules out. A wish that is not here (work at night) cannot be told from a vacancy: it is
named in the explanation as a question to the employer."""

WISHES: Final = frozenset({NEAR_HOME, "no-night-work", *DEMANDS})
"""The wishes that an assessment of needs can find."""


MOST: Final[Mapping[str, int]] = {"skills": SKILLS_MOST, "place": PLACE[0][1], "occupation": OCCUPATION[0][1]}
"""The most that each part can give, 100 in all."""


class Part(NamedTuple):
    """A named part of a score, with the most that it can give."""

    name: str
    points: int
    most: int


class Explanation(NamedTuple):
    """A pair of person and vacancy, explained.

    `against` are the filters that rule the pair out, all of them; `shared` and `missing` are the skills that the work
    needs and the person has, or has not, recognised; `ask` are wishes that only the employer can answer for.
    """

    rules: str
    against: tuple[str, ...]
    parts: tuple[Part, ...]
    shared: tuple[str, ...]
    missing: tuple[str, ...]
    ask: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.against

    @property
    def score(self) -> int:
        """0 to 100; it ranks those that fit, and says how near others come."""
        return sum(part.points for part in self.parts)


def explain(seeker: Seeker, vacancy: Vacancy, today: date) -> Explanation:
    """Why this person is or is not proposed for this vacancy."""
    held = set(seeker.skills)
    return Explanation(
        RULES,
        (*standing(seeker, today), *_ruled_out(seeker, vacancy, today)),
        (
            Part("skills", _skills(seeker, vacancy), MOST["skills"]),
            Part("place", _nearness(seeker.commune, vacancy.commune, PLACE), MOST["place"]),
            Part("occupation", _nearness(seeker.occupation, vacancy.occupation, OCCUPATION), MOST["occupation"]),
        ),
        tuple(skill for skill in vacancy.skills if skill in held),
        tuple(skill for skill in vacancy.skills if skill not in held),
        tuple(wish for wish in seeker.wishes if wish != NEAR_HOME and wish not in DEMANDS),
    )


def standing(seeker: Seeker, today: date) -> tuple[str, ...]:
    """The filters that keep a person from any vacancy; empty where she can be proposed."""
    return tuple(_kept_back(seeker, today))


def excluded_work(wishes: Iterable[str]) -> Demand:
    """The occupations and skills of the vacancies that these wishes rule out."""
    found = [DEMANDS[wish] for wish in wishes if wish in DEMANDS]
    return Demand(
        frozenset().union(*(demand.occupations for demand in found)),
        frozenset().union(*(demand.skills for demand in found)),
    )


def excluding_wishes(vacancy: Vacancy) -> tuple[str, ...]:
    """The wishes that rule this vacancy out."""
    return tuple(
        wish
        for wish, demand in DEMANDS.items()
        if vacancy.occupation in demand.occupations or demand.skills.intersection(vacancy.skills)
    )


def _kept_back(seeker: Seeker, today: date) -> Iterator[str]:
    if not seeker.cases:
        yield "no-open-case"
    if not seeker.consent or (seeker.consent_until is not None and seeker.consent_until < today):
        yield "no-consent"
    if not seeker.seeking:
        yield "not-seeking"
    if seeker.placed:
        yield "placed"
    if seeker.accepted is not None:
        yield "accepted-another"


def _ruled_out(seeker: Seeker, vacancy: Vacancy, today: date) -> Iterator[str]:
    wishes = set(seeker.wishes)
    if vacancy.is_closed(today):
        yield "vacancy-closed"
    if vacancy.free <= 0:
        yield "vacancy-full"
    if not _has_common_ground(seeker, vacancy):
        yield "no-skill-in-common"
    if NEAR_HOME in wishes and (seeker.commune or "")[:NEAR_HOME_DIGITS] != vacancy.commune[:NEAR_HOME_DIGITS]:
        yield "far-from-home"
    if not wishes.isdisjoint(excluding_wishes(vacancy)):
        yield "unwanted-work"


def _has_common_ground(seeker: Seeker, vacancy: Vacancy) -> bool:
    """At least one recognised skill; where the vacancy names none, the same work abroad."""
    if vacancy.skills:
        return not set(vacancy.skills).isdisjoint(seeker.skills)
    return seeker.occupation == vacancy.occupation


def _skills(seeker: Seeker, vacancy: Vacancy) -> int:
    needed = set(vacancy.skills)
    return SKILLS_MOST * len(needed.intersection(seeker.skills)) // len(needed) if needed else SKILLS_NONE_NEEDED


def _nearness(own: str | None, other: str, tiers: tuple[tuple[int, int], ...]) -> int:
    """Points of the closest tier in which both codes begin alike; 0 where one is not known."""
    if own is None:
        return 0
    return next((points for digits, points in tiers if own[:digits] == other[:digits]), 0)
