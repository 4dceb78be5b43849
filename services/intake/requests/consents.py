"""Bodies about consent."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from services.intake.domain.consents import FORM_TEXT
from services.intake.requests.fields import Body, Given, Purpose
from services.intake.requests.texts import kept_text, one_line
from shared.events.envelope import Code

Witness = Annotated[str, Field(max_length=200), BeforeValidator(one_line), AfterValidator(kept_text)]


class NewConsent(Body):
    """Purposes the person agrees to, how she said so, and the text she heard or read."""

    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=10)]
    given: Given
    text_version: Code = FORM_TEXT
    expires: date | None = Field(default=None, description="last day on which it holds")
    witness: Witness | None = Field(
        default=None, description="who was there when she said it; kept sealed, and shown to her centre alone"
    )
