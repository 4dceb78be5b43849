"""Facts that employment owns: vacancies, matches and placements."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.events.envelope import Code, Commune, Contract, Id, Occupation, contract

Codes = Annotated[tuple[Code, ...], Field(max_length=50)]


@contract("employment", "vacancy-opened", topic="employment.vacancies")
class VacancyOpened(Contract):
    """An employer opened a vacancy; the subject is the vacancy."""

    employer: Code
    occupation: Occupation
    skills: Codes = Field(default=(), description="skills the work needs")
    commune: Commune
    seats: int = Field(ge=1, le=10_000)
    wage_usd: int | None = Field(default=None, ge=0, le=100_000, description="US dollars a month")
    closes: date | None = None


class MatchFact(Contract):
    """What every fact about a match carries; the subject is the person."""

    match: Id
    vacancy: Id


class Reason(Contract):
    """One named part of a score; the parts add up to the score."""

    name: Code
    points: int = Field(ge=-100, le=100)


@contract("employment", "match-proposed")
class MatchProposed(MatchFact):
    """A person and a vacancy were found to fit; people decide."""

    occupation: Occupation
    commune: Commune
    score: int = Field(ge=0, le=100)
    reasons: Annotated[tuple[Reason, ...], Field(max_length=20)] = ()
    missing: Codes = Field(default=(), description="skills that the work needs and the person has not recognised yet")
    rules: Code = Field(description="version of the matching rules")


@contract("employment", "match-accepted")
class MatchAccepted(MatchFact):
    """The person accepted the proposal."""


@contract("employment", "match-declined")
class MatchDeclined(MatchFact):
    """The person declined the proposal."""

    reason: Code


@contract("employment", "placement-confirmed")
class PlacementConfirmed(MatchFact):
    """The employer confirmed that the person starts work."""

    employer: Code
    occupation: Occupation
    commune: Commune
    starts: date
    engagement: Code = Field(default="employee", description="employee or self-employed")
