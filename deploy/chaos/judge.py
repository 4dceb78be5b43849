"""The verdict on a drained system: the oracle of `reintegration verify`, extended by what clients were promised.

The oracle holds that whatever a ledger has stands once in its topic, in order, and is seen once by each subscriber.
The journal holds that whatever was acknowledged has its business row and its fact in the ledger, once. Together: each
acknowledged call has its row, its event, its record, and its effect in every subscriber. And what a fault forged is set
aside by each consumer that cannot take it, once, and by nobody else: nothing is passed over in silence.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final, NamedTuple

import asyncpg

from deploy import checking
from deploy.addresses import Addresses
from deploy.chaos.consented import unconsented
from deploy.chaos.journal import Forgery, Journal, Kind, Promise
from deploy.oracle import Forged, Report
from deploy.oracle.checks import KINDS
from deploy.oracle.checks import Kind as Count
from deploy.terminal import Failure

UNSEEN: Final = "unseen"
"""After the drain: an event that is still not sent, or not consumed, or parked."""


class Evidence(NamedTuple):
    """Where an acknowledged call must have left its traces: the service, a query of (identity, number) of its business
    rows, and one of the facts in its ledger."""

    service: str
    rows: str
    facts: str
    by_itself: bool = False
    """The system does it too where nobody has looked yet: one that no client knows of is no ghost."""


def _told(fact: str, by: str, kind: str = "") -> str:
    """A query of a ledger's facts of a type; of referrals only those of a kind."""
    more = f" and data::jsonb ->> 'kind' = '{kind}'" if kind else ""
    return f"select {by}, count(*) from ledger where type = 'reintegration.{fact}.v1'{more} group by 1"  # noqa: S608


EVIDENCE: Final[Mapping[Kind, Evidence]] = {
    "registration": Evidence(
        "intake",
        "select caseid::text, count(*) from cases group by 1",
        _told("intake.case-registered", "caseid::text"),
    ),
    "vacancy": Evidence(
        "employment",
        "select vacancy::text, count(*) from vacancy group by 1",
        _told("employment.vacancy-opened", "subject::text"),
    ),
    "completion": Evidence(
        "training",
        "select code, count(*) from referral where state = 'completed' and kind = 'course' group by 1",
        _told("training.completion-recorded", "data::jsonb ->> 'code'"),
    ),
    "acceptance": Evidence(
        "intake",
        "select code, count(*) from referral where kind = 'legal-assistance' and state in ('accepted', 'completed')"
        " group by 1",
        _told("intake.referral-accepted", "data::jsonb ->> 'code'", "legal-assistance"),
    ),
    "outcome": Evidence(
        "intake",
        "select code, count(*) from referral where kind = 'legal-assistance' and state = 'completed' group by 1",
        _told("intake.referral-completed", "data::jsonb ->> 'code'", "legal-assistance"),
    ),
    "referral": Evidence(
        "intake",
        "select code, count(*) from referral where kind = 'shelter' and number = 1 group by 1",
        "select data::jsonb ->> 'code', count(*) from ledger where type = 'reintegration.intake.referral-requested.v1'"
        " and data::jsonb ->> 'kind' = 'other-service' and data::jsonb ->> 'follows' is null group by 1",
    ),
    "rerouting": Evidence(
        "intake",
        "select code, count(*) from referral where kind = 'shelter' and state = 're-routed' group by 1",
        _told("intake.referral-rerouted", "data::jsonb ->> 'code'", "other-service"),
        by_itself=True,
    ),
    "shelter": Evidence(
        "intake",
        "select code, count(*) from referral where kind = 'shelter' and state in ('accepted', 'withdrawn') group by 1",
        _told("intake.referral-accepted", "data::jsonb ->> 'code'", "other-service"),
    ),
    "withdrawal": Evidence(
        "intake",
        "select person::text, count(*) from ended_consent where purpose = 'services' and how = 'withdrawn' group by 1",
        "select subject::text, count(*) from ledger where type = 'reintegration.intake.consent-withdrawn.v1'"
        " and data::jsonb ->> 'purpose' = 'services' group by 1",
    ),
    "consent": Evidence(
        "intake",
        "select person::text, count(*) from person where consents -> 'services' ->> 'text_version' = 'again-1'"
        " group by 1",
        "select subject::text, count(*) from ledger where type = 'reintegration.intake.consent-given.v1'"
        " and data::jsonb ->> 'purpose' = 'services' and data::jsonb ->> 'text_version' = 'again-1' group by 1",
    ),
    "transfer": Evidence(
        "intake",
        "select transfer::text, count(*) from transfer where state = 'accepted' group by 1",
        _told("intake.transfer-accepted", "data::jsonb ->> 'transfer'"),
    ),
    "closing": Evidence(
        "intake",
        "select caseid::text, count(*) from cases where closing = 're-migrated' group by 1",
        _told("intake.case-closed", "caseid::text"),
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many calls were acknowledged, and each anomaly by its count's name and its own, with some cases in words."""

    acked: int
    anomalies: Mapping[Count, Mapping[str, int]]
    examples: Sequence[str] = field(default=())
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    """How many calls of each kind were acknowledged."""

    def count(self, kind: Count) -> int:
        return sum(self.anomalies.get(kind, {}).values())

    @property
    def clean(self) -> bool:
        return not any(self.count(kind) for kind in KINDS)

    def since(self, before: "Verdict | None") -> "Verdict":
        """What came on top of an earlier verdict; an anomaly that was there before is not counted again."""
        if before is None:
            return self
        new: dict[Count, dict[str, int]] = {
            kind: {
                name: number - before.anomalies.get(kind, {}).get(name, 0)
                for name, number in names.items()
                if number > before.anomalies.get(kind, {}).get(name, 0)
            }
            for kind, names in self.anomalies.items()
        }
        fresh = [example for example in self.examples if example not in before.examples]
        return Verdict(self.acked - before.acked, {kind: names for kind, names in new.items() if names}, fresh)

    def named(self) -> list[str]:
        """Each anomaly in words: its count's name, its own, how often."""
        return [
            f"{kind}: {name}, {number} times" for kind in KINDS for name, number in self.anomalies.get(kind, {}).items()
        ]

    def as_json(self) -> dict[str, object]:
        return {"acked": self.acked, **{kind: self.count(kind) for kind in KINDS}}


def judge(addresses: Addresses, journal: Journal, forged: Collection[str]) -> Verdict:
    """Look through everything. The system must be drained and no call open. `forged`: ids of events that faults wrote
    by hand, beside the journal's forgeries. Raises Failure where the system cannot be read."""
    forgeries = journal.forgeries()
    ids = [*forged, *(each.id for each in forgeries if each.id is not None)]
    contents = [(each.key, each.value) for each in forgeries]
    places = [each.place for each in forgeries if each.place is not None]
    report = checking.check(addresses, forged=Forged.of(ids, contents, places))
    found, kept = asyncio.run(_evidence(addresses))
    try:
        sent = asyncio.run(unconsented(addresses))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as failure:
        raise Failure(f"Whether anything left without consent cannot be read: {type(failure).__name__}.") from failure
    unclear = {kind: journal.unclear_of(kind) for kind in EVIDENCE}
    counted = compared(journal.promises(), found, unclear)
    for kind, names in set_aside(forgeries, kept).items():
        counted[kind] += names
    counted["ghosts"] += Counter(sent)
    kinds = Counter(promise.kind for promise in journal.promises())
    return replace(combined(report, counted, len(journal)), kinds=dict(kinds))


Found = Mapping[Kind, tuple[Mapping[str, int], Mapping[str, int]]]
"""By kind: numbers of business rows, and of facts, by identity."""


Mark = tuple[bytes | None, bytes | None] | tuple[str, int, int]
"""What a record is known by: key and SHA-256 of its value; or topic, partition and offset, of one whose whole batch is
kept."""
KEPT: Final = """
select key, sha256(value), topic, partition, "offset", last_offset is not null from parked where consumer = $1
"""


def _mark(copy: Sequence[Any], topic_prefix: str) -> Mark:
    key, value, topic, partition, offset, whole = copy
    return (topic.removeprefix(topic_prefix), partition, offset) if whole else (key, value)


async def _evidence(addresses: Addresses) -> tuple[Found, dict[str, Counter[Mark]]]:
    """What promises left behind, and by service how often each record was set aside."""
    found: dict[Kind, tuple[Mapping[str, int], Mapping[str, int]]] = {}
    kept: dict[str, Counter[Mark]] = {}
    for service, url in addresses.databases.items():
        try:
            connection = await asyncpg.connect(url, timeout=10, command_timeout=120)
            try:
                for kind, where in EVIDENCE.items():
                    if where.service == service:
                        rows, facts = await connection.fetch(where.rows), await connection.fetch(where.facts)
                        found[kind] = ({each[0]: each[1] for each in rows}, {each[0]: each[1] for each in facts})
                copies = await connection.fetch(KEPT, service)
                kept[service] = Counter(_mark(copy, addresses.topic_prefix) for copy in copies)
            finally:
                await connection.close()
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as failure:
            raise Failure(f"The database of {service} cannot be read: {type(failure).__name__}.") from failure
    return found, kept


def compared(promises: Sequence[Promise], found: Found, unclear: Mapping[Kind, int]) -> dict[Count, Counter[str]]:
    """Promises against what is there: a promise without row or fact is a lost write, a fact told twice is doubled, and
    a fact or row that nobody asked for is a ghost, unless a call without an answer may have been it."""
    counted: dict[Count, Counter[str]] = {kind: Counter() for kind in KINDS}
    for kind, (rows, facts) in found.items():
        promised = {each.identity for each in promises if each.kind == kind}
        counted["lost"][f"lost-write of a {kind}"] += sum(1 for each in promised if not rows.get(each))
        counted["lost"][f"untold {kind}"] += sum(1 for each in promised if rows.get(each) and not facts.get(each))
        counted["doubled"][f"{kind} told twice"] += sum(1 for number in facts.values() if number > 1)
        unasked = 0 if EVIDENCE[kind].by_itself else len((set(rows) | set(facts)) - promised)
        counted["ghosts"][f"{kind} that nobody asked for"] += max(0, unasked - unclear.get(kind, 0))
    return {kind: +names for kind, names in counted.items()}


def set_aside(forgeries: Sequence[Forgery], kept: Mapping[str, Mapping[Mark, int]]) -> dict[Count, Counter[str]]:
    """Forged records against the copies that consumers set aside: one that no operator is told of is lost."""
    counted: dict[Count, Counter[str]] = {kind: Counter() for kind in KINDS}
    for each in forgeries:
        mark: Mark = each.place or (each.key, None if each.value is None else sha256(each.value).digest())
        for service, copies in kept.items():
            times, wanted = copies.get(mark, 0), service in each.told_by
            if wanted and not times:
                counted["lost"][f"forged and not told by {service}: {each.what}"] += 1
            elif not wanted and times:
                counted["ghosts"][f"forged and set aside by {service} without need: {each.what}"] += 1
            elif times > 1:
                counted["doubled"][f"forged and set aside more than once by {service}: {each.what}"] += 1
    return counted


def combined(report: Report, kept: Mapping[Count, Counter[str]], acked: int) -> Verdict:
    """The oracle's findings and the journal's in one."""
    anomalies: dict[Count, dict[str, int]] = {kind: dict(kept.get(kind, {})) for kind in KINDS}
    examples: list[str] = []
    for anomaly in report.anomalies.values():
        anomalies[anomaly.kind][anomaly.name] = anomaly.count
        examples += [f"{anomaly.name}: {dict(each)}" for each in anomaly.examples]
    left = report.unseen.total + report.waiting
    if left:
        anomalies["lost"][UNSEEN] = left
    return Verdict(acked, {kind: names for kind, names in anomalies.items() if names}, examples)
