"""Bodies about a case."""

from typing import Annotated

from pydantic import Field

from services.intake.requests.fields import Body, Closing, Need


class AssessedNeeds(Body):
    """Everything the person needs, as assessed now; it replaces what was assessed before."""

    needs: Annotated[list[Need], Field(max_length=40)]


class CaseClosing(Body):
    """Why the case ends."""

    reason: Closing
