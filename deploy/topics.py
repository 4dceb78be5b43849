"""Topics: read from `kafka/topics.yaml`, and made in Kafka from there."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from deploy.errors import TopicError
from shared.settings import KafkaSettings

TOPICS_FILE = Path(__file__).parent / "kafka" / "topics.yaml"
REQUEST_SECONDS = 15
READY_SECONDS = 60
SET_FOR_THE_TOPIC = 1
"""Kafka's word for a setting that was given to the topic itself, and is no default."""

T = TypeVar("T")
Value = bool | int | str


class _Found(NamedTuple):
    """A topic in Kafka: its partitions, the fewest copies one of them has, and whether all have a leader."""

    partitions: int
    replicas: int
    led: bool


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Defaults(_Strict):
    partitions: int = Field(ge=1, le=1000)
    replication_factor: int = Field(ge=1, le=9)
    config: dict[str, Value]


class _Entry(_Strict):
    subject: Literal["person", "vacancy"]
    holds: str
    config: dict[str, Value] = {}


class _File(_Strict):
    defaults: _Defaults
    topics: dict[str, _Entry]


@dataclass(frozen=True)
class Topic:
    """A topic as the file describes it, without a deployment's prefix. `holds` says in words what is on it."""

    name: str
    owner: str
    subject: str
    holds: str
    partitions: int
    replication_factor: int
    config: Mapping[str, str]


@dataclass(frozen=True)
class Provisioned:
    """What was done, by the topics' full names: made anew, set back to what the file says, found as they should be."""

    made: tuple[str, ...]
    corrected: tuple[str, ...]
    found: tuple[str, ...]


def read_topics(file: Path = TOPICS_FILE) -> tuple[Topic, ...]:
    """The topics of a file, sorted by name. Raises TopicError for a file that is not as it should be."""
    try:
        read = TypeAdapter(_File).validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise TopicError(f"{file.name} is not YAML: {error}") from None
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors()[:5])
        raise TopicError(f"{file.name} is not a list of topics: {where}") from None
    return tuple(
        Topic(
            name,
            name.partition(".")[0],
            entry.subject,
            entry.holds,
            read.defaults.partitions,
            read.defaults.replication_factor,
            {key: _written(value) for key, value in sorted({**read.defaults.config, **entry.config}.items())},
        )
        for name, entry in sorted(read.topics.items())
    )


def _written(value: Value) -> str:
    """A setting as Kafka writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def provision(
    settings: KafkaSettings,
    *,
    prefix: str | None = None,
    partitions: int | None = None,
    replication: int | None = None,
    topics: Iterable[Topic] | None = None,
) -> Provisioned:
    """Make the topics that are missing and set the others' settings back to what the file says. Blocking.

    May be run again at any time. `prefix` is put before each name (by default the settings' own), `partitions` and
    `replication` replace the file's numbers; with fewer replicas than `min.insync.replicas` asks for, as many as there
    are must acknowledge. Raises TopicError, before anything is changed, where a topic has another number of
    partitions; and for whatever Kafka refuses.
    """
    before = settings.topic_prefix if prefix is None else prefix
    named = {before + topic.name: topic for topic in (read_topics() if topics is None else topics)}
    return asyncio.run(_provision(settings, named, partitions, replication))


async def _provision(
    settings: KafkaSettings, topics: Mapping[str, Topic], partitions: int | None, replication: int | None
) -> Provisioned:
    async with _administrator(settings) as admin:
        there = await _found(admin)
        wanted = {}
        for name, topic in topics.items():
            # Of a topic that exists, the replicas that it has decide how many can acknowledge.
            replicas = there[name].replicas if name in there else replication or topic.replication_factor
            wanted[name] = _sized(topic, partitions or topic.partitions, replicas)
        _refuse_other_partitions(there, wanted)
        made = await _make(admin, {name: topic for name, topic in wanted.items() if name not in there})
        corrected = await _correct(admin, {name: topic for name, topic in wanted.items() if name not in made})
        await _await_leaders(admin, wanted)
    return Provisioned(
        tuple(sorted(made)), tuple(sorted(corrected)), tuple(sorted(set(wanted) - set(made) - set(corrected)))
    )


def remove(settings: KafkaSettings) -> list[str]:
    """Delete the topics of a deployment and what is on them, by the settings' prefix; returns their names. Blocking.

    Raises ValueError where there is no prefix: those topics are nobody's to throw away. Raises TopicError for whatever
    Kafka refuses.
    """
    if not settings.topic_prefix:
        raise ValueError("only topics with a prefix are removed")
    return asyncio.run(_remove(settings))


async def _remove(settings: KafkaSettings) -> list[str]:
    async with _administrator(settings) as admin:
        there = await _found(admin)
        doomed = [name for topic in read_topics() if (name := settings.topic_prefix + topic.name) in there]
        if doomed:
            answer = await _asked(admin.delete_topics(doomed, timeout_ms=REQUEST_SECONDS * 1000))
            for name, code in answer.topic_error_codes:
                if code:
                    raise TopicError(f"Kafka refused to delete {name}: {for_code(code).__name__}")
    return doomed


def _sized(topic: Topic, partitions: int, replicas: int) -> Topic:
    in_sync = min(int(topic.config.get("min.insync.replicas", "1")), replicas)
    config = {**topic.config, "min.insync.replicas": str(in_sync)}
    return replace(topic, partitions=partitions, replication_factor=replicas, config=config)


def _refuse_other_partitions(there: Mapping[str, _Found], wanted: Mapping[str, Topic]) -> None:
    others = [
        f"{name} has {there[name].partitions} partitions instead of {topic.partitions}"
        for name, topic in wanted.items()
        if name in there and there[name].partitions != topic.partitions
    ]
    if others:
        raise TopicError(
            f"{'; '.join(others)}. Partitions of an existing topic are never changed, since that would split a "
            "person's events: keep the number it has."
        )


async def _make(admin: AIOKafkaAdminClient, topics: Mapping[str, Topic]) -> list[str]:
    """Create these topics; returns those that nobody else created meanwhile."""
    if not topics:
        return []
    asked = [
        NewTopic(name, topic.partitions, topic.replication_factor, topic_configs=dict(topic.config))
        for name, topic in topics.items()
    ]
    answer = await _asked(admin.create_topics(asked, timeout_ms=REQUEST_SECONDS * 1000))
    made, refused = [], []
    for name, code, reason in answer.topic_errors:
        if code == 0:
            made.append(name)
        elif code != TopicAlreadyExistsError.errno:
            refused.append(f"{name}: {reason or for_code(code).__name__}")
    if refused:
        raise TopicError(f"Kafka refused to make topics: {'; '.join(refused)}")
    return made


async def _correct(admin: AIOKafkaAdminClient, topics: Mapping[str, Topic]) -> list[str]:
    """Set what the file says where a topic has something else; returns those topics."""
    if not topics:
        return []
    changes = []
    for answer in await _asked(admin.describe_configs([_resource(name) for name in topics])):
        for code, reason, _, name, entries in answer.resources:
            _refuse(code, reason)
            held = {setting: value for setting, value, *_ in entries}
            if any(held.get(key) != value for key, value in topics[name].config.items()):
                # What is not named goes back to its default: what somebody else set for the topic is named again.
                others = {setting: value for setting, value, _, source, *_ in entries if source == SET_FOR_THE_TOPIC}
                changes.append(_resource(name, {**others, **topics[name].config}))
    if changes:
        for answer in await _asked(admin.alter_configs(changes)):
            for code, reason, *_ in answer.resources:
                _refuse(code, reason)
    return [resource.name for resource in changes]


def _resource(name: str, config: Mapping[str, str] | None = None) -> ConfigResource:
    return ConfigResource(ConfigResourceType.TOPIC, name, config)


def _refuse(code: int, reason: str | None) -> None:
    if code:
        raise TopicError(f"Kafka refused: {reason or for_code(code).__name__}")


async def _await_leaders(admin: AIOKafkaAdminClient, wanted: Mapping[str, Topic]) -> None:
    """Wait until the broker tells of every topic with all its partitions led: what was made is known a little later."""
    end = time.monotonic() + READY_SECONDS
    while True:
        there = await _found(admin)
        missing = [name for name in wanted if name not in there or not there[name].led]
        if not missing:
            # Somebody else may have made one at the same moment, from another file.
            _refuse_other_partitions(there, wanted)
            return
        if time.monotonic() > end:
            raise TopicError(f"Kafka made these topics but did not get them ready: {', '.join(missing)}")
        await asyncio.sleep(0.05)


async def _found(admin: AIOKafkaAdminClient) -> dict[str, _Found]:
    """What Kafka tells of its topics, by name; one that it cannot tell anything of yet is left out."""
    return {
        topic["topic"]: _Found(
            len(topic["partitions"]),
            min(len(partition["replicas"]) for partition in topic["partitions"]),
            all(partition["leader"] >= 0 for partition in topic["partitions"]),
        )
        for topic in await _asked(admin.describe_topics())
        if not topic["error_code"] and topic["partitions"]
    }


@asynccontextmanager
async def _administrator(settings: KafkaSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**settings.kafka_options(), request_timeout_ms=REQUEST_SECONDS * 1000)
    with _quiet():
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                await admin.start()
            yield admin
        except (KafkaError, OSError, TimeoutError) as error:
            raise TopicError(f"Kafka at {settings.kafka} does not answer: {error or type(error).__name__}") from None
        finally:
            await admin.close()


async def _asked(answer: Awaitable[T]) -> T:
    async with asyncio.timeout(REQUEST_SECONDS + 5):
        return await answer


@contextmanager
def _quiet() -> Iterator[None]:
    """What fails is raised; the client's own lines about it would only stand between the sentences."""
    logger = logging.getLogger("aiokafka")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
