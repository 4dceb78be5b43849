"""Transfers as the two centres see them, and persons that were found."""

from datetime import date, datetime

from pydantic import BaseModel, Field


class TransferView(BaseModel):
    """A transfer; of the person no more than her id and where she lives, until it is accepted."""

    transfer: str
    person: str
    from_centre: str
    to_centre: str
    state: str
    reason: str
    requested_at: datetime
    outcome: str | None
    settled_at: datetime | None
    commune: str | None = Field(description="where she lives, of her latest case")
    open_cases: int


class Found(BaseModel):
    """Somebody of the asker's centre."""

    person: str
    case: str = Field(description="the latest")
    state: str = Field(description="of that case")
    registered_on: date
    commune: str | None
    sex: str | None
    name_km: str | None
    name_latin: str | None
    birth_date: date | None
    birth_precision: str | None
