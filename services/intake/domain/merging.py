"""Two edits of one version: what touches different fields is merged, what touches the same one is kept for a person to
decide. No edit ever wins by being the last.

An edit names the version of the record that it was based on. What others changed since that version is known field by
field; a field that only this edit touches takes its value.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

Fields = Mapping[str, Any]
Change = Mapping[str, tuple[Any, Any]]
"""What one change made of each field it touched: (value before, value after)."""

TOGETHER: Final = {"birth_precision": "birth_date", "phone_owner": "phone", "idpoor_until": "idpoor_level"}
"""Fields that mean nothing without another: they are one in the question whether two edits touched the same."""


class Versions(NamedTuple):
    """What a field held when the edit was made, what it holds now, and what the edit wants it to hold."""

    before: Any
    kept: Any
    submitted: Any


class Merged(NamedTuple):
    """Fields that take the edit's value, and those that wait for a decision."""

    applied: dict[str, Any]
    conflicting: dict[str, Versions]


def merge(current: Fields, edit: Fields, since: Iterable[Change]) -> Merged:
    """An edit on top of a record. `since`: the changes after the version that the edit was based on, the oldest first.

    A field that already holds what the edit wants is in neither part.
    """
    before: dict[str, Any] = {}
    for change in since:
        for field, (was, _) in change.items():
            before.setdefault(field, was)
    touched = {_one(field) for field in before}
    merged = Merged({}, {})
    for field, wanted in edit.items():
        held = current.get(field)
        if wanted == held:
            continue
        if _one(field) in touched:
            merged.conflicting[field] = Versions(before.get(field, held), held, wanted)
        else:
            merged.applied[field] = wanted
    return merged


def change(current: Fields, applied: Fields) -> dict[str, tuple[Any, Any]]:
    """What these new values make of a record: only what they change."""
    return {field: (current.get(field), value) for field, value in applied.items() if current.get(field) != value}


def _one(field: str) -> str:
    return TOGETHER.get(field, field)
