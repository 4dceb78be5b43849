"""Correcting the copy of a parked record: named fields get new values, and the result must be an event that can be
applied.

A field is named by its path in the data (`needs.0`), as `data` for the whole of it, or as `ce_NAME` for an attribute of
the event. Pure: storing is the repair desk's.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

import orjson

from shared.events.decoding import NAMES, UUID, Broken, Decoder, KeptRecord, Unhandled, _structured, _Unreadable
from shared.events.envelope import Event
from shared.rejections import Rejected

WHOLE: Final = "data"
ATTRIBUTE: Final = "ce_"
MOST_FIELDS: Final = 20


def corrected(decoder: Decoder, record: KeptRecord, fields: Mapping[str, Any]) -> tuple[KeptRecord, Event]:
    """The record with these fields replaced, and the event that it then is; always in CloudEvents' binary mode.

    Raises Rejected, naming the field, where a field is unknown or the result does not meet its contract.
    """
    headers, value = _binary(record)
    data: Any = None
    if any(not name.startswith(ATTRIBUTE) for name in fields):
        data = _whole(fields[WHOLE]) if WHOLE in fields else _data(value)
    for path, new in fields.items():
        if path.startswith(ATTRIBUTE):
            headers[path] = _attribute(path, new)
        elif path != WHOLE:
            _put(data, path, new)
    if data is not None:
        value = _written(data, fields)
    key = record.key if _is_id(record.key) else headers.get("ce_subject")
    result = KeptRecord(record.topic, record.partition, record.offset, key, value, list(headers.items()))
    event = decoder.decode(result)
    if isinstance(event, Unhandled):
        raise Rejected("not-handled", "This service does not handle events of this type.", field="ce_type")
    if isinstance(event, Broken):
        place = event.detail.partition(": ")[0] if event.reason == "contract" else ""
        said = f"With these values it still cannot be applied: {event.detail}."
        raise Rejected("not-corrected", said, field=place or next(iter(fields)))
    known = event.data.model_dump(mode="json")
    for path in fields:
        if not path.startswith(ATTRIBUTE) and path != WHOLE:
            _find(known, path)
    return result, event


def _is_id(key: bytes | None) -> bool:
    """Whether a key names somebody; where it does not, the event's subject says whom it is about."""
    return UUID.fullmatch((key or b"").decode("ascii", "replace")) is not None


def _binary(record: KeptRecord) -> tuple[dict[str, bytes | None], bytes | None]:
    """Headers and data as binary mode has them, as far as they can be read."""
    headers = dict(record.headers)
    if not (headers.get("content-type") or b"").startswith(b"application/cloudevents+json"):
        return headers, record.value
    headers["content-type"] = b"application/json"
    try:
        attributes, data = _structured(record.value or b"")
    except _Unreadable:
        return headers, b""
    return headers | {ATTRIBUTE + name: text.encode() for name, text in attributes.items()}, data


def _data(value: bytes | None) -> Any:
    try:
        data = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        data = None
    if not isinstance(data, dict):
        raise Rejected(
            "not-json", f"What stands there is no JSON object: give the whole of it as {WHOLE}.", field=WHOLE
        )
    return data


def _whole(new: Any) -> Any:
    """A copy, since named fields are put into it."""
    if not isinstance(new, dict):
        raise Rejected("not-json", f"Give {WHOLE} as a JSON object.", field=WHOLE)
    return deepcopy(new)


def _written(data: Any, fields: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(data)
    except orjson.JSONEncodeError:
        field = next((path for path, new in fields.items() if not _can_be_written(new)), WHOLE)
        raise Rejected(
            "not-json", "It holds a number beyond 64 bits, or what no event can hold: give another value.", field=field
        ) from None


def _can_be_written(new: Any) -> bool:
    try:
        orjson.dumps(new)
    except orjson.JSONEncodeError:
        return False
    return True


def _attribute(path: str, new: Any) -> bytes:
    if path.removeprefix(ATTRIBUTE) not in NAMES:
        raise Rejected("unknown-field", "An event has no such attribute.", field=ATTRIBUTE + "?", allowed=NAMES)
    if isinstance(new, bool) or not isinstance(new, str | int):
        raise Rejected("not-text", "Give the attribute as a text.", field=path)
    try:
        return str(new).encode()
    except UnicodeEncodeError:
        raise Rejected("not-text", "Give the attribute as a text.", field=path) from None


def _put(data: Any, path: str, new: Any) -> None:
    """Set what stands at a path; only the last name may be new, and only in an object."""
    *way, last = path.split(".")
    place = data
    for part in way:
        place = _step(place, part, path)
    if isinstance(place, dict):
        place[last] = new
        return
    _step(place, last, path)
    place[int(last)] = new


def _find(data: Any, path: str) -> None:
    for part in path.split("."):
        data = _step(data, part, path)


def _step(place: Any, part: str, path: str) -> Any:
    if isinstance(place, dict) and part in place:
        return place[part]
    if isinstance(place, list) and part.isascii() and part.isdecimal() and int(part) < len(place):
        return place[int(part)]
    raise Rejected("unknown-field", "The contract has no such field; docs/events.md lists its fields.", field=path)
