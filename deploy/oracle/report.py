"""What the oracle found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deploy.oracle.checks import CHECKS, KINDS, Kind
from deploy.oracle.store import Store

MOST_EXAMPLES = 10

Example = Mapping[str, str | int]
"""Where to look: ids, names and places only."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A named anomaly that was found `count` times, with its first cases."""

    name: str
    kind: Kind
    meaning: str
    count: int
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is still under way. `to_send` counts, by service, events that Kafka has not acknowledged; `to_consume`, by
    service, events that it has yet to consume; `newer` records that were written while the oracle read."""

    to_send: Mapping[str, int]
    to_consume: Mapping[str, int]
    newer: int = 0

    @property
    def total(self) -> int:
        return sum(self.to_send.values()) + sum(self.to_consume.values()) + self.newer


@dataclass(frozen=True, slots=True)
class Report:
    """Anomalies by name, and counts.

    `events`, `seen` and `parked` (by state) are by service, `records` and `foreign` by topic. `repeated` counts records
    beyond the first of their event, which at-least-once delivery allows. `foreign` are records that are none of this
    system's events, unreadable ones included. `missing_topics` are named by the flows and unknown to Kafka.
    """

    anomalies: Mapping[str, Anomaly]
    unseen: Unseen
    events: Mapping[str, int]
    records: Mapping[str, int]
    seen: Mapping[str, int]
    parked: Mapping[str, Mapping[str, int]]
    repeated: int
    foreign: Mapping[str, int]
    missing_topics: Sequence[str]

    @property
    def clean(self) -> bool:
        """No anomaly. What is parked or still under way is none: see `parked` and `drained`."""
        return not self.anomalies

    @property
    def drained(self) -> bool:
        """Whether nothing is under way any more, so that `clean` is the last word."""
        return self.unseen.total == 0

    @property
    def waiting(self) -> int:
        """Parked records that wait for somebody."""
        return sum(states.get("waiting", 0) for states in self.parked.values())

    def count(self, kind: Kind) -> int:
        """How many anomalies of a kind."""
        return sum(each.count for each in self.anomalies.values() if each.kind == kind)

    def as_json(self) -> dict[str, Any]:
        """All of it in JSON's terms: first the verdict and a count for each kind of anomaly."""
        return {
            "clean": self.clean,
            "drained": self.drained,
            **{kind: self.count(kind) for kind in KINDS},
            "waiting": self.waiting,
            "anomalies": {
                name: {"kind": each.kind, "meaning": each.meaning, "count": each.count, "examples": [*each.examples]}
                for name, each in self.anomalies.items()
            },
            "unseen": {
                "to_send": dict(self.unseen.to_send),
                "to_consume": dict(self.unseen.to_consume),
                "newer": self.unseen.newer,
            },
            "parked": {service: dict(states) for service, states in self.parked.items()},
            "events": dict(self.events),
            "records": dict(self.records),
            "seen": dict(self.seen),
            "repeated": self.repeated,
            "foreign": dict(self.foreign),
            "missing_topics": [*self.missing_topics],
        }


def judge(store: Store, foreign: Mapping[str, int], missing_topics: Sequence[str]) -> Report:
    """Ask a prepared store all checks and counts."""
    anomalies = {}
    for check in CHECKS:
        count, examples = 0, list[Example]()
        for case in store.ask(check.query):
            count += 1
            if len(examples) < MOST_EXAMPLES:
                examples.append(case)
        if count:
            anomalies[check.name] = Anomaly(check.name, check.kind, check.meaning, count, examples)
    parked: dict[str, dict[str, int]] = {}
    for row in store.ask("select service, state, count(*) as records from parked group by service, state"):
        parked.setdefault(str(row["service"]), {})[str(row["state"])] = int(row["records"])
    return Report(
        anomalies,
        Unseen(
            store.counts("select service, count(*) from ledger where unsent group by service"),
            store.counts("select consumer, count(*) from missing where not passed group by consumer"),
            store.count(
                "select count(*) from record"
                " where newer and not exists (select 1 from ledger where ledger.id = record.id)"
            ),
        ),
        store.counts("select service, count(*) from ledger group by service"),
        store.counts("select topic, count(*) from record group by topic"),
        store.counts("select service, count(*) from seen group by service"),
        parked,
        store.count("select sum(times - 1) from (select count(*) as times from record group by id)"),
        foreign,
        missing_topics,
    )
