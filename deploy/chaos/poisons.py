"""Records that nobody can take, of every kind: each a real event with one thing made wrong, for somebody who does not
exist.

The design (docs/adr/0005) says who must set it aside and tell of it: who reads its topic, where not even the type can
be read; else who handles its type; nobody where the type is not handled at all, or the id is one that was applied
before.
"""

import json
import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from deploy.chaos.journal import Forgery
from deploy.oracle.topics import Record

LARGE: Final = 900_000
"""Bytes that a topic still takes."""
TOO_LARGE: Final = 2_000_000
STRUCTURED: Final = b"application/cloudevents+json"
UNREADABLE: Final = "not-utf-8"
"""The name of a header; written as bytes that are no UTF-8, it makes no client read the record or its batch."""


@dataclass(slots=True)
class Draft:
    """A record in the making: at first a copy of a real event, under an id and for a subject that nobody has."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]

    def spoil_data(self, **more: Any) -> None:
        """Let no field be what its contract says; where there is none, no contract takes a list."""
        fields = json.loads(self.value or b"{}")
        spoilt = {name: [None] for name in fields} | more
        self.value = json.dumps(spoilt if fields else [spoilt]).encode()

    def append(self, field: bytes) -> None:
        """One more field, as it is written."""
        fields = (self.value or b"{}")[1:-1].strip()
        self.value = b"{" + (fields + b", " if fields else b"") + field + b"}"


class Who:
    """Who reads which topic, and who handles which fact: a type without its version. `consumes`: the types."""

    def __init__(self, reads: Mapping[str, Sequence[str]], consumes: Mapping[str, Sequence[str]]) -> None:
        self._reads = reads
        self._handles = {name: {_fact(each) for each in types} for name, types in consumes.items()}
        self.topics = sorted({topic for topics in reads.values() for topic in topics})

    def told(self, told: "Told", kind: str, topic: str) -> frozenset[str]:
        """The services that must tell of a record of this type on this topic."""
        if told == "nobody":
            return frozenset()
        readers = (name for name, topics in self._reads.items() if topic in topics)
        return frozenset(name for name in readers if told == "readers" or _fact(kind) in self._handles[name])


def _fact(kind: str) -> str:
    return kind.rpartition(".v")[0]


Told = Literal["readers", "handlers", "nobody"]
Spoil = Callable[[Draft, Record, Who, random.Random], None]
"""Makes something wrong; given besides the draft: the real event, who is there, and chance."""


class Poison(NamedTuple):
    """What is wrong in words, who must tell of it, and how a record is made so."""

    what: str
    told: Told
    spoil: Spoil


POISONS: Final[list[Poison]] = []


def forge(poison: Poison, real: Record, who: Who, dice: random.Random) -> tuple[Forgery, Record]:
    """A record of this kind made from a real event (in binary mode, its type handled by somebody), and what must become
    of it."""
    subject, identity = new_id(dice), new_id(dice)
    named = {name: content or b"" for name, content in real.headers or ()}
    own = {"ce_id": identity.encode(), "ce_subject": subject.encode(), "ce_sequence": b"1"}
    draft = Draft(real.topic, subject.encode(), real.value, named | own)
    poison.spoil(draft, real, who, dice)
    told_by = who.told(poison.told, named["ce_type"].decode(), draft.topic)
    kept = identity if draft.headers.get("ce_id") == own["ce_id"] else None
    written = Record(draft.topic, real.partition, 0, draft.key, draft.value, list(draft.headers.items()))
    return Forgery(poison.what, draft.key, draft.value, kept, told_by), written


def new_id(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def _poison(what: str, told: Told) -> Callable[[Spoil], Spoil]:
    def enter(spoil: Spoil) -> Spoil:
        POISONS.append(Poison(what, told, spoil))
        return spoil

    return enter


def _headers(what: str, told: Told, **changed: bytes | None) -> None:
    """A kind that is wrong in attributes only; None takes one away."""

    @_poison(what, told)
    def spoil(draft: Draft, *_: object) -> None:
        named = {f"ce_{name}": value for name, value in changed.items()}
        kept = {name: value for name, value in draft.headers.items() if name not in named}
        draft.headers = kept | {name: value for name, value in named.items() if value is not None}


_headers("a header that is no text", "readers", type=b"\xff\xfe")
_headers("no type", "readers", type=None)
_headers("a type that nobody knows", "nobody", type=b"reintegration.intake.nothing-of-the-kind.v1")
_headers("a type of somebody else's", "nobody", type=b"org.example.thing.v1")
_headers("no id", "handlers", id=None)
_headers("a sequence that is no number", "handlers", sequence=b"first")
_headers("a time that is none", "handlers", time=b"yesterday")
_headers("a case that is no id", "handlers", caseid=b"the one of last week")


@_poison("no value", "readers")
def _tombstone(draft: Draft, *_: object) -> None:
    draft.value = None


@_poison("no headers", "readers")
def _bare(draft: Draft, *_: object) -> None:
    draft.headers = {}


@_poison("all in the value, which is no JSON", "readers")
def _structured(draft: Draft, *_: object) -> None:
    draft.headers, draft.value = {"content-type": STRUCTURED}, b'{"specversion": "1.0", "id": '


@_poison("a header whose name is no text", "readers")
def _unreadable(draft: Draft, *_: object) -> None:
    draft.headers[UNREADABLE] = b""


@_poison("bytes by chance", "readers")
def _noise(draft: Draft, _: Record, __: Who, dice: random.Random) -> None:
    draft.key, draft.value = dice.randbytes(20), dice.randbytes(400)
    draft.headers = {"ce_type": b"\xff" + dice.randbytes(20), "content-type": dice.randbytes(8)}


@_poison("a version that nobody knows", "handlers")
def _later_version(draft: Draft, *_: object) -> None:
    draft.headers["ce_type"] = draft.headers["ce_type"].rpartition(b".v")[0] + b".v99"


@_poison("a value that is no JSON", "handlers")
def _no_json(draft: Draft, *_: object) -> None:
    draft.value = (draft.value or b"")[:-1]


@_poison("another schema", "handlers")
def _other_schema(draft: Draft, *_: object) -> None:
    draft.spoil_data()


@_poison("a character that no database keeps", "handlers")
def _nul(draft: Draft, *_: object) -> None:
    draft.append(b'"note": "\\u0000"')


@_poison("no key", "handlers")
def _no_key(draft: Draft, _: Record, __: Who, dice: random.Random) -> None:
    draft.key = None
    draft.append(b'"made": %d' % dice.getrandbits(64))  # without a key nothing else tells it apart


@_poison("another key than its subject", "handlers")
def _other_key(draft: Draft, _: Record, __: Who, dice: random.Random) -> None:
    draft.key = new_id(dice).encode()


@_poison("a subject that is no id", "handlers")
def _other_subject(draft: Draft, _: Record, __: Who, dice: random.Random) -> None:
    draft.key = draft.headers["ce_subject"] = b"somebody %d" % dice.getrandbits(64)


@_poison("on a topic that is not its owner's", "handlers")
def _elsewhere(draft: Draft, _: Record, who: Who, dice: random.Random) -> None:
    draft.topic = dice.choice([topic for topic in who.topics if topic != draft.topic])


@_poison("as large as a record may be", "handlers")
def _large(draft: Draft, *_: object) -> None:
    draft.spoil_data(more="x" * LARGE)


@_poison("larger than a record may be", "handlers")
def _too_large(draft: Draft, *_: object) -> None:
    draft.spoil_data(more="x" * TOO_LARGE)


@_poison("the id of a real event, with other content", "nobody")
def _again(draft: Draft, real: Record, _: Who, dice: random.Random) -> None:
    """Behind the real one, in its partition: everybody has seen that one before."""
    draft.key, draft.headers = real.key, {name: content or b"" for name, content in real.headers or ()}
    draft.append(b'"made": %d' % dice.getrandbits(64))
