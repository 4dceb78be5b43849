"""What is wrong with a field and how to correct it, never what stood there.

What pydantic says of a faulty body holds the body itself. Taken from it are only the sort of fault, the place, as far
as our own schema names it, and the limits that our schema sets.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel

from shared import reference
from shared.events import envelope
from shared.texts import catalogue

MOST_FAULTS: Final = 50

REASON_OF: Final[Mapping[str, str]] = {
    "missing": "required",
    "string_too_long": "too-long",
    "string_too_short": "too-short",
    "string_pattern_mismatch": "not-in-form",
    "too_long": "too-many",
    "too_short": "too-few",
    "less_than_equal": "too-large",
    "less_than": "too-large",
    "greater_than_equal": "too-small",
    "greater_than": "too-small",
    "literal_error": "not-of-list",
    "enum": "not-of-list",
    "extra_forbidden": "unknown-field",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "set_type": "not-a-list",
}
"""Reasons by pydantic's type of error; the rest goes by the type's first word, see `REASON_OF_FAMILY`."""

REASON_OF_FAMILY: Final[Mapping[str, str]] = {
    "string": "not-text",
    "int": "not-a-whole-number",
    "float": "not-a-number",
    "decimal": "not-a-number",
    "finite": "not-a-number",
    "bool": "not-true-or-false",
    "date": "not-a-date",
    "datetime": "not-a-time",
    "time": "not-a-time",
    "timezone": "not-a-time",
    "uuid": "not-an-id",
    "dict": "not-an-object",
    "mapping": "not-an-object",
    "model": "not-an-object",
    "dataclass": "not-an-object",
}

LIMITS: Final = {
    "max_length": "most",
    "le": "most",
    "lt": "most",
    "min_length": "least",
    "ge": "least",
    "gt": "least",
    "expected": "expected",
}


def _pattern(annotated: Any) -> str:
    pattern: str = annotated.__metadata__[0].pattern
    return pattern


REASON_OF_PATTERN: Final[Mapping[str, str]] = {
    _pattern(envelope.Id): "not-an-id",
    _pattern(envelope.Code): "not-a-code",
    _pattern(envelope.Commune): "not-a-commune",
    _pattern(envelope.Occupation): "not-an-occupation",
    _pattern(envelope.ReferralCode): "not-a-referral-code",
}


class FieldFault(BaseModel):
    """A field to correct: which, why (a code), and a sentence that says what to do."""

    field: str
    reason: str
    fix: str
    fix_km: str


def fault(field: str, reason: str) -> FieldFault:
    """A fault that a rule found, with the sentences that the catalogue of reasons has for it."""
    known = reference.reasons().get(reason)
    if known is not None:
        return FieldFault(field=field, reason=reason, fix=known.title_en, fix_km=known.title_km)
    return _fault(field, reason, {})


def _fault(field: str, reason: str, limits: Mapping[str, Any]) -> FieldFault:
    texts = catalogue("faults")
    row = texts.get(reason) or texts["invalid"]
    try:
        return FieldFault(
            field=field, reason=reason, fix=row["fix_en"].format(**limits), fix_km=row["fix_km"].format(**limits)
        )
    except KeyError:
        return _fault(field, "invalid", {})


def faults_of(errors: Iterable[Any], names: Collection[str]) -> list[FieldFault]:
    """The faults of a request as pydantic found them, at most `MOST_FAULTS`; `names` are those of our own schema.

    A name that is not ours came with the request, and may itself be somebody's name: it is left out of the place.
    """
    found = []
    for error in list(errors)[:MOST_FAULTS]:
        known = [part for part in error["loc"][1:] if isinstance(part, int) or part in names]
        field = ".".join(str(part) for part in known) or str(error["loc"][0])
        context = error.get("ctx") or {}
        limits = {LIMITS[name]: value for name, value in context.items() if name in LIMITS}
        found.append(_of(field, error["type"], context, limits))
    return found


def _of(field: str, kind: str, context: Mapping[str, Any], limits: Mapping[str, Any]) -> FieldFault:
    # A rule of `shared.text`, used as a validator, brings its reason along; so may one that names its own type.
    reason = getattr(context.get("error"), "reason", kind)
    if reason in reference.reasons():
        return fault(field, reason)
    if kind == "string_pattern_mismatch":
        return _fault(field, REASON_OF_PATTERN.get(context.get("pattern", ""), "not-in-form"), limits)
    return _fault(field, REASON_OF.get(kind) or REASON_OF_FAMILY.get(kind.split("_")[0], "invalid"), limits)
