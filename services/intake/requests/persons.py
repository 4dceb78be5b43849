"""Bodies about a person: contact."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from services.intake.requests.fields import BasedOn, Body, DeviceTime, Language, PhoneOwner
from shared import text
from shared.text import TextFault


class NewContact(Body):
    """How the person is reached from now on; no phone at all is an answer too."""

    phone: Annotated[str, Field(max_length=30), AfterValidator(text.phone)] | None
    phone_owner: PhoneOwner
    language: Language
    based_on: BasedOn | None = Field(default=None, description="the person's version when she was asked, if known")
    device_time: DeviceTime = None

    @model_validator(mode="after")
    def _whose_phone(self) -> Self:
        if (self.phone is None) != (self.phone_owner == "none"):
            raise TextFault("contradiction")
        return self
