"""What intake's commands bring: each body with its limits and code lists."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from services.intake.domain.consents import FORM_TEXT
from services.intake.registering import Cells, FormRow
from shared import reference, referral_codes, text
from shared.commands import MOST_ROWS
from shared.events.envelope import Code, Occupation
from shared.text import TextFault


@dataclass(frozen=True)
class Listed:
    """A code of one of the shared lists; its titles and other usual spellings are understood as well."""

    kind: reference.Kind
    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: object, __: object) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            lambda typed: reference.resolve(self.kind, typed), core_schema.str_schema(max_length=100)
        )

    def __get_pydantic_json_schema__(self, _: object, __: object) -> JsonSchemaValue:
        return {"type": "string", "enum": sorted(self.codes)}


Need = Annotated[str, Listed("needs", tuple(reference.needs()))]
Sector = Annotated[str, Listed("sectors", tuple(reference.sectors()))]
Skill = Annotated[str, Listed("skills", tuple(reference.skills()))]
Province = Annotated[str, Listed("provinces", tuple(reference.provinces()))]
Purpose = Annotated[str, Listed("consent-purpose", tuple(reference.codes("consent-purpose")))]
Given = Annotated[str, Listed("consent-given", tuple(reference.codes("consent-given")))]
PhoneOwner = Annotated[str, Listed("phone-owner", tuple(reference.codes("phone-owner")))]
Language = Annotated[str, Listed("language", tuple(reference.codes("language")))]
Refusal = Annotated[str, Listed("refusal", tuple(reference.codes("refusal")))]
Closing = Annotated[str, Listed("closing", tuple(reference.codes("closing")))]
ReferralCode = Annotated[str, Field(max_length=40), AfterValidator(referral_codes.check)]
"""However it was typed; wrong check digits are refused."""


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Registrations(Body):
    """Lines of a centre's form, each registered or refused by itself."""

    rows: Annotated[list[FormRow], Field(min_length=1, max_length=MOST_ROWS)]


class SecondReturn(Body):
    """The cells of a form for a person who is known."""

    fields: Cells


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


class AssessedNeeds(Body):
    """Everything the person needs, as assessed now; it replaces what was assessed before."""

    needs: Annotated[list[Need], Field(max_length=40)]


class CaseClosing(Body):
    """Why the case ends."""

    reason: Closing


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


class NewOffer(BaseModel):
    """A course as its provider offers it; what training alone needs of a course is passed over."""

    course: Code
    provider: Code
    title_en: Annotated[str, Field(min_length=1, max_length=200)]
    title_km: Annotated[str, Field(min_length=1, max_length=200)]
    sector: Sector | None = Field(default=None, description="by default that of its skills or occupation")
    occupation: Occupation | None = None
    province: Province | None = Field(default=None, description="two digits; absent where it is offered everywhere")
    skills: Annotated[list[Skill], Field(max_length=40)] = []
    closed: bool = False


class NewOffers(Body):
    """Courses that may be referred to; each replaces what was offered under its code."""

    offers: Annotated[list[NewOffer], Field(min_length=1, max_length=MOST_ROWS)]
