"""Sessions, outreach contacts and legal matters as they are shown."""

from datetime import date

from pydantic import BaseModel, Field


class SessionView(BaseModel):
    """A talk that is agreed on, or was."""

    session: str
    kind: str
    mode: str
    planned_on: date
    state: str
    changed_on: date | None
    note: str | None


class OutreachView(BaseModel):
    """An attempt to reach the person."""

    outreach: str
    channel: str
    made_on: date
    outcome: str
    follow_up_on: date | None
    note: str | None


class StepView(BaseModel):
    """A step that was done."""

    step: str
    on: date
    note: str | None


class MatterView(BaseModel):
    """A legal matter, with every step that was done."""

    matter: str
    kind: str
    state: str
    allowed: list[str] = Field(description="steps that may follow")
    outcomes: list[str] = Field(description="how it can end from here")
    on: str = Field(description="who does the next step: counsellor, office, or nobody")
    next_on: date | None
    opened_on: date
    changed_on: date
    outcome: str | None
    steps: list[StepView]
