"""Courses as they are shown."""

from pydantic import BaseModel


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
