"""A person as her centre sees her."""

from datetime import date

from pydantic import BaseModel, Field


class MemberView(BaseModel):
    """Somebody the person lives with."""

    member: str
    relation: str
    name: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    birth_precision: str | None = None
    needs: list[str] = []


class IdentityView(BaseModel):
    """Who the person is."""

    name_km: str | None
    name_latin: str | None
    birth_date: date | None
    phone: str | None
    phone_owner: str | None
    id_number: str | None
    note: str | None
    birth_precision: str | None
    address: str | None
    idpoor_level: str | None
    idpoor_until: date | None
    outside_ids: dict[str, str] = Field(description="numbers that other offices gave her, by kind")
    household: list[MemberView]


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
    version: int = Field(description="an edit names it")
    missing: list[str] = Field(description="fields of a whole registration that nobody has filled in yet")
