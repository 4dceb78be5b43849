"""Bodies of offers."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.intake.requests.fields import Body, Province, Sector, Skill
from shared.commands import MOST_ROWS
from shared.events.envelope import Code, Occupation


class NewOffer(BaseModel):
    """A course as its provider offers it; what training alone needs of a course is passed over."""

    course: Code
    provider: Code
    title_en: Annotated[str, Field(min_length=1, max_length=200)]
    title_km: Annotated[str, Field(min_length=1, max_length=200)]
    sector: Sector | None = Field(default=None, description="by default that of its skills or occupation")
    occupation: Occupation | None = None
    province: Province | None = Field(default=None, description="two digits; absent where it is offered everywhere")
    skills: Annotated[list[Skill], Field(max_length=40)] = []
    closed: bool = False


class NewOffers(Body):
    """Courses that may be referred to; each replaces what was offered under its code."""

    offers: Annotated[list[NewOffer], Field(min_length=1, max_length=MOST_ROWS)]
