"""Bodies of the case plan."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from services.intake.requests.casework import GoalArea, PlanReturn, ReferralKind
from services.intake.requests.fields import Body, Given
from shared import text
from shared.text import TextFault


class NewGoal(Body):
    """Something to reach, in the person's own words, by a day; `services` are kinds of referrals that serve it."""

    area: GoalArea
    text: Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(text.cell)]
    due_on: date
    services: list[ReferralKind] = Field(default_factory=list, max_length=10)


class NewGoals(Body):
    """Goals to add to the case plan."""

    goals: Annotated[list[NewGoal], Field(min_length=1, max_length=20)]


class GoalState(Body):
    """What became of a goal."""

    state: Literal["reached", "dropped"]


class Agreement(Body):
    """How the returnee agreed to her plan."""

    given: Given


class PlanDecision(Body):
    """What the centre's lead says."""

    decision: Literal["approve", "return"]
    reason: PlanReturn | None = Field(default=None, description="of a return")

    @model_validator(mode="after")
    def _a_reason_to_return(self) -> Self:
        if (self.decision == "return") != (self.reason is not None):
            raise TextFault("required" if self.reason is None else "contradiction")
        return self
