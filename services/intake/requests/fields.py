"""Fields of bodies that several commands bring: codes of the shared lists."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from shared import reference, referral_codes


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


DeviceTime = Annotated[
    AwareDatetime | None, Field(description="when it was written down, by the clock of the device; with its time zone")
]

BasedOn = Annotated[int, Field(ge=1, le=1_000_000_000, description="the version that the record had when it was read")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
