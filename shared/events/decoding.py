"""From a Kafka record to an event, record by record, so that one bad record never fails its neighbours.

Both modes of CloudEvents' Kafka binding are read: binary (attributes in `ce_` headers) and structured (everything in
the value). What cannot be read becomes `Broken`, with a reason in a code and a detail that holds field names and
kinds of error but nothing of the content.
"""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.events.envelope import PREFIX, Contract, Event

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
IDS = re.compile(f"(?:{UUID.pattern})+")
NAMES = ("id", "source", "type", "subject", "time", "sequence", "caseid", "correlationid", "causationid", "traceparent")
HEADERS = tuple((f"ce_{name}", name) for name in NAMES)
TYPE = re.compile(rf"{PREFIX}\.[a-z-]{{1,40}}\.[a-z0-9-]{{1,60}}\.v[0-9]{{1,9}}")
"""What the name of a type of ours looks like. Any other may hold anything, and is not repeated in logs and counters."""
TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Record(Protocol):
    """A record as it came from Kafka, or from the parked copy of it."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...
    def digest(self) -> bytes: ...
    def headers_json(self) -> str: ...


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record apart from the client that read it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]

    def digest(self) -> bytes:
        """SHA-256 over key, headers and value, so that operators can tell copies of one record without its content."""
        digest = hashlib.sha256()
        for part in (self.key, self.headers_json().encode(), self.value):
            digest.update(b"-" if part is None else b"%d:" % len(part) + part)
        return digest.digest()

    def headers_json(self) -> str:
        """The headers as JSON: a list of [name, base64 of the value or null]."""
        return orjson.dumps(
            # A header's name may hold U+0000, a text in the database may not.
            [
                [name.replace("\0", "\ufffd"), None if value is None else base64.b64encode(value).decode()]
                for name, value in self.headers
            ]
        ).decode()


def headers_of(kept: str) -> list[tuple[str, bytes | None]]:
    """The reverse of `headers_json`."""
    return [(name, None if value is None else base64.b64decode(value)) for name, value in orjson.loads(kept)]


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is no event this consumer can read; whatever of its attributes could be read is kept."""

    reason: str
    detail: str
    id: str | None = None
    subject: str | None = None
    sequence: int | None = None
    type: str | None = None


class Unhandled:
    """A record of a type that this consumer does not handle: skipped, and counted."""

    __slots__ = ("type",)

    def __init__(self, type: str) -> None:
        self.type = type


class _Unreadable(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        self.reason, self.detail = reason, detail


class Decoder:
    """Decodes the records of one consumer: `handled` are its contracts, `topic_prefix` what a deployment puts before
    the name of each topic."""

    def __init__(self, handled: Iterable[type[Contract]], topic_prefix: str = "") -> None:
        self._handled = {model.type: model for model in handled}
        self._versions = {model.type.rpartition(".v")[0] for model in self._handled.values()}
        self._topics = {model.type: topic_prefix + model.topic for model in self._handled.values()}

    def decode(self, record: Record) -> Event | Broken | Unhandled:
        """The event in a record; never raises."""
        attributes: Mapping[str, str] = {}
        try:
            if record.value is None:
                raise _Unreadable("tombstone", "the record has no value; events are never deleted")
            attributes, value = _attributes(record)
            kind = attributes.get("type")
            if kind is None:
                raise _Unreadable("attribute-missing", "the attribute type is missing")
            model = self._handled.get(kind)
            if model is None:
                if kind.rpartition(".v")[0] not in self._versions:
                    return Unhandled(kind if TYPE.fullmatch(kind) else "foreign")
                raise _Unreadable("unknown-version", "this version of a known fact is not known here yet")
            return self._event(record, attributes, model, value)
        except _Unreadable as unreadable:
            return self._broken(record, attributes, unreadable)

    def violations(self, record: Record) -> tuple[type[Contract] | None, list[ErrorDetails]]:
        """The contract that a record's data fail, and how, without what stands there; None where it is not known."""
        try:
            attributes, value = _attributes(record) if record.value is not None else ({}, b"")
        except _Unreadable:
            return None, []
        model = self._handled.get(attributes.get("type", ""))
        if model is None:
            return None, []
        try:
            model.__pydantic_validator__.validate_json(value)
        except ValidationError as error:
            return model, error.errors(include_url=False, include_input=False)
        return model, []

    def _event(self, record: Record, attributes: Mapping[str, str], model: type[Contract], value: bytes) -> Event:
        if record.topic != self._topics[model.type]:
            raise _Unreadable("wrong-topic", f"{model.type} does not belong on this topic")
        get = attributes.get
        identity, subject, caseid, causationid = get("id", ""), get("subject", ""), get("caseid"), get("causationid")
        correlationid = get("correlationid")
        # One look at all ids together, each of its length; which of them is wrong is asked only when one is.
        ids = f"{identity}{subject}{caseid or ''}{correlationid or ''}{causationid or ''}"
        if not (
            len(identity) == len(subject) == 36
            and (caseid is None or len(caseid) == 36)
            and (correlationid is None or len(correlationid) == 36)
            and (causationid is None or len(causationid) == 36)
            and IDS.fullmatch(ids)
        ):
            _check_ids(attributes)
            identity = _identity(attributes)
        if record.key != subject.encode():
            raise _Unreadable("wrong-key", "the record's key is not the event's subject")
        if b"\\u0000" in value:
            raise _Unreadable("nul-character", "a text holds the character U+0000, which no database can keep")
        try:
            data = model.__pydantic_validator__.validate_json(value)
        except ValidationError as error:
            raise _Unreadable("contract", _explain(error)) from None
        trace = get("traceparent")
        return Event(
            identity,
            model.type,
            subject,
            _sequence(attributes),
            _time(attributes),
            caseid,
            correlationid or identity,
            causationid,
            trace if trace is not None and TRACEPARENT.fullmatch(trace) else None,
            data,
        )

    def _broken(self, record: Record, attributes: Mapping[str, str], unreadable: _Unreadable) -> Broken:
        """What can still be known: a subject from the key, so that the person's later events wait behind it."""
        key = (record.key or b"").decode("ascii", "replace")
        kind = attributes.get("type")
        try:
            identity = _identity(attributes)
        except _Unreadable:
            identity = None
        return Broken(
            unreadable.reason,
            unreadable.detail,
            identity,
            key if UUID.fullmatch(key) else None,
            _number(attributes.get("sequence", "")),
            kind if kind is not None and TYPE.fullmatch(kind) else None,
        )


def _attributes(record: Record) -> tuple[Mapping[str, str], bytes]:
    """The CloudEvents attributes that an event has here, and the data's bytes."""
    assert record.value is not None
    headers = dict(record.headers)
    if (headers.get("content-type") or b"").startswith(b"application/cloudevents+json"):
        return _structured(record.value)
    attributes = {}
    try:
        for header, name in HEADERS:
            value = headers.get(header)
            if value is not None:
                attributes[name] = value.decode()
    except UnicodeDecodeError:
        raise _Unreadable("header-encoding", "a header's value is not UTF-8") from None
    if not attributes:
        raise _Unreadable("no-attributes", "the record has no CloudEvents attributes")
    return attributes, record.value


def _structured(value: bytes) -> tuple[Mapping[str, str], bytes]:
    try:
        event = orjson.loads(value)
    except orjson.JSONDecodeError:
        raise _Unreadable("not-json", "the value is not JSON") from None
    if not isinstance(event, dict):
        raise _Unreadable("not-json", "the value is not a JSON object")
    try:
        data = orjson.dumps(event.pop("data", None))
    except orjson.JSONEncodeError:
        raise _Unreadable("not-json", "the data is nested too deeply") from None
    # An attribute that is null is absent; a number, as the sequence may be, becomes its text.
    return {name: str(event[name]) for name in NAMES if event.get(name) is not None}, data


def _explain(error: ValidationError) -> str:
    """Which fields and what kind of error; never the input, since what fails its contract may hold anything."""
    known = [
        ".".join(str(part) if isinstance(part, int) else part[:40] for part in problem["loc"]) + f": {problem['type']}"
        for problem in error.errors(include_url=False, include_context=False, include_input=False)[:10]
    ]
    return "; ".join(known)[:500]


def _check_ids(attributes: Mapping[str, str]) -> None:
    """Say which of the ids, but for the event's own, is not a UUID."""
    for name in ("subject", "caseid", "correlationid", "causationid"):
        value = attributes.get(name)
        if value is None and name == "subject":
            raise _Unreadable("attribute-missing", "the attribute subject is missing")
        if value is not None and not UUID.fullmatch(value):
            raise _Unreadable("attribute", f"the attribute {name} is not a UUID in canonical form")


def _identity(attributes: Mapping[str, str]) -> str:
    """The event's id. A foreign one, which is no UUID, becomes the UUIDv5 of (source, id), the pair that CloudEvents
    says is unique."""
    identity = attributes.get("id", "")
    if UUID.fullmatch(identity):
        return identity
    if not identity or not attributes.get("source"):
        raise _Unreadable("attribute-missing", "the attribute id or source is missing")
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{attributes['source']} {identity}"))


def _sequence(attributes: Mapping[str, str]) -> int:
    number = _number(attributes.get("sequence", ""))
    if not number:
        raise _Unreadable("attribute", "the attribute sequence is not a positive whole number")
    return number


def _number(text: str) -> int | None:
    """A whole number that a bigint holds."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def _time(attributes: Mapping[str, str]) -> datetime:
    try:
        time = datetime.fromisoformat(attributes.get("time", ""))
    except ValueError:
        raise _Unreadable("attribute", "the attribute time is not a time as in RFC 3339") from None
    if time.tzinfo is None:
        raise _Unreadable("attribute", "the attribute time lacks its offset from UTC")
    return time
