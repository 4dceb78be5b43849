"""What intake shows: the shapes of its answers."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from services.intake.texts import Sentence


class ReferralView(BaseModel):
    """A referral as its office sees it, without anything of the person but the code she carries."""

    code: str
    kind: str
    state: str
    provider: str | None
    course: str | None
    scheme: str | None
    occupation: str | None
    priority: str
    requested_on: date
    changed_on: date
    reason: str | None
    outcome: str | None


class EvaluationView(BaseModel):
    """What a scheme's rule said; `outcome` is eligible, not-eligible or unknown."""

    scheme: str
    rule: str
    outcome: str
    why: Sentence
    missing: list[str]
    evaluated_at: datetime


class PlanView(BaseModel):
    """The plan; `unmet` tells of each service that is needed and not in it why not."""

    plan: str
    rules: str
    services: list[str]
    unmet: dict[str, Sentence]
    agreed_on: date


class CaseView(BaseModel):
    """A case with everything but who the person is."""

    case: str
    person: str
    centre: str
    state: str
    registered_on: date
    commune: str
    return_date: date | None
    border_point: str | None
    sector: str | None
    occupation: str | None
    skills_claimed: list[str]
    id_missing_reason: str | None
    debt_usd: int | None
    needs: list[str] | None
    placement: dict[str, Any] | None
    closing: str | None
    closed_on: date | None
    plan: PlanView | None
    referrals: list[ReferralView]
    evaluations: list[EvaluationView]


class IdentityView(BaseModel):
    """Who the person is."""

    name_km: str | None
    name_latin: str | None
    birth_date: date | None
    phone: str | None
    phone_owner: str | None
    id_number: str | None
    note: str | None


class PersonView(BaseModel):
    """A person for her own counsellors: who she is, how she is reached, what she agrees to, what she can."""

    person: str
    centre: str
    sex: str
    channel: str
    language: str
    consents: dict[str, dict[str, str | None]]
    skills: list[str] = Field(description="recognised, by course or assessment")
    cases: list[str] = Field(description="the latest first")
    identity: IdentityView


class OfferView(BaseModel):
    """A course that may be referred to."""

    course: str
    provider: str
    title_en: str
    title_km: str
    sector: str | None
    occupation: str | None
    province: str | None
    skills: list[str]
    closed: bool


class SheetRow(BaseModel):
    """One person referred to a provider."""

    code: str
    kind: str
    course: str
    requested_on: date


class Event(BaseModel):
    """A fact about the person, of this service or another."""

    id: str
    owner: str
    fact: str
    type: str
    sequence: int
    time: datetime
    case: str | None
    correlation: str
    causation: str | None
    data: dict[str, Any]


class Timeline(BaseModel):
    """What happened to a person, effects behind their causes, otherwise by the time recorded."""

    person: str
    events: list[Event]


class CentreCounts(BaseModel):
    """A centre's cases by what was reached, and its referrals by kind and state.

    `referrals` has for each kind how many were made, and how many are in each state now.
    """

    centre: str
    registered: int
    assessed: int
    planned: int
    placed: int
    closed: int
    referrals: dict[str, dict[str, int]] = Field(default={})


class Counts(BaseModel):
    """By centre; and, for who sees every centre, the events recorded here and heard of others, by type."""

    centres: list[CentreCounts]
    recorded: dict[str, int]
    heard: dict[str, int]
