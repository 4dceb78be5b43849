"""Bodies about a referral."""

from typing import Literal, Self

from pydantic import Field, model_validator

from services.intake.requests.fields import Body, Refusal
from services.intake.requests.offices import OfficeKind
from shared.events.envelope import Code
from shared.text import TextFault


class Withdrawal(Body):
    """Why a referral is taken back."""

    reason: Literal["person-declined", "mistake", "moved-away", "other"]


class NewReferral(Body):
    """A service that an office of the directory gives, and how pressing it is."""

    kind: OfficeKind
    priority: Literal["emergency", "urgent", "normal"] = "normal"
    office: Code | None = Field(default=None, description="by default the one that fits best")


class Rerouting(Body):
    """Where a referral goes instead."""

    office: Code | None = Field(default=None, description="by default the next that fits and was not asked")


class OfficeDecision(Body):
    """What the receiving office says: it takes the person, refuses with a reason, begins, is done, or cannot bring it
    to an end and why."""

    decision: Literal["accept", "reject", "start", "complete", "fail"]
    reason: Refusal | None = Field(default=None, description="of a refusal or failure")

    @model_validator(mode="after")
    def _a_reason_to_refuse(self) -> Self:
        if (self.decision in ("reject", "fail")) != (self.reason is not None):
            raise TextFault("required" if self.reason is None else "contradiction")
        return self
