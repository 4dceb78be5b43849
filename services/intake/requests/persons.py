"""Bodies about a person: contact and consent."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from services.intake.domain.consents import FORM_TEXT
from services.intake.requests.fields import Body, Given, Language, PhoneOwner, Purpose
from shared import text
from shared.events.envelope import Code
from shared.text import TextFault


class NewContact(Body):
    """How the person is reached from now on; no phone at all is an answer too."""

    phone: Annotated[str, Field(max_length=30), AfterValidator(text.phone)] | None
    phone_owner: PhoneOwner
    language: Language

    @model_validator(mode="after")
    def _whose_phone(self) -> Self:
        if (self.phone is None) != (self.phone_owner == "none"):
            raise TextFault("contradiction")
        return self


class NewConsent(Body):
    """Purposes the person agrees to, how she said so, and the text she heard or read."""

    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=10)]
    given: Given
    text_version: Code = FORM_TEXT
    expires: date | None = Field(default=None, description="last day on which it holds")
