"""Why a record is parked, in sentences: the reason, and each field with what to do about it, in English and Khmer.

Never what stands there: what fails its contract may hold anything.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from shared.events.decoding import Decoder, KeptRecord
from shared.faults import FieldFault, fault, faults_of
from shared.texts import catalogue

ATTRIBUTE: Final = re.compile(r"the attribute ((?:\w+)(?: or \w+)?) (.*)")
REASON_OF_ATTRIBUTE: Final[Mapping[str, str]] = {"time": "not-a-time", "sequence": "not-a-whole-number"}
"""What is wrong with an attribute that is there; of any other it is that it is no id."""


def words(reason: str) -> tuple[str, str]:
    """A reason of parking in plain words, English and Khmer; empty for one that nobody wrote down."""
    row = catalogue("parked").get(reason)
    return (row["words_en"], row["words_km"]) if row is not None else ("", "")


def faults(decoder: Decoder, record: KeptRecord, reason: str, detail: str) -> list[FieldFault]:
    """The fields of a parked record that are wrong, as they are called when it is corrected. Empty where it is not a
    field that is wrong."""
    if reason in ("attribute", "attribute-missing") and (found := ATTRIBUTE.match(detail)):
        names = found[1].split(" or ")
        return [_explained(name, reason) for name in names]
    if reason == "wrong-key":
        return [_explained("subject", reason)]
    if reason != "contract":
        return []
    model, errors = decoder.violations(record)
    if model is None:
        return []
    located = [{**error, "loc": ("data", *error["loc"])} for error in errors]
    return faults_of(located, _names(model.model_json_schema()))


def _explained(attribute: str, reason: str) -> FieldFault:
    known = "required" if reason == "attribute-missing" else REASON_OF_ATTRIBUTE.get(attribute, "not-an-id")
    return fault(f"ce_{attribute}", known)


def _names(schema: Any) -> set[str]:
    """Every field's name in a schema, at any depth."""
    if isinstance(schema, list):
        return set().union(*(_names(each) for each in schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*(_names(each) for each in schema.values()))
