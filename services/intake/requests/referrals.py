"""Bodies about a referral."""

from typing import Literal, Self

from pydantic import Field, model_validator

from services.intake.requests.fields import Body, Refusal
from shared.text import TextFault


class Withdrawal(Body):
    """Why a referral is taken back."""

    reason: Literal["person-declined", "mistake", "moved-away", "other"]


class OfficeDecision(Body):
    """What the receiving office says: it takes the person, refuses with a reason, or is done."""

    decision: Literal["accept", "reject", "complete"]
    reason: Refusal | None = Field(default=None, description="of a refusal")

    @model_validator(mode="after")
    def _a_reason_to_refuse(self) -> Self:
        if (self.decision == "reject") != (self.reason is not None):
            raise TextFault("required" if self.reason is None else "contradiction")
        return self
