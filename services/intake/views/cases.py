"""A case as it is shown."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from services.intake.texts import Sentence
from services.intake.views.referrals import ReferralView


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
    commune: str | None
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
    commune_origin: str | None
    return_kind: str | None
    country: str | None = Field(description="where she worked")
    work_years: int | None
    unpaid_wages_usd: int | None
    broker: str | None
    debt_monthly_usd: int | None
    schooling: str | None
    documents_held: list[str] | None
    vulnerabilities: list[str] | None
    flags: dict[str, dict[str, str | None]] | None = Field(description="what the centre's lead is to look at, by code")
    version: int = Field(description="an edit names it")
