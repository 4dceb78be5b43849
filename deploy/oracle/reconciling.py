"""Reconciliation: for every event of a time, who should have it, who has it, and who lacks it.

`verify` judges all there is, topics included; this looks at databases only and at what is recent, so that it is cheap
enough for every day. It cannot tell an event that is late from one that is lost: `verify` does.

Each owner's ledger streams by once. Each consumer is asked about it in batches, always after the ledger was read, so
that an event is never missed for having arrived in between; its index answers, so an inbox of years costs no more.
Memory is that of one batch.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from deploy.oracle.databases import connected, told
from deploy.oracle.errors import OracleError
from deploy.oracle.flows import Flows

ROWS = 5_000
"""Events read and asked about at a time."""
MOST_EXAMPLES = 5
LAST = datetime.max.replace(tzinfo=UTC)

LEDGER = """
select id, subject, type, time, unsent.position is not null
from ledger left join unsent on unsent.position = ledger.position where time >= $1
"""
ASKED = """
select asked.place, parked.state
from unnest($2::uuid[]) with ordinality as asked (id, place)
left join parked on parked.consumer = $1 and parked.id = asked.id and parked.state <> 'replayed'
where parked.state is not null
   or not exists (select from inbox where inbox.consumer = $1 and inbox.id = asked.id)
"""
UNREADABLE = """
select coalesce(sum(coalesce(last_offset, "offset") - "offset" + 1), 0)::bigint from parked
where consumer = $1 and id is null and state = 'waiting'
"""

State = Literal["missing", "on_their_way", "unsent", "waiting", "dropped"]
"""Why a consumer does not have an event's effect: nobody knows; it is younger than the grace; its owner has not sent it
yet; it is parked and waits for an operator; an operator dropped it, on record."""
STATES: tuple[State, ...] = ("missing", "on_their_way", "unsent", "waiting", "dropped")


class Written(NamedTuple):
    """An event in its owner's ledger. `unsent`: Kafka has not acknowledged it yet."""

    id: UUID
    subject: UUID
    type: str
    time: datetime
    unsent: bool


class Flow(NamedTuple):
    """Events of one type, from who writes them to who should have them."""

    owner: str
    type: str
    consumer: str


@dataclass(slots=True)
class Found:
    """How many events, when the oldest was written, and the ids of the first that were met."""

    count: int = 0
    oldest: datetime = LAST
    examples: list[dict[str, str]] = field(default_factory=list)

    def add(self, event: Written) -> None:
        self.count += 1
        self.oldest = min(self.oldest, event.time)
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append({"id": str(event.id), "subject": str(event.subject)})


@dataclass(slots=True)
class Reconciliation:
    """What was found about the events since a moment.

    `written` counts events by owner and type, those that nobody consumes included; `expected` counts for each flow who
    should have them, and `lacking` what of these its consumer does not have, by state. `unreadable` counts by consumer
    parked records that wait without a readable id: what is missing may be among them.
    """

    since: datetime
    asked_at: datetime
    grace: timedelta
    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    expected: Counter[Flow] = field(default_factory=Counter)
    lacking: dict[Flow, dict[State, Found]] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)

    def write_down(self, owner: str, events: Sequence[Written]) -> None:
        """Count what a ledger holds."""
        self.written.update((owner, event.type) for event in events)

    def ask(self, owner: str, consumer: str, events: Sequence[Written], lacking: Mapping[int, str | None]) -> None:
        """Count what a consumer has of these events that it should have. `lacking`: by index in `events`, those that
        it has no effect of, with the state of its parked record where it has one."""
        self.expected.update(Flow(owner, event.type, consumer) for event in events)
        for place, parked in lacking.items():
            event = events[place]
            states = self.lacking.setdefault(Flow(owner, event.type, consumer), {})
            states.setdefault(self._state(event, parked), Found()).add(event)

    def _state(self, event: Written, parked: str | None) -> State:
        if parked == "waiting":
            return "waiting"
        if parked == "dropped":
            return "dropped"
        if event.unsent:
            return "unsent"
        return "on_their_way" if event.time > self.asked_at - self.grace else "missing"

    def count(self, state: State) -> int:
        """How many effects are in this state."""
        return sum(found[state].count for found in self.lacking.values() if state in found)

    @property
    def held(self) -> int:
        """How many effects are where they should be."""
        return self.expected.total() - sum(each.count for found in self.lacking.values() for each in found.values())

    def rows(self, state: State) -> list[tuple[Flow, Found]]:
        """The flows of which something is in this state, the oldest first."""
        found = [(flow, states[state]) for flow, states in self.lacking.items() if state in states]
        return sorted(found, key=lambda row: (row[1].oldest, row[0]))

    def age(self, found: Found) -> timedelta:
        """How old the oldest of them was when the system was asked."""
        return self.asked_at - found.oldest

    def unconsumed(self) -> dict[str, int]:
        """How many events of types that nobody consumes were written."""
        consumed = {(flow.owner, flow.type) for flow in self.expected}
        return {each[1]: count for each, count in sorted(self.written.items()) if each not in consumed}

    def as_json(self) -> dict[str, Any]:
        """All of it in JSON's terms: first the counts, then each state's flows; times in UTC, ages in seconds."""
        return {
            "complete": self.count("missing") == 0,
            "since": self.since.astimezone(UTC).isoformat(),
            "asked_at": self.asked_at.astimezone(UTC).isoformat(),
            "grace": self.grace.total_seconds(),
            "events": self.written.total(),
            "expected": self.expected.total(),
            "held": self.held,
            **{state: self.count(state) for state in STATES},
            "unreadable": dict(self.unreadable),
            "lacking": {state: [self._row(*row) for row in self.rows(state)] for state in STATES},
            "flows": [self._flow(flow) for flow in sorted(self.expected)],
            "unconsumed": self.unconsumed(),
        }

    def _row(self, flow: Flow, found: Found) -> dict[str, Any]:
        return {
            **flow._asdict(),
            "count": found.count,
            "oldest": found.oldest.astimezone(UTC).isoformat(),
            "age": round(self.age(found).total_seconds(), 3),
            "examples": found.examples,
        }

    def _flow(self, flow: Flow) -> dict[str, Any]:
        states: dict[str, int] = {state: found.count for state, found in self.lacking.get(flow, {}).items()}
        expected = self.expected[flow]
        return {**flow._asdict(), "expected": expected, "held": expected - sum(states.values()), **states}


async def reconcile(
    databases: Mapping[str, str],
    flows: Mapping[str, Any],
    since: datetime,
    grace: timedelta,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> Reconciliation:
    """Ask all databases about the events that were written since a moment. The system may run meanwhile.

    `databases`: the address of each service's. `flows`: the parsed `docs/flows.json`. Raises ValueError for flows that
    are none or name a service without a database, and OracleError where a database cannot be read.
    """
    consumes = Flows.of(flows).consumes
    if unknown := sorted(set(consumes) - set(databases)):
        raise ValueError(f"the map of events names services whose database is not given: {', '.join(unknown)}")
    # Before anything is read: what is older than the grace now was so at every reading.
    result = Reconciliation(since, datetime.now(UTC), grace)
    async with AsyncExitStack() as stack:
        asking = {
            name: await stack.enter_async_context(connected(name, databases[name]))
            for name, types in consumes.items()
            if types
        }
        for owner in consumes:
            progress(f"reading the ledger of {owner}")
            await _reconcile_owner(owner, databases[owner], consumes, asking, result)
        for name, connection in asking.items():
            with told(name):
                if count := await connection.fetchval(UNREADABLE, name):
                    result.unreadable[name] = count
    return result


async def _reconcile_owner(
    owner: str,
    url: str,
    consumes: Mapping[str, frozenset[str]],
    asking: Mapping[str, Any],
    result: Reconciliation,
) -> None:
    async with (
        connected(owner, url) as ledger,
        ledger.transaction(isolation="repeatable_read", readonly=True),
    ):
        cursor = await ledger.cursor(LEDGER, result.since)
        while rows := await cursor.fetch(ROWS):
            events = [Written(*row) for row in rows]
            result.write_down(owner, events)
            for consumer, connection in asking.items():
                wanted = [event for event in events if event.type in consumes[consumer]]
                if wanted:
                    with told(consumer):
                        found = await connection.fetch(ASKED, consumer, [event.id for event in wanted])
                    result.ask(owner, consumer, wanted, {row[0] - 1: row[1] for row in found})


__all__ = ["STATES", "Flow", "Found", "OracleError", "Reconciliation", "State", "Written", "reconcile"]
