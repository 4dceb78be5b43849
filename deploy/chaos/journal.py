"""What clients were promised: every call that a service acknowledged, written down by the client itself.

A file of JSON lines, so that a failing run can be looked at afterwards; the same in memory for the judge.
"""

import json
import threading
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Kind = Literal[
    "registration",
    "vacancy",
    "completion",
    "acceptance",
    "outcome",
    "referral",
    "rerouting",
    "shelter",
    "withdrawal",
    "consent",
    "transfer",
    "closing",
]
"""What was acknowledged: a person registered, a vacancy opened, a course completed, a referral taken by its office, and
what became of that referral. And of hard lives: a referral to a shelter, that the clock sent her to another, which took
her; consent withdrawn, and given again; moved to another centre; gone abroad."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One acknowledged call. `identity` names what must be there: the case, the vacancy, the referral's code;
    `subject` is whose events tell it, '' where the client never learns that."""

    kind: Kind
    identity: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Forgery:
    """A record that a fault wrote into a topic by hand. `what` says in words what is wrong with it; `id` in canonical
    form, None where it bears none or that of a real event. `told_by`: the services that must set it aside and tell of
    it, once each; whoever is not among them must pass it over. `place` (topic, partition, offset): where its copies
    say that it stood, of one that is kept with its whole batch.
    """

    what: str
    key: bytes | None
    value: bytes | None
    id: str | None
    told_by: frozenset[str]
    place: tuple[str, int, int] | None = None


class Journal:
    """Promises in the order of their acknowledgement, and what was forged. Its methods may be called from any
    thread."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self._promises: list[Promise] = []
        self._unclear = Counter[Kind]()
        self._forgeries: list[Forgery] = []

    def acknowledged(self, promise: Promise) -> None:
        """Write down what a service said to have done."""
        with self._lock:
            self._promises.append(promise)
            self._file.write(json.dumps(asdict(promise)) + "\n")
            self._file.flush()

    def unclear(self, kind: Kind) -> None:
        """Count a call whose answer never came: it may have been done or not."""
        with self._lock:
            self._unclear[kind] += 1

    def forged(self, forgery: Forgery) -> None:
        """Write down a record that Kafka took from a fault."""
        with self._lock:
            self._forgeries.append(forgery)

    def forgeries(self) -> list[Forgery]:
        """All of them so far."""
        with self._lock:
            return list(self._forgeries)

    def promises(self) -> list[Promise]:
        """All of them so far."""
        with self._lock:
            return list(self._promises)

    def unclear_of(self, kind: Kind) -> int:
        with self._lock:
            return self._unclear[kind]

    def __len__(self) -> int:
        with self._lock:
            return len(self._promises)

    def close(self) -> None:
        self._file.close()
