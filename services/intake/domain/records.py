"""A person's and a case's fields that an edit may change, each as one flat record.

Values stand as JSON keeps them (a date as YYYY-MM-DD, a list as a list), so that what an edit brought, what was there
before and what a conflict keeps can be compared with each other. A number that another office gave her is the field
`outside_ids.KIND`, one of those she lives with the field `household.ID`: two counsellors who add two members change two
fields.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.intake.domain.model import Case, Identity, Person
from shared.rejections import Rejected

Record = Mapping[str, Any]
"""Values by field; a field that is None may be left out."""

OF_IDENTITY: Final = (
    "name_km",
    "name_latin",
    "birth_date",
    "birth_precision",
    "phone",
    "phone_owner",
    "id_number",
    "address",
    "idpoor_level",
    "idpoor_until",
    "note",
)
OF_PERSON: Final = ("sex", "language")
MAPS: Final = ("outside_ids", "household")

OF_CASE: Final = (
    "commune",
    "commune_origin",
    "return_date",
    "return_kind",
    "border_point",
    "country",
    "sector",
    "occupation",
    "work_years",
    "unpaid_wages_usd",
    "skills_claimed",
    "schooling",
    "id_missing_reason",
    "documents_held",
    "debt_usd",
    "debt_monthly_usd",
    "vulnerabilities",
)
CONFIDED: Final = ("broker",)
"""Fields of a case that tell of somebody by name: sealed with the identity store's contents."""

DATES: Final = frozenset({"birth_date", "idpoor_until", "return_date"})
LISTS: Final = frozenset({"skills_claimed", "documents_held", "vulnerabilities"})
CONTACT: Final = frozenset({"phone", "phone_owner", "language"})
"""What others learn as a new opaque reference."""
TOLD: Final = frozenset({"commune", "sector", "occupation", "skills_claimed"})
"""What other services hold of a case."""

EARLIEST: Final = date(1900, 1, 1)
OLDEST: Final = 120
"""Years that somebody may have."""


def of_person(person: Person, identity: Identity) -> dict[str, Any]:
    """The record of a person."""
    record = {name: _plain(getattr(identity, name)) for name in OF_IDENTITY}
    record |= {name: getattr(person, name) for name in OF_PERSON}
    for name in MAPS:
        record |= {f"{name}.{key}": value for key, value in (getattr(identity, name) or {}).items()}
    return record


def person_with(person: Person, identity: Identity, fields: Record) -> tuple[Person, Identity]:
    """The person with these fields in place of hers."""
    maps = {name: dict(getattr(identity, name) or {}) for name in MAPS}
    own: dict[str, Any] = {}
    for field, value in fields.items():
        name, _, key = field.partition(".")
        if not key:
            own[field] = _typed(field, value)
        elif value is None:
            maps[name].pop(key, None)
        else:
            maps[name][key] = value
    known: dict[str, Any] = {name: value for name, value in own.items() if name in OF_IDENTITY}
    known |= {name: entries or None for name, entries in maps.items()}
    identity = identity._replace(**known)
    return person._replace(**{name: value for name, value in own.items() if name in OF_PERSON}), identity


def of_case(case: Case, confided: Record) -> dict[str, Any]:
    """The record of a case; `confided` holds those of its fields that are sealed."""
    return {name: _plain(getattr(case, name)) for name in OF_CASE} | {name: confided.get(name) for name in CONFIDED}


def case_with(case: Case, confided: Record, fields: Record) -> tuple[Case, dict[str, Any]]:
    """The case and its sealed fields with these in place of theirs."""
    changed = {name: _typed(name, value) for name, value in fields.items() if name in OF_CASE}
    sealed = {**confided, **{name: value for name, value in fields.items() if name in CONFIDED}}
    return case._replace(**changed), {name: value for name, value in sealed.items() if value is not None}


def check_person(record: Record, today: date) -> None:
    """Raises Rejected for what cannot be: a birth to come, an age that nobody has, a phone's owner without a phone."""
    born = record.get("birth_date")
    _check_birth(born, "birth_date", today)
    if born is None and record.get("birth_precision") is not None:
        raise Rejected("contradiction", field="birth_precision")
    if record.get("phone") is None and record.get("phone_owner") is not None:
        raise Rejected("contradiction", field="phone_owner")
    if record.get("idpoor_level") is None and record.get("idpoor_until") is not None:
        raise Rejected("contradiction", field="idpoor_until")
    for field, member in record.items():
        if field.startswith("household.") and member is not None:
            _check_birth(member.get("birth_date"), "birth_date", today)


def check_case(record: Record, person: Record, today: date) -> None:
    """Raises Rejected for what cannot be: a return to come or before her birth, a reason to have no card for somebody
    whose card's number is known."""
    returned, born = record.get("return_date"), person.get("birth_date")
    if returned is not None:
        if returned > today.isoformat():
            raise Rejected("future-date", field="return_date")
        if born is not None and returned < born:
            raise Rejected("contradiction", field="return_date")
    if record.get("id_missing_reason") is not None and person.get("id_number") is not None:
        raise Rejected("contradiction", field="id_missing_reason")


def missing(person: Record, case: Record) -> tuple[str, ...]:
    """Which fields of a whole registration nobody has filled in yet. Without a card its reason will do."""
    lacking = [name for name in ("sex", "birth_date", "phone_owner") if person.get(name) is None]
    if person.get("name_km") is None and person.get("name_latin") is None:
        lacking.insert(0, "name_km")
    cards = ("id_number", "outside_ids.national", "outside_ids.passport")
    if case.get("id_missing_reason") is None and all(person.get(card) is None for card in cards):
        lacking.append("id_number")
    return (*lacking, *(name for name in ("commune", "return_date", "country") if case.get(name) is None))


def code(field: str) -> str:
    """A field's name as a code, without the id of somebody she lives with."""
    name, _, key = field.partition(".")
    return "-".join((name, key) if name == "outside_ids" else (name,)).replace("_", "-")


def _check_birth(born: str | None, field: str, today: date) -> None:
    if born is None:
        return
    if born > today.isoformat():
        raise Rejected("future-date", field=field)
    if today.year - int(born[:4]) > OLDEST:
        raise Rejected("impossible-age", field=field)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(field: str, value: Any) -> Any:
    if field in LISTS:
        # A list that was never asked about is None, but what employment is told of has always been a list.
        return tuple(value) if value is not None else (() if field == "skills_claimed" else None)
    return date.fromisoformat(value) if field in DATES and value is not None else value
