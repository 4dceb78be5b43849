"""Kafka's topics rebuilt from the services' ledgers, after its disk was lost (docs/adr/0003).

Everything that a ledger holds is put back into `unsent`, in order; the services' relays send it when they are started
again, and inboxes take out what consumers have already seen. It may be run again wherever it was interrupted: all of it
is deleting what is to be made anew, and rows that are put where they may already be. Topics are made last, since
services wait for them: one that is started too early waits instead of sending half.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

import asyncpg
from confluent_kafka import KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]  # the package names no exports

from deploy.addresses import Addresses
from deploy.librdkafka import client_options
from deploy.terminal import Failure
from deploy.topics import provision, read_topics
from shared import failpoints
from shared.outbox import LOCK
from shared.settings import KafkaSettings

LEFT_SECONDS: Final = 5
"""For the connections of services that have just ended to go."""
KAFKA_SECONDS: Final = 15
GROUPS_SECONDS: Final = 60
"""For a group to forget a service that has ended, whose place it keeps for a session of 30 s, and for a new Kafka to
find who keeps the groups."""
PAUSE: Final = 0.2

TOPICS_GONE, REFILLED, TOPICS_MADE = "republish-topics-gone", "republish-refilled", "republish-topics-made"
"""Failpoints: topics and groups deleted, a database's events put back, topics made."""

SESSIONS: Final = """
select count(*) from pg_stat_activity
where datname = current_database() and application_name = any($1::text[])
"""
REFILL: Final = "insert into unsent select position from ledger on conflict do nothing"
LOST: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Republished:
    """What was done, by service: events in its ledger, how many of them were put back to be sent (the others still
    waited), and what Kafka had that was deleted; names are Kafka's, with the deployment's prefix."""

    events: dict[str, int]
    put_back: dict[str, int]
    made: tuple[str, ...]
    deleted_topics: tuple[str, ...]
    deleted_groups: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        lines = [
            f"{name}: {number} events in its ledger, {self.put_back[name]} put back to be sent"
            for name, number in self.events.items()
        ]
        lines.append(f"topics made: {', '.join(self.made)}")
        if self.deleted_topics:
            lines.append(f"topics deleted before: {', '.join(self.deleted_topics)}")
        if self.deleted_groups:
            lines.append(f"groups whose positions were deleted: {', '.join(self.deleted_groups)}")
        lines.append("Start the services: they send all of it in order, and what was seen before is known as such.")
        return "\n".join(lines)


def republish(
    addresses: Addresses,
    *,
    partitions: int | None = None,
    replication: int | None = None,
    replace: bool = False,
    tell: Tell = lambda said: None,
) -> Republished:
    """Rebuild the topics of a system whose services do not run. Blocking.

    `partitions` and `replication` of the topics, by default those of the file; `replace` deletes topics that hold
    records. Raises Failure, before anything is changed, where a service runs, a server does not answer, there are too
    few brokers, or topics hold records and are not to be replaced.
    """
    return asyncio.run(_republish(addresses, partitions, replication, replace, tell))


async def _republish(
    addresses: Addresses, partitions: int | None, replication: int | None, replace: bool, tell: Tell
) -> Republished:
    settings = KafkaSettings(kafka=addresses.kafka, topic_prefix=addresses.topic_prefix)
    kafka = _Kafka(settings)
    async with AsyncExitStack() as stack:
        databases = {
            name: await stack.enter_async_context(_alone(name, url)) for name, url in addresses.databases.items()
        }
        await asyncio.to_thread(kafka.check, replication, replace)
        tell("deleting what Kafka has of topics and groups; half a minute where services have only just ended")
        topics = await asyncio.to_thread(kafka.delete_topics)
        groups = await asyncio.to_thread(
            kafka.delete_groups, [addresses.topic_prefix + name for name in addresses.databases]
        )
        failpoints.reach(TOPICS_GONE)
        events, put_back = {}, {}
        for name, database in databases.items():
            tell(f"putting back the events of {name}")
            try:
                put_back[name] = int((await database.execute(REFILL)).rpartition(" ")[2])
                events[name] = await database.fetchval("select count(*) from ledger")
            except LOST as failure:
                raise _unreadable(name, failure) from failure
            failpoints.reach(REFILLED)
        tell("making topics")
        done = await asyncio.to_thread(provision, settings, partitions=partitions, replication=replication)
        failpoints.reach(TOPICS_MADE)
    return Republished(events, put_back, done.made + done.corrected + done.found, topics, groups)


@asynccontextmanager
async def _alone(service: str, url: str) -> AsyncIterator[Any]:
    """A connection to a service's database, with its relay's lock: no process of the service is there, and none that
    is started meanwhile sends anything. Raises Failure where one is there, or the database is not."""
    try:
        connection = await asyncpg.connect(url, timeout=10, server_settings={"application_name": "republish"})
    except (ValueError, *LOST) as failure:
        raise _unreadable(service, failure) from failure
    try:
        end = time.monotonic() + LEFT_SECONDS
        parts = [f"{service} {part}" for part in ("commands", "consumer", "relay", "timers")]
        try:
            while await connection.fetchval(SESSIONS, parts) or not await connection.fetchval(
                "select pg_try_advisory_lock($1)", LOCK
            ):
                if time.monotonic() > end:
                    raise Failure(f"{service} runs: stop the services first, all of them. Nothing was changed.")
                await asyncio.sleep(PAUSE)
        except LOST as failure:
            raise _unreadable(service, failure) from failure
        yield connection
    finally:
        connection.terminate()  # and the lock with it


def _unreadable(service: str, failure: BaseException) -> Failure:
    return Failure(f"The database of {service} cannot be used ({type(failure).__name__}): see that it runs.")


class _Kafka:
    """What is asked of Kafka. Methods block, and raise Failure where it refuses or does not answer."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._options = client_options(settings)
        self._admin = AdminClient({**self._options, "log_level": 0})
        self._named = {settings.topic_prefix + topic.name: topic for topic in read_topics()}

    def check(self, replication: int | None, replace: bool) -> None:
        """Refuse what could not be finished, before anything is changed."""
        told = self._told()
        copies = replication or max(topic.replication_factor for topic in self._named.values())
        if len(told.brokers) < copies:
            raise Failure(
                f"Topics are to have {copies} copies and Kafka has {len(told.brokers)} brokers: wait for the others, "
                "or say --replication. Nothing was changed."
            )
        if not replace and (full := self._full(told)):
            raise Failure(
                f"Kafka holds records: {full}. If it lost nothing there is nothing to rebuild; `reintegration verify` "
                "tells. To delete these topics and fill them again from the ledgers say --replace. Nothing was changed."
            )

    def _told(self) -> Any:
        try:
            return self._admin.list_topics(timeout=KAFKA_SECONDS)
        except KafkaException as failure:
            raise self._failed(failure) from failure

    def _full(self, told: Any) -> str:
        """Which topics hold how many records, in words; '' where none holds any."""
        places = [
            TopicPartition(name, number)
            for name in self._named
            if name in told.topics
            for number in told.topics[name].partitions
        ]
        if not places:
            return ""
        bounds = []
        for spec in (OffsetSpec.earliest(), OffsetSpec.latest()):  # type: ignore[no-untyped-call]
            asked = self._admin.list_offsets(dict.fromkeys(places, spec), request_timeout=KAFKA_SECONDS)
            try:
                bounds.append({place: each.result().offset for place, each in asked.items()})
            except KafkaException:
                return "topics that it cannot read"  # their disk may be what was lost
        counts = dict.fromkeys((place.topic for place in places), 0)
        for place, end in bounds[1].items():
            counts[place.topic] += end - bounds[0][place]
        return ", ".join(f"{name} {number}" for name, number in counts.items() if number)

    def delete_topics(self) -> tuple[str, ...]:
        """Delete those of this deployment; returns their names when Kafka knows them no more."""
        doomed = sorted(set(self._named) & set(self._told().topics))
        if doomed:
            for name, asked in self._admin.delete_topics(doomed, operation_timeout=KAFKA_SECONDS).items():
                try:
                    asked.result()
                except KafkaException as failure:
                    if failure.args[0].code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
                        raise Failure(f"Kafka refused to delete {name}: {failure.args[0].str()}") from failure
        end = time.monotonic() + GROUPS_SECONDS
        while set(doomed) & set(self._told().topics):
            if time.monotonic() > end:
                raise Failure(f"Kafka did not delete {', '.join(doomed)}.")
            time.sleep(PAUSE)
        return tuple(doomed)

    def delete_groups(self, groups: Iterable[str]) -> tuple[str, ...]:
        """Delete these groups' positions, which speak of records that are no more; returns those that there were."""
        left, deleted, end = list(groups), [], time.monotonic() + GROUPS_SECONDS
        while left:
            why = ""
            for group, asked in self._admin.delete_consumer_groups(left, request_timeout=KAFKA_SECONDS).items():
                try:
                    asked.result()
                    deleted.append(group)
                    left.remove(group)
                except KafkaException as failure:
                    code = failure.args[0].code()
                    if code == KafkaError.GROUP_ID_NOT_FOUND:
                        left.remove(group)
                    elif code == KafkaError.NON_EMPTY_GROUP:  # a service that ended keeps its place for a while
                        why = f"{group} still has members: one of its services runs"
                    else:  # a Kafka that has just started looks for who keeps the groups
                        why = f"Kafka does not delete {group}: {failure.args[0].str()}"
            if left and time.monotonic() > end:
                raise Failure(f"{why}. Run this again when that is mended; do not start services before.")
            if left:
                time.sleep(PAUSE)
        return tuple(sorted(deleted))

    def _failed(self, failure: KafkaException) -> Failure:
        return Failure(f"Kafka at {self._settings.kafka} does not answer: {failure.args[0].str()}")
