"""The case plan as it is shown."""

from datetime import date

from pydantic import BaseModel, Field


class GoalView(BaseModel):
    """A goal; `text` is in the words in which it was agreed."""

    goal: str
    area: str
    text: str | None
    services: list[str]
    due_on: date
    state: str
    changed_on: date | None


class CasePlanView(BaseModel):
    """Goals and how far their approval is; `state` is `none` before the first goal."""

    case: str
    state: str
    allowed: list[str] = Field(description="states that may follow")
    revision: int
    approve_by: date
    late: bool
    given: str | None
    agreed_on: date | None
    decided_on: date | None
    reason: str | None
    goals: list[GoalView]
