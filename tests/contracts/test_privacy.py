"""No contract can carry what tells who a person is, or an unbounded text in which that could stand."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter

from deploy.contracts.schemas import Schema, schema_of
from shared.events import REGISTRY
from shared.events.envelope import Code, Commune, Contract, Id

DENIED = frozenset(
    re.findall(
        r"\w+",
        """
        name names surname firstname lastname fullname nickname khmer latin alias
        phone phones mobile telephone email mail telegram whatsapp facebook contact contacts account bank
        address village street house gps latitude longitude location
        birth birthday birthdate born dob age sex gender nationality ethnicity religion
        passport document documents nid card idpoor poor poverty debt income household
        health illness diagnosis medical disability disabled pregnancy pregnant hiv trauma victim
        spouse husband wife child children parent mother father family photo picture fingerprint signature
        note notes comment comments remark remarks text texts description
        """,
    )
)
"""Words that a field's name may not hold, since it would invite personal data."""

HARMLESS = {
    "reintegration.intake.contact-changed.v1 contact": "an opaque id that only intake can resolve",
    "reintegration.intake.consent-given.v1 text_version": "which wording was agreed to",
    "reintegration.employment.match-proposed.v1 reasons[].name": "which part of the score, a code",
}
"""Fields with such a word that hold an id or a code, and why."""


def pattern_of(text: Any) -> str:
    """What a text of this type must match, as its schema says."""
    pattern: str = TypeAdapter(text).json_schema()["pattern"]
    return pattern


ID, CODE = pattern_of(Id), pattern_of(Code)


def fields(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every field at any depth with its path, and every schema of one of its alternatives or items."""
    for name, field in schema.get("properties", {}).items():
        place = f"{path}{name}"
        yield place, field
        yield from fields(field, f"{place}.")
        yield from parts(field, place)


def parts(schema: Schema, place: str) -> Iterator[tuple[str, Schema]]:
    inner = [(place, branch) for branch in schema.get("anyOf", ())]
    if "items" in schema:
        inner.append((f"{place}[]", schema["items"]))
    for where, part in inner:
        yield where, part
        yield from fields(part, f"{where}.")
        yield from parts(part, where)


def telling(schema: Schema) -> dict[str, Schema]:
    """Fields whose name holds a denied word."""
    return {
        path: field
        for path, field in fields(schema)
        if not path.endswith("[]") and DENIED & set(re.split(r"[_-]", path.rpartition(".")[2].lower()))
    }


def unbounded(schema: Schema) -> list[str]:
    """Places that could hold a text, a list or a map of any length."""
    found = []
    for path, part in fields(schema):
        kind = part.get("type")
        if kind == "string" and not bounded(part):
            found.append(path)
        if kind == "array" and "maxItems" not in part:
            found.append(path)
        if kind == "object" and part.get("additionalProperties"):
            found.append(path)
        if not {"type", "anyOf", "const", "enum"} & set(part):
            found.append(path)
    return found


def bounded(text: Schema) -> bool:
    if "maxLength" in text or "enum" in text or text.get("format") in ("date", "date-time", "uuid"):
        return True
    pattern = text.get("pattern", "")
    plain = re.sub(r"\\.|\[[^\]]*\]", "x", pattern)
    return plain.startswith("^") and plain.endswith("$") and not re.search(r"[*+|]|\{\d*,\}", plain)


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_no_contract_has_a_field_for_personal_data(kind: str) -> None:
    for path, field in telling(schema_of(REGISTRY[kind])).items():
        assert f"{kind} {path}" in HARMLESS, f"{kind}: {path} sounds like personal data"
        assert field["pattern"] in (ID, CODE), f"{kind}: {path} must be an id or a code"


def test_what_is_called_harmless_is_there() -> None:
    there = {f"{kind} {path}" for kind, contract in REGISTRY.items() for path in telling(schema_of(contract))}
    assert set(HARMLESS) <= there


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_everything_in_a_contract_is_bounded(kind: str) -> None:
    assert unbounded(schema_of(REGISTRY[kind])) == []


def test_places_are_no_finer_than_the_commune() -> None:
    """Six digits are a commune; a village's code has eight."""
    commune = pattern_of(Commune)
    for kind, contract in REGISTRY.items():
        for path, part in fields(schema_of(contract)):
            if path.rpartition(".")[2] == "commune" and part.get("type") == "string":
                assert part["pattern"] == commune, kind


class Inner(Contract):
    phone: Code
    remark: str


class Planted(Contract):
    """Everything that must not be."""

    name_km: Code
    birth_date: Code
    who: str
    kinds: tuple[Code, ...]
    comment: Annotated[str, Field(pattern="^[a-z]+$")]
    loose: Annotated[str, Field(pattern="[a-z]{1,5}")]
    either: Annotated[str, Field(pattern="^a{1,5}$|.")]
    words: dict[str, str]
    inner: Annotated[tuple[Inner, ...], Field(max_length=2)]
    anything: object = None
    fine: Id | None = None
    also_fine: Annotated[str, Field(max_length=5)] = ""


Planted.type = "reintegration.training.planted.v1"


def test_each_planted_field_is_found() -> None:
    schema = schema_of(Planted)
    assert set(telling(schema)) == {"name_km", "birth_date", "comment", "inner[].phone", "inner[].remark"}
    assert unbounded(schema) == ["who", "kinds", "comment", "loose", "either", "words", "inner[].remark", "anything"]
