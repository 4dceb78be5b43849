"""The oracle's own reading of an event, written twice: from a Kafka record, and from a ledger row.

Both end in the same form, so that the two can be compared: CloudEvents 1.0, mostly in Kafka's binary mode, with ids of
16 bytes and with digests in place of whatever need not be told apart further.
"""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

PREFIX = "reintegration."
LONGEST_TYPE = 200
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

MESSAGE = "notifications.message-delivered"
MINTED: Mapping[str, tuple[str, ...]] = {
    "intake.plan-agreed": ("plan",),
    "intake.referral-requested": ("referral", "code"),
    "employment.match-proposed": ("match",),
    "notifications.message-failed": ("message",),
}
"""By fact, the fields that a service makes up while it records it. Two records of one effect differ in these."""


class Reading(NamedTuple):
    """An event as a ledger or a record tells it. What is None could not be read."""

    id: bytes
    type: str
    subject: bytes | None
    sequence: int | None
    attributes: bytes
    """Digest of key, time, case, correlation, cause and trace context."""
    data: bytes
    """Digest of the data's bytes."""


def packed(identity: str) -> bytes:
    """The 16 bytes of a UUID in canonical form."""
    return bytes.fromhex(identity.replace("-", ""))


def digest(*parts: str | bytes | None, size: int = 8) -> bytes:
    """A digest of these parts, each told apart from the next and None from an empty one."""
    state = blake2b(digest_size=size)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        state.update(b"-;" if content is None else b"%d;" % len(content) + content)
    return state.digest()


def of_record(key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes | None]]) -> Reading | None:
    """The event in a record, or None where it is none of ours: no attributes, no id, or a type of someone else."""
    attributes, data = _attributes(value, headers)
    kind, identity = attributes.get("type", ""), attributes.get("id", "")
    if not kind.startswith(PREFIX) or len(kind) > LONGEST_TYPE or not identity:
        return None
    if not ID.fullmatch(identity):
        # CloudEvents makes (source, id) unique, and services know such an event by the UUIDv5 of the two.
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{attributes.get('source', '')} {identity}"))
    subject, sequence = attributes.get("subject", ""), attributes.get("sequence", "")
    return Reading(
        packed(identity),
        kind,
        packed(subject) if ID.fullmatch(subject) else None,
        int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) <= 18 else None,
        digest(
            key,
            _microseconds(attributes.get("time", "")),
            *(attributes.get(name) for name in ("caseid", "correlationid", "causationid", "traceparent")),
        ),
        digest(data),
    )


def _attributes(
    value: bytes | None, headers: Iterable[tuple[str, bytes | None]]
) -> tuple[Mapping[str, str], bytes | None]:
    attributes = {}
    for name, content in headers:
        if name.startswith("ce_"):
            attributes[name[3:]] = (content or b"").decode(errors="replace")
        elif name == "content-type" and (content or b"").startswith(b"application/cloudevents+json"):
            return _structured(value)
    return attributes, value


def _structured(value: bytes | None) -> tuple[Mapping[str, str], bytes | None]:
    """CloudEvents' other mode, everything in the value; the data is written as the services write it."""
    try:
        event = json.loads(value or b"")
    except (ValueError, RecursionError):
        return {}, value
    if not isinstance(event, dict):
        return {}, value
    data = json.dumps(event.pop("data", None), ensure_ascii=False, separators=(",", ":"))
    # JSON can spell half a character, which no other text can hold.
    attributes = {name: str(each).encode(errors="replace").decode() for name, each in event.items()}
    return attributes, data.encode(errors="replace")


def _microseconds(time: str) -> str:
    """Microseconds since 1970, so that two spellings of one instant are equal; what is no time stays as it is."""
    try:
        return str((datetime.fromisoformat(time) - EPOCH) // MICROSECOND)
    except (ValueError, TypeError):
        return time


def of_row(
    identity: bytes,
    kind: str,
    subject: str,
    sequence: int,
    microseconds: int,
    caseid: str | None,
    correlationid: str,
    causationid: str | None,
    traceparent: str | None,
    data: str,
) -> Reading:
    """The event in a ledger row."""
    attributes = digest(subject, str(microseconds), caseid, correlationid, causationid, traceparent)
    return Reading(identity, kind, packed(subject), sequence, attributes, digest(data))


def effect_of(kind: str, subject: str, caseid: str | None, causationid: str | None, data: str) -> bytes | None:
    """What one cause may bring about once: an effect's digest over cause, type, person, case and data, the ids that
    were made up for it left out. None where there is no cause to tell repetition from a second occasion by, and for
    messages, which have a rule of their own."""
    fact = _fact(kind)
    if causationid is None or fact == MESSAGE:
        return None
    if fact in MINTED:
        fields = _object(data)
        data = json.dumps({name: each for name, each in fields.items() if name not in MINTED[fact]}, sort_keys=True)
    return digest(kind, subject, caseid, causationid, data, size=16)


def message_of(kind: str, subject: str, data: str) -> bytes | None:
    """What may reach a person once: a message about one fact, from one template, on one channel."""
    if _fact(kind) != MESSAGE:
        return None
    fields = _object(data)
    return digest(subject, *(str(fields.get(name)) for name in ("about", "template", "channel")), size=16)


def _fact(kind: str) -> str:
    return kind.removeprefix(PREFIX).rpartition(".v")[0]


def _object(data: str) -> dict[str, object]:
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}
