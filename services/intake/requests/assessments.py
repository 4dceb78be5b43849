"""Bodies of assessments."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.intake.requests.fields import Body
from shared import text
from shared.events.envelope import Code

LONGEST_NOTE = 4_000

Note = Annotated[str, Field(max_length=LONGEST_NOTE), AfterValidator(text.cell)]
"""Free text, kept in the identity store alone."""


class HeldAssessment(Body):
    """An interview as it was held: the choice made at each question; one that was not asked is left out, one that got
    no answer is `no-answer`."""

    moment: Literal["entry", "month-3", "month-6", "month-12", "extra"]
    questionnaire: Code = Field(description="version, see GET /questionnaires")
    answers: Annotated[dict[Code, Code], Field(max_length=200)]
    held_on: date | None = Field(default=None, description="today by default; the day on the paper form")
    note: Note | None = None
