"""A small system as the oracle would have read it: three owners, their ledgers, topics and inboxes, all in order.

Made at random from a seed: events of several persons, interleaved; records that Kafka got twice; consumers that took
them in batches of any size; a person whose events are parked. Tests then break one thing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from uuid import UUID

from deploy.oracle.reading import digest
from deploy.oracle.report import Report, judge
from deploy.oracle.store import Store

PARTITIONS = 2
TYPES = {
    "intake": ("reintegration.intake.case-registered.v1", "reintegration.intake.plan-agreed.v1"),
    "training": ("reintegration.training.seat-reserved.v1", "reintegration.training.skills-recognised.v1"),
    "notifications": ("reintegration.notifications.message-delivered.v1",),
}
CONSUMES = {
    "intake": {"reintegration.training.seat-reserved.v1"},
    "training": {"reintegration.intake.case-registered.v1"},
    "notifications": {"reintegration.intake.case-registered.v1", "reintegration.training.skills-recognised.v1"},
}


@dataclass(frozen=True)
class Entry:
    """A ledger's row."""

    service: str
    position: int
    id: bytes
    type: str
    subject: bytes
    sequence: int
    attributes: bytes
    data: bytes
    unsent: bool = False
    effect: bytes | None = None
    message: bytes | None = None


@dataclass(frozen=True)
class Written:
    """A record of a topic."""

    topic: str
    partition: int
    offset: int
    id: bytes
    type: str
    subject: bytes | None
    sequence: int | None
    attributes: bytes
    data: bytes
    newer: bool = False


@dataclass(frozen=True)
class Seen:
    """An inbox's row; a service's consumer has its name unless another is given."""

    service: str
    id: bytes
    batch: int
    place: int
    consumer: str | None = None
    old: bool = False
    """By a release that noted no times."""


@dataclass(frozen=True)
class Parked:
    """A parked record."""

    service: str
    id: bytes | None
    topic: str
    partition: int
    offset: int
    state: str = "waiting"
    last: int | None = None
    """Of a whole batch that could not be read; else the offset itself."""


@dataclass
class World:
    """All that was read; `committed` is by (service, topic, partition)."""

    ledger: list[Entry] = field(default_factory=list)
    records: list[Written] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    committed: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def report(self) -> Report:
        """What the oracle says of it."""
        store = Store()
        n = store.number
        store.add(
            "ledger",
            [
                (
                    *(n(e.service), e.position, e.id, n(e.type), n(e.service), e.subject, e.sequence),
                    *(e.attributes, e.data, e.unsent, e.effect, e.message),
                )
                for e in self.ledger
            ],
        )
        store.add(
            "record",
            [
                (
                    *(n(r.topic), r.partition, r.offset, r.id, n(r.type), r.subject, r.sequence),
                    *(r.attributes, r.data, r.newer),
                )
                for r in self.records
            ],
        )
        store.add(
            "seen", [(n(s.service), n(s.consumer or s.service), s.id, s.batch, s.place, s.old) for s in self.seen]
        )
        store.add(
            "parked",
            [
                (
                    *(n(p.service), n(p.service), p.id, n(p.topic), p.partition, p.offset, p.state),
                    p.offset if p.last is None else p.last,
                )
                for p in self.parked
            ],
        )
        store.add("consumes", [(n(kind), n(service)) for service, kinds in CONSUMES.items() for kind in kinds])
        store.add("committed", [(n(s), n(t), p, offset) for (s, t, p), offset in self.committed.items()])
        store.prepare()
        try:
            return judge(store, {}, [])
        finally:
            store.close()

    def of(self, entry: Entry) -> list[Written]:
        """The records of an event, first to last."""
        return sorted((r for r in self.records if r.id == entry.id), key=lambda record: record.offset)

    def end(self, topic: str, partition: int) -> int:
        return 1 + max((r.offset for r in self.records if (r.topic, r.partition) == (topic, partition)), default=-1)

    def pairs(self) -> list[tuple[Entry, Entry]]:
        """Two successive events of one owner and subject, everywhere."""
        ordered = sorted(self.ledger, key=lambda e: (e.service, e.subject, e.sequence))
        return [
            (one, two) for one, two in pairwise(ordered) if (one.service, one.subject) == (two.service, two.subject)
        ]

    def last(self, service: str, subject: bytes) -> Entry:
        """The newest event of an owner and subject."""
        return max(
            (e for e in self.ledger if (e.service, e.subject) == (service, subject)), key=lambda entry: entry.sequence
        )

    def record(self, entry: Entry, *, sent: bool = True) -> Entry:
        """Append an event to its ledger, its topic and the inboxes that should have it; it waits behind parked ones."""
        position = 1 + max((e.position for e in self.ledger), default=0)
        entry = replace(entry, position=position, unsent=not sent)
        self.ledger.append(entry)
        if sent:
            written = self.send(entry)
            known = {each.id: (each.service, each.subject) for each in self.ledger}
            for service, kinds in CONSUMES.items():
                if entry.type in kinds:
                    batch = 1 + max((s.batch for s in self.seen if s.service == service), default=0)
                    self.seen.append(Seen(service, entry.id, batch, 0))
                    waiting = [p.id for p in self.parked if p.service == service and p.state == "waiting" and p.id]
                    if (entry.service, entry.subject) in {known.get(each) for each in waiting}:
                        place = (written.topic, written.partition, written.offset)
                        self.parked.append(Parked(service, entry.id, *place))
        return entry

    def send(self, entry: Entry) -> Written:
        """Append an event to its topic, and let every group go on behind it."""
        partition = entry.subject[0] % PARTITIONS
        written = Written(
            entry.service,
            partition,
            self.end(entry.service, partition),
            *(entry.id, entry.type, entry.subject, entry.sequence, entry.attributes, entry.data),
        )
        self.records.append(written)
        for service in CONSUMES:
            self.committed[service, entry.service, partition] = written.offset + 1
        return written


def identity(chance: random.Random) -> bytes:
    return chance.randbytes(16)


def text(packed: bytes) -> str:
    """An id as reports show it."""
    return str(UUID(bytes=packed))


def make(chance: random.Random) -> World:
    """A world in which everything is as it should be: each owner and subject has three events at least."""
    world = World()
    subjects = [bytes([number]) + chance.randbytes(15) for number in range(chance.randint(2, 4))]
    order = [(service, subject) for service in TYPES for subject in subjects for _ in range(chance.randint(3, 5))]
    chance.shuffle(order)
    sequences: dict[tuple[str, bytes], int] = {}
    sent: list[Entry] = []
    for service, subject in order:
        sequences[service, subject] = sequence = sequences.get((service, subject), 0) + 1
        position = len(world.ledger) + 1
        kind = chance.choice(TYPES[service])
        content = (digest(str(position), "attributes"), digest(str(position), "data"))
        message = chance.randbytes(16) if "message" in kind else None
        effect = None if message or chance.random() < 0.3 else chance.randbytes(16)
        entry = Entry(
            service, position, identity(chance), kind, subject, sequence, *content, effect=effect, message=message
        )
        world.ledger.append(entry)
        world.send(entry)
        sent.append(entry)
        if chance.random() < 0.2:  # the relay did not hear of the acknowledgement and sends its last few again
            for repeated in sent[-3:]:
                world.send(repeated)
    for service in CONSUMES:
        _consume(world, service, chance)
    return world


def _consume(world: World, service: str, chance: random.Random) -> None:
    """Partition by partition in any turn, in batches of any size; sometimes one person's events are parked."""
    queues: dict[tuple[str, int], list[Written]] = {}
    for record in world.records:
        queues.setdefault((record.topic, record.partition), []).append(record)
    handled = [record for record in world.records if record.type in CONSUMES[service]]
    stuck = chance.choice(handled) if handled and chance.random() < 0.3 else None
    settled = chance.randint(0, 3)
    behind: set[tuple[str, bytes | None]] = set()
    had: set[bytes] = set()
    batch = 0
    while queues:
        batch += chance.randint(1, 3)  # a number that a rolled back transaction drew is never used
        where = chance.choice(sorted(queues))
        size = chance.randint(1, 5)
        taken, queues[where] = queues[where][:size], queues[where][size:]
        for place, record in enumerate(r for r in taken if r.type in CONSUMES[service]):
            if record.id in had:
                continue
            had.add(record.id)
            world.seen.append(Seen(service, record.id, batch, place))
            if stuck is not None and record.id == stuck.id:
                behind.add((record.topic, record.subject))
            if (record.topic, record.subject) in behind:
                # An operator settles the first few, in their order; the others wait.
                settled -= 1
                state = "waiting" if settled < 0 else chance.choice(("replayed", "dropped"))
                world.parked.append(Parked(service, record.id, *where, record.offset, state))
        if not queues[where]:
            del queues[where]


def chosen(options: Sequence[Entry], chance: random.Random) -> Entry:
    return options[chance.randrange(len(options))]
