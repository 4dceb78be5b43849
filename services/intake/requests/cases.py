"""Bodies about a case."""

from typing import Annotated

from pydantic import Field

from services.intake.requests.fields import BasedOn, Body, Closing, Need


class AssessedNeeds(Body):
    """Everything the person needs, as assessed now; it replaces what was assessed before."""

    needs: Annotated[list[Need], Field(max_length=40)]
    based_on: BasedOn | None = Field(default=None, description="the case's version when she was asked, if known")


class CaseClosing(Body):
    """Why the case ends."""

    reason: Closing
