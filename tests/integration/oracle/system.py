"""Three small services made of the real core (ledger, relay, inbox, consumer) for the oracle to judge.

intake registers persons and agrees plans; training answers to both; notifications tells of training's facts. One rule
of training fails for one kind of plan, so that somebody's events are parked.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.consuming import Consumer
from shared.database import Database
from shared.events.envelope import Event, NewEvent
from shared.events.intake import CaseRegistered, ConsentGiven, PlanAgreed
from shared.events.notifications import MessageDelivered
from shared.events.training import SeatRefused, SkillsRecognised
from shared.handling import Handlers
from shared.kinds import Decision, Working
from shared.outbox import Relay
from shared.schema import CORE_1, CORE_2, CORE_3
from shared.work import Cause, Work, new_id, utc_now
from tests.waiting import administer, at_database

FLOWS: dict[str, Any] = {
    "topics": {name: {"owner": name, "subject": "person"} for name in ("intake", "training", "notifications")},
    "services": {
        "intake": {"consumes": [], "emits": [CaseRegistered.type, ConsentGiven.type, PlanAgreed.type]},
        "training": {
            "consumes": [CaseRegistered.type, PlanAgreed.type],
            "emits": [SeatRefused.type, SkillsRecognised.type],
        },
        "notifications": {"consumes": [SeatRefused.type, SkillsRecognised.type], "emits": [MessageDelivered.type]},
    },
}
"""As `docs/flows.json` would say it of these three."""

READS = {"intake": (), "training": ("intake",), "notifications": ("training",)}
BROKEN_PLAN = ("a-service-that-no-rule-knows",)


def _training() -> Handlers:
    handlers = Handlers()

    @handlers.on(CaseRegistered)
    def recognise(_: Working, event: Event) -> Decision:
        assert event.caseid is not None
        data = SkillsRecognised(skills=("welding",), via="completion", evidence=event.caseid)
        return Decision(events=[NewEvent(event.subject, data, event.caseid)])

    @handlers.on(PlanAgreed)
    def refuse(_: Working, event: Event) -> Decision:
        assert isinstance(event.data, PlanAgreed)
        if event.data.services == BROKEN_PLAN:
            raise KeyError("no rule")
        data = SeatRefused(referral=event.data.plan, code="4821-0937-5518", course="welding-basic", reason="full")
        return Decision(events=[NewEvent(event.subject, data, event.caseid)])

    return handlers


def _notifications() -> Handlers:
    handlers = Handlers()

    @handlers.on(SeatRefused, SkillsRecognised)
    def tell(_: Working, event: Event) -> Decision:
        data = MessageDelivered(
            message=new_id(), template=event.data.fact, channel="sms", language="km", about=event.id
        )
        return Decision(events=[NewEvent(event.subject, data, event.caseid)])

    return handlers


HANDLERS: dict[str, Callable[[], Handlers]] = {
    "intake": Handlers,
    "training": _training,
    "notifications": _notifications,
}


@dataclass
class Part:
    """One of the three: its database, relay and consumer."""

    name: str
    url: str
    kafka: str
    prefix: str

    def __post_init__(self) -> None:
        self.database = Database(self.url, 3, self.name)
        self.relay = Relay(self.database, {"bootstrap_servers": self.kafka, "enable_idempotence": True}, self.prefix)
        self.consumer = Consumer(
            self.name, HANDLERS[self.name](), (), self.database, utc_now, self.relay.wake, self.prefix
        )

    async def record(self, *events: NewEvent) -> None:
        """A command's transaction."""
        async with self.database.transaction() as connection:
            work = Work(connection, (), utc_now())
            await work.lock([event.subject for event in events])
            work.apply(Decision(events=events), Cause(new_id()))
            await work.save()
        self.relay.wake()

    async def send(self) -> None:
        """Send what is unsent, then end the relay."""
        self.relay.start()
        await self.relay.stop()

    async def consume(self, goes_on: Callable[[], bool] = lambda: False, batch: int = 7) -> None:
        """Apply everything up to the ends of the topics, in small batches; for longer while `goes_on`."""
        if not READS[self.name]:
            return
        client = AIOKafkaConsumer(
            bootstrap_servers=self.kafka, group_id=self.prefix + self.name, enable_auto_commit=False
        )
        await client.start()
        try:
            topics = await client._client.fetch_all_metadata()
            client.assign(
                [
                    TopicPartition(self.prefix + topic, partition)
                    for topic in READS[self.name]
                    for partition in topics.partitions_for_topic(self.prefix + topic)
                ]
            )
            await self._consume(client, goes_on, batch)
        finally:
            await client.stop()

    async def _consume(self, client: AIOKafkaConsumer, goes_on: Callable[[], bool], batch: int) -> None:
        for partition in client.assignment():
            if await client.committed(partition) is None:
                await client.seek_to_beginning(partition)
        while True:
            ends = await client.end_offsets([*client.assignment()])
            if not goes_on() and all([await client.position(p) >= end for p, end in ends.items()]):
                return
            found = await client.getmany(timeout_ms=50, max_records=batch)
            if records := [record for each in found.values() for record in each]:
                await self.consumer.apply(records)
                await client.commit()

    async def close(self) -> None:
        await self.relay.stop()
        await self.database.close()


class System:
    """The three services over one Kafka and one PostgreSQL."""

    def __init__(self, kafka: str, postgres: str, prefix: str) -> None:
        self.kafka, self.postgres, self.prefix = kafka, postgres, prefix
        self.urls: dict[str, str] = {}
        self.parts: dict[str, Part] = {}
        self._made: list[str] = []

    async def make(self) -> None:
        for name in READS:
            self.urls[name] = await self._database()
            await administer(self.urls[name], *CORE_1, *CORE_2, *CORE_3)
        self.open()

    def open(self) -> None:
        self.parts = {name: Part(name, url, self.kafka, self.prefix) for name, url in self.urls.items()}

    async def close(self) -> None:
        for part in self.parts.values():
            await part.close()
        self.parts = {}

    async def remove(self) -> None:
        await self.close()
        await administer(self.postgres, *[f"drop database {name} with (force)" for name in self._made])

    async def copy_of(self, service: str) -> str:
        """The address of a copy of a service's tables, in a schema of their own."""
        schema = f"copy_{uuid.uuid4().hex[:12]}"
        statements = [f"create schema {schema}"]
        for table in ("ledger", "unsent", "inbox", "parked"):
            statements.append(f"create table {schema}.{table} (like public.{table} including all)")
            statements.append(f"insert into {schema}.{table} overriding system value select * from public.{table}")
        statements.append(f"alter table {schema}.ledger alter position restart with 100000")
        await administer(self.urls[service], *statements)
        return f"{self.urls[service]}{'&' if '?' in self.urls[service] else '?'}search_path={schema}"

    async def _database(self) -> str:
        name = f"oracle_{uuid.uuid4().hex[:12]}"
        await administer(self.postgres, f"create database {name}")
        self._made.append(name)
        return at_database(self.postgres, name)

    async def register(self, persons: Sequence[str]) -> None:
        """Commands: each person registered, a plan agreed, a consent given that no one waits for."""
        for person in persons:
            case = new_id()
            registered = CaseRegistered(centre="pursat")
            consent = ConsentGiven(purpose="services", text_version="v1", given="signed")
            await self.parts["intake"].record(NewEvent(person, registered, case), NewEvent(person, consent, case))
            await self.plan(person, ("course",))

    async def plan(self, person: str, services: tuple[str, ...]) -> None:
        await self.parts["intake"].record(NewEvent(person, PlanAgreed(plan=new_id(), services=services), new_id()))

    async def settle(self) -> None:
        """Send and consume until nothing is left."""
        for name in READS:
            await self.parts[name].consume()
            await self.parts[name].send()

    async def at(self, service: str, query: str, *values: object) -> list[Any]:
        """Rows of a service's database."""
        connection = await asyncpg.connect(self.urls[service])
        try:
            return list(await connection.fetch(query, *values))
        finally:
            await connection.close()


def persons(number: int) -> list[str]:
    return [str(uuid.uuid4()) for _ in range(number)]
