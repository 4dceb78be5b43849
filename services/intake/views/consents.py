"""Consents as they are shown."""

from datetime import date, datetime

from pydantic import BaseModel, Field


class EndView(BaseModel):
    """How a consent ended, and which services have confirmed that nothing rests on it any more."""

    how: str = Field(description="withdrawn, expired, or replaced by a later one")
    at: datetime
    waiting: list[str] = Field(description="services that have not confirmed")
    confirmed: dict[str, datetime] = Field(description="when the others did")
    confirm_by: datetime | None
    late: bool


class ConsentView(BaseModel):
    """One consent; `ended` is null while it holds."""

    consent: str
    purpose: str
    text_version: str
    given: str = Field(description="signed, or spoken before a witness")
    given_at: datetime | None = Field(description="null for one given before this was kept")
    expires: date | None
    witness: str | None
    ended: EndView | None


class UnconfirmedView(BaseModel):
    """A consent that ended, and who has not confirmed it."""

    consent: str
    person: str
    centre: str
    purpose: str
    how: str
    ended_at: datetime
    waiting: list[str]
    confirm_by: datetime
    late: bool
