"""Offices as they are shown."""

from pydantic import BaseModel, Field


class OfficeView(BaseModel):
    """An office of the directory; it serves everybody where it names neither provinces nor districts."""

    office: str
    kinds: list[str]
    provinces: list[str]
    districts: list[str]
    capacity: int | None
    title_en: str
    title_km: str
    closed: bool
    open: int = Field(description="referrals that it has open now")
