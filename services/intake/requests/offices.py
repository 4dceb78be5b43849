"""Bodies of the directory of offices."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.intake.requests.fields import Body, Province
from shared import reference, text
from shared.commands import MOST_ROWS
from shared.events.envelope import Code
from shared.text import TextFault


def _district(typed: str) -> str:
    code = text.place_code(typed, digits=4)
    if code not in reference.districts():
        raise TextFault("unknown-code")
    return code


District = Annotated[str, Field(max_length=10), AfterValidator(_district)]
OfficeKind = Literal["legal-assistance", "health", "shelter", "psychosocial"]
Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(text.clean)]


class NewOffice(Body):
    """An office as the directory has it from now on."""

    office: Code = Field(description="what its staff's tokens name as their `provider`")
    kinds: Annotated[list[OfficeKind], Field(min_length=1, max_length=4)]
    provinces: list[Province] = Field(default=[], max_length=25)
    districts: list[District] = Field(default=[], max_length=210)
    capacity: int | None = Field(default=None, ge=1, le=100_000, description="open referrals it can have at once")
    title_en: Title
    title_km: Title
    closed: bool = False


class NewOffices(Body):
    """Offices that may be referred to; each replaces what the directory had under its code."""

    offices: Annotated[list[NewOffice], Field(min_length=1, max_length=MOST_ROWS)]
