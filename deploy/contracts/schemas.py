"""The JSON Schema of a contract, standing alone: nested models inlined, pydantic's generated titles left out."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.events import Contract

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTES = frozenset({"title", "description", "examples", "deprecated", "$comment", "$schema", "$id"})
"""Keywords that explain and never decide whether a value is valid."""


def schema_of(model: type[Contract]) -> Schema:
    """The schema of an event's data as a reader accepts it, so only what has no default is required.

    Raises ValueError for a model that contains itself: such data has no bound.
    """
    raw = model.model_json_schema()
    schema = _inlined(raw, raw.pop("$defs", {}), ())
    return {**schema, "title": model.type}


def structure_of(schema: Mapping[str, Any]) -> Schema:
    """The schema without its explanations and in one order: what two versions are compared by."""
    kept = {keyword: value for keyword, value in schema.items() if keyword not in NOTES}
    if "required" in kept:
        kept["required"] = sorted(kept["required"])
    return _rebuilt(kept, structure_of)


def _inlined(schema: Mapping[str, Any], definitions: Mapping[str, Schema], inside: tuple[str, ...]) -> Schema:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name in inside:
            raise ValueError(f"{name} contains itself, so its data has no bound")
        beside = {keyword: value for keyword, value in schema.items() if keyword not in ("$ref", "title")}
        return {**_inlined(definitions[name], definitions, (*inside, name)), **beside}
    untitled = {keyword: value for keyword, value in schema.items() if keyword != "title"}
    return _rebuilt(untitled, lambda part: _inlined(part, definitions, inside))


def _rebuilt(schema: Mapping[str, Any], part: Callable[[Mapping[str, Any]], Schema]) -> Schema:
    """The schema with `part` applied to each schema directly inside it."""
    built: Schema = {}
    for keyword, value in schema.items():
        if keyword in ("properties", "patternProperties"):  # keyed by names of fields, which are no keywords
            value = {name: part(field) for name, field in value.items()}
        elif keyword in ("items", "additionalProperties", "propertyNames") and isinstance(value, Mapping):
            value = part(value)
        elif keyword in ("anyOf", "oneOf", "allOf", "prefixItems"):
            value = [part(branch) for branch in value]
        built[keyword] = value
    return built
