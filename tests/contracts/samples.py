"""Made-up data of a schema, for laws about contracts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from deploy.contracts.schemas import Schema


def data_of(schema: Schema) -> st.SearchStrategy[Any]:
    """Values that the schema allows. Raises KeyError for a type that no contract has."""
    if "anyOf" in schema:
        return st.one_of(*[data_of(branch) for branch in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return OF_TYPE[schema["type"]](schema)


def _object(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: data_of(field) for name, field in schema.get("properties", {}).items()}
    needed = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: field for name, field in fields.items() if name in needed},
        optional={name: field for name, field in fields.items() if name not in needed},
    )


def _text(schema: Schema) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.dates(min_value=date(1900, 1, 1)).map(date.isoformat)
    if "pattern" in schema:
        pattern: str = schema["pattern"]
        return st.from_regex(pattern, fullmatch=True)
    return st.text("abcdefgh", min_size=schema.get("minLength", 0), max_size=schema["maxLength"])


OF_TYPE: dict[str, Callable[[Schema], st.SearchStrategy[Any]]] = {
    "object": _object,
    "string": _text,
    "array": lambda schema: st.lists(data_of(schema["items"]), max_size=schema["maxItems"]).map(list),
    "integer": lambda schema: st.integers(schema.get("minimum", -(10**6)), schema.get("maximum", 10**6)),
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
}
