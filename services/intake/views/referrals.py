"""Referrals as they are shown."""

from datetime import date

from pydantic import BaseModel


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


class SheetRow(BaseModel):
    """One person referred to a provider."""

    code: str
    kind: str
    course: str
    requested_on: date
