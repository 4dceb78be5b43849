"""Bodies that take persons up and change what their records hold.

Every field may be left out. In an edit what is left out stays as it is, and null takes away what was there. An edit
names the version that it is based on; what others changed since is merged or becomes a conflict.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from services.intake.domain import records
from services.intake.requests.fields import BasedOn, Body, DeviceTime, Language, Listed, PhoneOwner, Sector, Skill
from services.intake.requests.texts import check_commune, day_of, free_text, kept_text, one_line
from shared import reference, rows, text
from shared.events.envelope import Id
from shared.text import TextFault

MOST_MONEY = 1_000_000
"""US dollars."""
MOST_MEMBERS = 40


def _listed(kind: reference.List) -> Listed:
    return Listed(kind, tuple(reference.codes(kind)))


Plain = BeforeValidator(one_line)
NameKm = Annotated[str, Field(max_length=100), AfterValidator(text.khmer_name), Plain]
NameLatin = Annotated[str, Field(max_length=100), AfterValidator(text.latin_name), Plain]
Phone = Annotated[str, Field(max_length=30), AfterValidator(text.phone), Plain]
CardNumber = Annotated[str, Field(max_length=30), AfterValidator(text.identity_number), Plain]
OutsideNumber = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(text.cell), Plain]
Line = Annotated[str, Field(max_length=200), AfterValidator(kept_text), Plain]
Note = Annotated[str, Field(max_length=1_000), AfterValidator(kept_text), BeforeValidator(free_text)]
Day = Annotated[date, BeforeValidator(day_of)]
Commune = Annotated[str, Field(max_length=20), AfterValidator(check_commune), Plain]
Occupation = Annotated[str, Field(max_length=20), AfterValidator(rows.occupation), Plain]
Money = Annotated[int, Field(ge=0, le=MOST_MONEY, strict=True)]
Sex = Annotated[str, _listed("sex")]
Precision = Annotated[str, _listed("birth-precision")]
OutsideKind = Annotated[str, _listed("outside-id")]
Need = Annotated[str, Listed("needs", tuple(reference.needs()))]


class _Birth(Body):
    """A birth date with what is known of it, or an age."""

    birth_date: Day | None = None
    birth_precision: Precision | None = Field(default=None, description="of the birth date; by default to the day")
    age: Annotated[int, Field(ge=0, le=records.OLDEST, strict=True)] | None = Field(
        default=None, description="instead of a birth date, in years; kept as an estimated one"
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.age is not None and (self.birth_date is not None or self.birth_precision is not None):
            raise TextFault("contradiction")
        return self


class PersonFields(_Birth):
    """Who a person is and how she is reached."""

    name_km: NameKm | None = None
    name_latin: NameLatin | None = None
    sex: Sex | None = None
    phone: Phone | None = None
    phone_owner: PhoneOwner | None = Field(default=None, description="whose phone it is; null where there is none")
    language: Language | None = None
    id_number: CardNumber | None = Field(default=None, description="of a national card or a passport")
    outside_ids: Annotated[dict[OutsideKind, OutsideNumber | None], Field(max_length=20)] | None = Field(
        default=None, description="numbers that other offices gave her, by kind; null takes one away"
    )
    idpoor_level: Annotated[str, _listed("idpoor-level")] | None = None
    idpoor_until: Day | None = None
    address: Line | None = Field(default=None, description="below the commune")
    note: Note | None = None

    def fields_of(self, today: date) -> dict[str, Any]:
        """The fields that were sent, as the person's record has them."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        fields = {name: _plain(value) for name, value in sent.items() if name in OF_PERSON}
        for kind, number in (sent.get("outside_ids") or {}).items():
            fields[f"outside_ids.{kind}"] = number
        if fields.get("phone_owner") == "none":
            fields["phone_owner"] = None
        if "phone" in fields and fields["phone"] is None:
            fields.setdefault("phone_owner", None)
        return fields | born(sent, today)


class CaseFields(Body):
    """A return and the work abroad before it."""

    commune: Commune | None = Field(default=None, description="where she lives now, six digits")
    commune_origin: Commune | None = Field(default=None, description="where she comes from")
    return_date: Day | None = None
    return_kind: Annotated[str, _listed("return-kind")] | None = None
    border_point: Annotated[str, _listed("border-point")] | None = None
    country: Annotated[str, _listed("country")] | None = Field(default=None, description="where she worked")
    sector: Sector | None = None
    occupation: Occupation | None = Field(default=None, description="ISCO-08 unit group, four digits")
    work_years: Annotated[int, Field(ge=0, le=80, strict=True)] | None = None
    unpaid_wages_usd: Money | None = None
    broker: Line | None = Field(default=None, description="who sent her abroad; kept with the identities")
    skills_claimed: Annotated[list[Skill], Field(max_length=40)] | None = None
    schooling: Annotated[str, _listed("schooling")] | None = None
    id_missing_reason: Annotated[str, _listed("id-missing-reason")] | None = None
    documents_held: Annotated[list[Annotated[str, _listed("document")]], Field(max_length=20)] | None = None
    debt_usd: Money | None = None
    debt_monthly_usd: Money | None = Field(default=None, description="what she pays back a month")
    vulnerabilities: Annotated[list[Annotated[str, _listed("vulnerability")]], Field(max_length=20)] | None = None

    def fields_of(self) -> dict[str, Any]:
        """The fields that were sent, as the case's record has them."""
        return {name: _plain(getattr(self, name)) for name in self.model_fields_set if name in OF_CASE}


class Member(_Birth):
    """Somebody she lives with, and what that person needs."""

    relation: Annotated[str, _listed("relation")]
    name: Line | None = None
    sex: Sex | None = None
    needs: Annotated[list[Need], Field(max_length=40, default_factory=list)]

    def kept(self, today: date) -> dict[str, Any]:
        """The member as the household keeps it."""
        known = {
            "relation": self.relation,
            "name": self.name,
            "sex": self.sex,
            "needs": list(dict.fromkeys(self.needs)),
        }
        known |= born({name: getattr(self, name) for name in self.model_fields_set}, today)
        return {name: value for name, value in known.items() if value is not None}


class NewPerson(Body):
    """Somebody who is taken up with what is known of her, be it nothing."""

    person: PersonFields = PersonFields()
    case: CaseFields = CaseFields()
    household: Annotated[list[Member], Field(max_length=MOST_MEMBERS, default_factory=list)]
    alone: bool = Field(default=False, description="she came without anybody; of a child the centre's lead is told")
    device_time: DeviceTime = None


class NewReturn(Body):
    """A known person came back once more."""

    case: CaseFields = CaseFields()
    device_time: DeviceTime = None


class _Edit(Body):
    based_on: BasedOn
    device_time: DeviceTime = None


class PersonEdit(_Edit, PersonFields):
    """What is different now about a person."""


class CaseEdit(_Edit, CaseFields):
    """What is different now about a case."""


class NewMember(Member):
    """Somebody else she lives with."""

    device_time: DeviceTime = None


class MemberEdit(_Edit, Member):
    """Somebody she lives with, in place of what was known."""


class MemberGone(_Edit):
    """She no longer lives with this person."""


class Resolution(Body):
    """What holds from now on, by field: what is kept in the record, or what was submitted. Of a request that came with
    a used key there is nothing to choose."""

    choices: Annotated[dict[str, Literal["kept", "submitted"]], Field(max_length=100, default_factory=dict)]
    based_on: BasedOn | None = Field(
        default=None, description="the version that the record had when the conflict was looked at"
    )
    device_time: DeviceTime = None


class FlagSettlement(Body):
    """What was done about a flag."""

    outcome: Annotated[str, _listed("flag-outcome")]


MemberId = Id

OF_PERSON = frozenset({*records.OF_IDENTITY, *records.OF_PERSON}) - {"birth_date", "birth_precision"}
OF_CASE = frozenset({*records.OF_CASE, *records.CONFIDED})


def born(sent: dict[str, Any], today: date) -> dict[str, Any]:
    """Birth date and its precision, as a record has them, from those fields of a body that were sent."""
    if sent.get("age") is not None:
        # The first of January: whoever is that old was born in this year or the year before.
        return {"birth_date": f"{today.year - sent['age']:04}-01-01", "birth_precision": "about"}
    fields: dict[str, Any] = {name: _plain(sent[name]) for name in ("birth_date", "birth_precision") if name in sent}
    if fields.get("birth_date") is not None:
        fields.setdefault("birth_precision", "day")
    elif "birth_date" in fields:
        fields.setdefault("birth_precision", None)
    return fields


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(value))
    return value.isoformat() if isinstance(value, date | datetime) else value
