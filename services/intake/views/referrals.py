"""Referrals as they are shown."""

from datetime import date, datetime

from pydantic import BaseModel, Field


class ReferralView(BaseModel):
    """A referral without anything of the person but the code she carries: all that an office sees before it accepts."""

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
    due_at: datetime | None = Field(default=None, description="by when the office is to answer, while it has not")
    reminded: int = Field(default=0, description="reminders that the office got")
    escalated: str | None = Field(default=None, description="for the centre: why its lead has to see to it")
    number: int = Field(default=1, description="for the centre: the place in the chain of providers asked, from 1")
    rerouted_from: str | None = Field(default=None, description="for the centre: code of the referral before")
    rerouted_to: str | None = Field(default=None, description="for the centre: code of the referral after")


class ListedReferral(ReferralView):
    """A referral on a centre's list, with its case."""

    case: str


class ReferredPerson(BaseModel):
    """What an office that accepted a referral needs to know of the person, and nothing more."""

    code: str
    name_km: str | None
    name_latin: str | None
    phone: str | None
    phone_owner: str | None = Field(description="self, family or neighbour: whose phone it is")
    language: str
    commune: str | None


class SheetRow(BaseModel):
    """One person referred to a provider."""

    code: str
    kind: str
    course: str
    requested_on: date
