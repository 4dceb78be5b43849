"""A person as her centre sees her."""

from datetime import date

from pydantic import BaseModel, Field


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
    sex: str | None
    channel: str
    language: str
    consents: dict[str, dict[str, str | None]]
    skills: list[str] = Field(description="recognised, by course or assessment")
    cases: list[str] = Field(description="the latest first")
    identity: IdentityView
