"""What was changed, what is in conflict, and what a lead is to look at."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field


class FieldChange(BaseModel):
    """A field's value before and after a change; null where there was none."""

    field: str
    before: Any
    after: Any


class ChangeView(BaseModel):
    """What made a record this version."""

    version: int
    device_time: datetime | None = Field(description="when it was written down, by the device's clock")
    time: datetime = Field(description="when it was recorded here")
    mine: bool = Field(description="whether the asker made it")
    fields: list[FieldChange]


class ConflictField(BaseModel):
    """What a field held when the edit was made, what it held when the edit arrived, and what the edit wants."""

    field: str
    before: Any
    kept: Any
    submitted: Any


class ConflictView(BaseModel):
    """A conflict for its submitter and the centre's lead."""

    conflict: str
    sort: str = Field(description="person, case, or request: one whose key was used for something else before")
    person: str | None
    record: str | None = Field(description="the person's or the case's id")
    version: int | None = Field(description="of the record now; a resolution names it")
    mine: bool = Field(description="whether the asker submitted it")
    device_time: datetime | None
    opened_at: datetime
    expires_at: datetime
    fields: list[ConflictField]
    request: dict[str, Any] | None = Field(description="method, path and body of a request")


class FlagView(BaseModel):
    """A case that the centre's lead is to look at."""

    case: str
    person: str
    flag: str
    raised_on: date
