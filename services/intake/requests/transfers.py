"""Bodies of transfers, of reopening, and of looking for a person."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from services.intake.requests.fields import Body, Listed, ReferralCode
from shared import reference, text
from shared.text import TextFault

Centre = Annotated[str, Listed("centre", tuple(reference.codes("centre")))]
Asked = Annotated[str, Listed("transfer-reason", tuple(reference.codes("transfer-reason")))]
Declined = Annotated[str, Listed("transfer-decline", tuple(reference.codes("transfer-decline")))]
Reopening = Annotated[str, Listed("reopening", tuple(reference.codes("reopening")))]


class NewTransfer(Body):
    """Which centre is to look after the person from now on, and why."""

    to: Centre
    reason: Asked


class TransferDecision(Body):
    """What the other centre says."""

    decision: Literal["accept", "decline"]
    reason: Declined | None = Field(default=None, description="of declining")

    @model_validator(mode="after")
    def _a_reason_to_decline(self) -> Self:
        if (self.decision == "decline") != (self.reason is not None):
            raise TextFault("required" if self.reason is None else "contradiction")
        return self


class CaseReopening(Body):
    """Why a closed case goes on."""

    reason: Reopening


class Sought(Body):
    """What somebody is looked for by; everything that is given must fit."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="in Khmer or Latin letters, whole or some words of it"
    )
    phone: Annotated[str, Field(max_length=30), AfterValidator(text.phone)] | None = None
    document: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        default=None, description="the number of a card, a passport or another office's file"
    )
    code: ReferralCode | None = Field(default=None, description="a referral's, as the person carries it")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any((self.name, self.phone, self.document, self.code)):
            raise TextFault("required")
        return self
