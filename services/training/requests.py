"""What training's commands are sent."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shared import reference, referral_codes
from shared.commands import MOST_ROWS
from shared.events.envelope import Code, Occupation

Skill = Annotated[str, Field(max_length=100), AfterValidator(lambda typed: reference.resolve("skills", typed))]
"""A code of the list of skills; its titles are understood as well."""
ReferralCode = Annotated[str, Field(max_length=40), AfterValidator(referral_codes.check)]
"""However it was typed; wrong check digits are refused."""
Cells = Annotated[dict[str, Annotated[str, Field(max_length=40_000)]], Field(max_length=100)]
"""A row's cells as typed, by the name of their column. One that is too long refuses its row, not the file."""


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewCourse(BaseModel):
    """A course as its provider offers it; what intake alone needs of a course (sector, province) is passed over."""

    course: Code
    provider: Code
    title_en: Annotated[str, Field(min_length=1, max_length=200)]
    title_km: Annotated[str, Field(min_length=1, max_length=200)]
    occupation: Occupation | None = None
    skills: Annotated[list[Skill], Field(min_length=1, max_length=40, description="what who passes has shown")]
    seats: Annotated[int, Field(ge=1, le=10_000)]
    starts: date | None = None
    closed: bool = False


class NewCourses(Body):
    """Courses offered, or offered otherwise than before."""

    courses: Annotated[list[NewCourse], Field(min_length=1, max_length=MOST_ROWS)]


class CompletionRow(Body):
    """A line of a file; `line` is told back with what became of it."""

    line: int = Field(ge=1, le=10_000_000)
    fields: Cells


class Completions(Body):
    """Lines of a provider's file, each taken or refused by itself."""

    rows: Annotated[list[CompletionRow], Field(min_length=1, max_length=MOST_ROWS)]


class Findings(Body):
    """What assessors found: skills the person is competent in, and those she is not yet."""

    occupation: Occupation | None = Field(default=None, description="by default that of the referral")
    competent: Annotated[list[Skill], Field(max_length=40)] = []
    gaps: Annotated[list[Skill], Field(max_length=40)] = []
