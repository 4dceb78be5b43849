"""Bodies of sessions, outreach contacts and legal matters, and the codes that casework uses."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from services.intake.requests.assessments import Note
from services.intake.requests.fields import Body, Listed
from shared import reference
from shared.events.envelope import Code
from shared.text import TextFault


def _listed(name: reference.List) -> Listed:
    return Listed(name, tuple(reference.codes(name)))


GoalArea = Annotated[str, _listed("goal-area")]

PlanReturn = Annotated[str, _listed("plan-return")]

ReferralKind = Annotated[str, _listed("referral-kind")]

SessionKind = Annotated[str, _listed("session-kind")]

SessionMode = Annotated[str, _listed("session-mode")]

OutreachChannel = Annotated[str, _listed("outreach-channel")]

OutreachOutcome = Annotated[str, _listed("outreach-outcome")]

MatterKind = Annotated[str, _listed("matter-kind")]

MatterOutcome = Annotated[str, _listed("matter-outcome")]


class NewSession(Body):
    """A talk that is agreed on, or, on a day that is not to come, one that was held."""

    kind: SessionKind
    mode: SessionMode
    on: date
    state: Literal["planned", "held"] = "planned"
    note: Note | None = None


class SessionState(Body):
    """What became of a talk that was agreed on."""

    state: Literal["held", "missed", "cancelled"]
    note: Note | None = None


class NewOutreach(Body):
    """An attempt to reach the person, and when to try again if need be."""

    channel: OutreachChannel
    outcome: OutreachOutcome
    made_on: date | None = Field(default=None, description="today by default")
    follow_up_on: date | None = None
    note: Note | None = None


class NewMatter(Body):
    """A legal matter in which the centre helps."""

    kind: MatterKind
    next_on: date | None = Field(default=None, description="by when the next step is due; by default by the norm")
    note: Note | None = None


class MatterStep(Body):
    """A step of a legal matter was done; `closed` is the last, with the outcome."""

    step: Code
    outcome: MatterOutcome | None = Field(default=None, description="of the last step")
    next_on: date | None = Field(default=None, description="by when the next step is due; by default by the norm")
    note: Note | None = None

    @model_validator(mode="after")
    def _an_outcome_at_the_end(self) -> Self:
        if (self.step == "closed") != (self.outcome is not None):
            raise TextFault("required" if self.outcome is None else "contradiction")
        return self
