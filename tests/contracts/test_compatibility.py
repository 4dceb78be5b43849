"""What may change in a released contract: optional additions, and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import Field

from deploy.contracts.compatibility import breaks, incompatibilities
from deploy.contracts.schemas import Schema, schema_of, structure_of
from shared.events.envelope import Code, Commune, Contract, Id
from tests.contracts.samples import data_of


class Part(Contract):
    """Something inside an event."""

    name: Code
    points: int = Field(ge=-100, le=100)


class Released(Contract):
    """A fact as it was released."""

    referral: Id
    reason: Code
    commune: Commune | None = None
    priority: Code = "normal"
    seats: int = Field(ge=1, le=50)
    note_code: Annotated[str, Field(min_length=1, max_length=40)] = "none"
    starts: date | None = Field(default=None, description="first day")
    parts: Annotated[tuple[Part, ...], Field(max_length=20)] = ()


Released.type = "reintegration.training.made-up.v1"
SCHEMA = schema_of(Released)

Change = Callable[[Schema], None]


def changed(change: Change) -> Schema:
    schema = deepcopy(SCHEMA)
    change(schema)
    return schema


def field(name: str, **keywords: Any) -> Change:
    """Replaces a field's schema."""
    return lambda schema: schema["properties"].update({name: keywords})


def limit(name: str, **keywords: Any) -> Change:
    """Changes keywords of a field's schema."""
    return lambda schema: schema["properties"][name].update(keywords)


def without(name: str) -> Change:
    def change(schema: Schema) -> None:
        del schema["properties"][name]
        schema["required"] = [other for other in schema["required"] if other != name]

    return change


def renamed(name: str, other: str) -> Change:
    def change(schema: Schema) -> None:
        schema["properties"][other] = schema["properties"].pop(name)
        schema["required"] = [other if each == name else each for each in schema["required"]]

    return change


def required(*names: str) -> Change:
    return lambda schema: schema.update(required=list(names))


def inside(change: Change) -> Change:
    """The same change in the model inside `parts`."""
    return lambda schema: change(schema["properties"]["parts"]["items"])


CODE = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,39}$"}
NULL = {"type": "null"}

PLANTED: list[tuple[Change, str]] = [
    (without("reason"), "data.reason: required field removed;"),
    (without("priority"), "data.priority: optional field removed;"),
    (renamed("reason", "why"), "data.reason: required field removed, or renamed to why"),
    (renamed("reason", "why"), "data.why: new field is required"),
    (
        lambda schema: (field("office", **CODE)(schema), schema["required"].append("office"))[0],
        "data.office: new field is required",
    ),
    (required("referral", "reason", "seats", "commune"), "data.commune: was optional and is required now"),
    (required("referral", "seats"), "data.reason: was required and is optional now"),
    (field("reason", type="integer"), "data.reason: type changed from string to integer"),
    (field("seats", type="number", minimum=1, maximum=50), "data.seats: type changed from integer to number"),
    (
        field("starts", anyOf=[{"type": "string", "maxLength": 10}, NULL]),
        "data.starts: type changed from null or string",
    ),
    (field("commune", type="string", pattern="^[0-9]{6}$"), "data.commune: type changed from null or string to string"),
    (field("reason", anyOf=[CODE, NULL]), "data.reason: type changed from string to null or string"),
    (field("reason", type="array", items=CODE, maxItems=5), "data.reason: type changed from string to array"),
    (limit("reason", pattern="^[a-z]{1,40}$"), "data.reason: pattern changed from"),
    (limit("note_code", pattern="^[a-z]+$"), "data.note_code: narrowed: a pattern was added"),
    (lambda schema: schema["properties"]["reason"].pop("pattern"), "data.reason: widened: its pattern was taken away"),
    (limit("reason", enum=["full", "closed"]), "data.reason: narrowed: no longer allowed: any other value"),
    (limit("seats", maximum=40), "data.seats: narrowed: maximum 50 became 40"),
    (limit("seats", maximum=60), "data.seats: widened: maximum 50 became 60"),
    (limit("seats", minimum=2), "data.seats: narrowed: minimum 1 became 2"),
    (lambda schema: schema["properties"]["seats"].pop("minimum"), "data.seats: widened: minimum 1 became none"),
    (limit("note_code", maxLength=20), "data.note_code: narrowed: maxLength 40 became 20"),
    (limit("note_code", minLength=0), "data.note_code: widened: minLength 1 became 0"),
    (limit("parts", maxItems=10), "data.parts: narrowed: maxItems 20 became 10"),
    (limit("parts", minItems=1), "data.parts: narrowed: minItems none became 1"),
    (limit("parts", uniqueItems=True), "data.parts: uniqueItems changed from None to True"),
    (limit("priority", default="high"), "data.priority: default changed from 'normal' to 'high'"),
    (lambda schema: schema.update(additionalProperties=False), "data: additionalProperties changed from True to False"),
    (inside(without("points")), "data.parts[].points: required field removed"),
    (inside(limit("points", maximum=10)), "data.parts[].points: narrowed: maximum 100 became 10"),
    (limit("parts", items=CODE), "data.parts[]: type changed from object to string"),
]


@pytest.mark.parametrize(("change", "sentence"), PLANTED, ids=[sentence for _, sentence in PLANTED])
def test_each_planted_change_is_named(change: Change, sentence: str) -> None:
    found = incompatibilities(SCHEMA, changed(change))
    assert any(line.startswith(sentence) for line in found), found


def test_lists_of_values_may_neither_shrink_nor_grow() -> None:
    old = changed(limit("reason", enum=["full", "closed"]))
    fewer, more = changed(limit("reason", enum=["full"])), changed(limit("reason", enum=["full", "closed", "late"]))
    assert incompatibilities(old, fewer) == [
        "data.reason: narrowed: no longer allowed: 'closed'; released events may hold it"
    ]
    assert incompatibilities(old, more) == ["data.reason: widened: now allowed: 'late'; released readers refuse it"]
    assert incompatibilities(old, SCHEMA) == [
        "data.reason: widened: now allowed: any value; released readers refuse it"
    ]


def test_alternatives_of_one_type_are_compared_whole() -> None:
    old = changed(field("reason", anyOf=[CODE, {"type": "string", "maxLength": 3}]))
    new = changed(field("reason", anyOf=[CODE, {"type": "string", "maxLength": 4}]))
    assert incompatibilities(old, new) == ["data.reason: alternatives of type string changed"]
    assert incompatibilities(old, old) == []


ALLOWED: list[Change] = [
    field("office", **CODE, default="none"),
    field("offices", type="array", items=CODE, maxItems=5, default=[]),
    inside(field("unit", anyOf=[CODE, NULL], default=None)),
    lambda schema: schema.update(description="Said better."),
    limit("reason", description="now explained", title="Reason", examples=["full"]),
    lambda schema: schema["required"].reverse(),
]


@pytest.mark.parametrize("change", ALLOWED)
def test_optional_additions_and_better_words_are_allowed(change: Change) -> None:
    assert incompatibilities(SCHEMA, changed(change)) == []


def test_a_field_called_like_a_keyword_is_a_field() -> None:
    old = changed(field("title", **CODE, default="none"))
    assert "title" in structure_of(old)["properties"]
    assert incompatibilities(old, SCHEMA) == ["data.title: optional field removed; readers of this version count on it"]


def test_a_name_that_was_dropped_once_is_never_free_again() -> None:
    """Full transitive: the newest record alone would allow it."""
    first = changed(field("office", **CODE, default="none"))
    reused = changed(field("office", type="integer", default=0))
    assert incompatibilities(SCHEMA, reused) == []
    (sentence, _) = breaks([first, SCHEMA], reused)
    assert sentence.startswith("data.office: default changed")
    assert any("data.office: type changed from string to integer" in line for line in breaks([first, SCHEMA], reused))


# The law behind all of it: where nothing is found, each side's readers accept whatever the other side writes.

CODES = st.sampled_from(["^[a-z]{1,3}$", "^[a-z]{1,5}$", "^[0-9]{2}$"])
LEAVES = st.one_of(
    st.builds(lambda pattern: {"type": "string", "pattern": pattern}, CODES),
    st.builds(lambda longest: {"type": "string", "maxLength": longest}, st.integers(1, 4)),
    st.builds(
        lambda low, more: {"type": "integer", "minimum": low, "maximum": low + more},
        st.integers(-3, 3),
        st.integers(0, 4),
    ),
    st.just({"type": "string", "format": "date"}),
    st.just({"type": "boolean"}),
    st.builds(lambda values: {"type": "string", "enum": sorted(values)}, st.sets(st.sampled_from("abcd"), min_size=1)),
)


def _or_null(leaves: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    return st.builds(lambda leaf: {"anyOf": [leaf, NULL]}, leaves)


def _list_of(parts: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    return st.builds(lambda part, most: {"type": "array", "items": part, "maxItems": most}, parts, st.integers(0, 3))


@st.composite
def _object(draw: st.DrawFn, parts: st.SearchStrategy[Schema]) -> Schema:
    properties = draw(st.dictionaries(st.sampled_from("pqr"), parts, min_size=1, max_size=3))
    needed = draw(st.sets(st.sampled_from(sorted(properties))))
    return {"type": "object", "properties": properties, "required": sorted(needed)}


PARTS = st.recursive(LEAVES | _or_null(LEAVES), lambda parts: _list_of(parts) | _object(parts), max_leaves=3)
SCHEMAS = _object(PARTS)


@st.composite
def _neighbour(draw: st.DrawFn, schema: Schema) -> Schema:
    """A schema a step away: a field gone, added, replaced, nearly the same, or of another need."""
    new = deepcopy(schema)
    fields, needed = new["properties"], set(new["required"])
    name = draw(st.sampled_from(sorted(fields)))
    match draw(st.sampled_from(["gone", "added", "other", "needed", "nearly"])):
        case "gone":
            del fields[name]
            needed.discard(name)
        case "added":
            fields["added"] = draw(LEAVES)
            needed |= draw(st.sets(st.just("added")))
        case "other":
            fields[name] = draw(PARTS)
        case "needed":
            needed ^= {name}
        case _:
            fields[name] = draw(_nearly(fields[name]))
    return {**new, "required": sorted(needed)}


@st.composite
def _nearly(draw: st.DrawFn, schema: Schema) -> Schema:
    """The same kind of value with one limit moved, at any depth."""
    if "anyOf" in schema:
        return {"anyOf": [draw(_nearly(schema["anyOf"][0])), *schema["anyOf"][1:]]}
    if schema["type"] == "object" and schema["properties"]:
        return draw(_neighbour(schema))
    moved = dict(schema)
    for keyword in ("minimum", "maximum", "maxLength", "maxItems"):
        if keyword in moved:
            moved[keyword] = max(moved[keyword] + draw(st.sampled_from([-1, 0, 1])), moved.get("minimum", 0))
    if "pattern" in moved:
        moved["pattern"] = draw(CODES)
    if "enum" in moved:
        moved["enum"] = sorted(draw(st.sets(st.sampled_from("abcd"), min_size=1)))
    if "items" in moved and draw(st.booleans()):
        moved["items"] = draw(_nearly(moved["items"]))
    return moved


@settings(max_examples=300)
@given(st.data())
def test_where_nothing_is_found_both_sides_read_each_other(data: st.DataObject) -> None:
    old = data.draw(SCHEMAS)
    new = data.draw(_neighbour(old))
    if incompatibilities(old, new):
        return
    for written, read in ((old, new), (new, old)):
        # A field that only one side has is ignored by the other.
        reader = Draft202012Validator(read, format_checker=FormatChecker())
        for value in data.draw(st.lists(data_of(written), min_size=4, max_size=4)):
            assert not list(reader.iter_errors(value))


@given(SCHEMAS)
def test_a_schema_is_compatible_with_itself(schema: Schema) -> None:
    assert incompatibilities(schema, deepcopy(schema)) == []


@given(SCHEMAS, LEAVES)
def test_an_optional_addition_is_never_held_against_a_contract(schema: Schema, addition: Schema) -> None:
    new = deepcopy(schema)
    new["properties"]["added"] = addition
    assert incompatibilities(schema, new) == []
    assert incompatibilities(new, schema) == ["data.added: optional field removed; readers of this version count on it"]
