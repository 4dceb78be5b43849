"""Topics: read from `kafka/topics.yaml`, and made in Kafka from there."""

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # the package names no exports
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    ResourceType,
)
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from shared.settings import KafkaSettings

TOPICS_FILE = Path(__file__).parent / "kafka" / "topics.yaml"
REQUEST_SECONDS = 15
READY_SECONDS = 60

Value = bool | int | str


class TopicError(Exception):
    """Topics that cannot be made as the file says; the text says which and what to do."""


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
    # What fails is raised; the client's own lines about it would only stand between the sentences.
    admin = AdminClient({**client_options(settings), "log_level": 0})
    there = _metadata(admin, settings)
    wanted = {}
    for topic in read_topics() if topics is None else topics:
        name = before + topic.name
        # Of a topic that exists, the replicas that it has decide how many can acknowledge.
        replicas = _replicas(there[name]) if name in there else replication or topic.replication_factor
        wanted[name] = _sized(topic, partitions or topic.partitions, replicas)
    _refuse_other_partitions(there, wanted)
    made = _make(admin, {name: topic for name, topic in wanted.items() if name not in there})
    corrected = _correct(admin, {name: topic for name, topic in wanted.items() if name not in made})
    _await_leaders(admin, settings, wanted)
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
    admin = AdminClient({**client_options(settings), "log_level": 0})
    there = _metadata(admin, settings)
    names = [settings.topic_prefix + topic.name for topic in read_topics()]
    doomed = [name for name in names if name in there]
    if doomed:
        for answer in admin.delete_topics(doomed, request_timeout=REQUEST_SECONDS).values():
            _answered(answer)
    return doomed


def client_options(settings: KafkaSettings) -> dict[str, Any]:
    """The same settings for a client of confluent-kafka."""
    options: dict[str, Any] = {"bootstrap.servers": settings.kafka, "socket.timeout.ms": REQUEST_SECONDS * 1000}
    if settings.kafka_tls:
        options["security.protocol"] = "SSL"
        if settings.kafka_ca is not None:
            options["ssl.ca.location"] = str(settings.kafka_ca)
    if settings.kafka_user is not None and settings.kafka_password is not None:
        options["security.protocol"] = "SASL_SSL"
        options["sasl.mechanism"] = "SCRAM-SHA-512"
        options["sasl.username"] = settings.kafka_user
        options["sasl.password"] = settings.kafka_password.get_secret_value()
    return options


def _sized(topic: Topic, partitions: int, replicas: int) -> Topic:
    in_sync = min(int(topic.config.get("min.insync.replicas", "1")), replicas)
    config = {**topic.config, "min.insync.replicas": str(in_sync)}
    return replace(topic, partitions=partitions, replication_factor=replicas, config=config)


def _replicas(found: Any) -> int:
    return min((len(partition.replicas) for partition in found.partitions.values()), default=1)


def _refuse_other_partitions(there: Mapping[str, Any], wanted: Mapping[str, Topic]) -> None:
    others = [
        f"{name} has {len(there[name].partitions)} partitions instead of {topic.partitions}"
        for name, topic in wanted.items()
        if name in there and len(there[name].partitions) != topic.partitions
    ]
    if others:
        raise TopicError(
            f"{'; '.join(others)}. Partitions of an existing topic are never changed, since that would split a "
            "person's events: keep the number it has, or move to topics with another prefix and publish the ledgers "
            "there again."
        )


def _make(admin: AdminClient, topics: Mapping[str, Topic]) -> list[str]:
    """Create these topics; returns those that nobody else created meanwhile."""
    if not topics:
        return []
    asked = admin.create_topics(
        [
            NewTopic(
                name,
                num_partitions=topic.partitions,
                replication_factor=topic.replication_factor,
                config=dict(topic.config),
            )
            for name, topic in topics.items()
        ],
        request_timeout=REQUEST_SECONDS,
    )
    made, refused = [], []
    for name, answer in asked.items():
        try:
            answer.result()
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                refused.append(f"{name}: {error.args[0].str()}")
        else:
            made.append(name)
    if refused:
        raise TopicError(f"Kafka refused to make topics: {'; '.join(refused)}")
    return made


def _correct(admin: AdminClient, topics: Mapping[str, Topic]) -> list[str]:
    """Set what the file says where a topic has something else; returns those topics."""
    if not topics:
        return []
    asked = admin.describe_configs(
        [ConfigResource(ResourceType.TOPIC, name) for name in topics], request_timeout=REQUEST_SECONDS
    )
    changes = []
    for resource, answer in asked.items():
        held = {name: entry.value for name, entry in _answered(answer).items()}
        differing = {key: value for key, value in topics[resource.name].config.items() if held.get(key) != value}
        if differing:
            entries = [
                ConfigEntry(key, value, incremental_operation=AlterConfigOpType.SET) for key, value in differing.items()
            ]
            changes.append(ConfigResource(ResourceType.TOPIC, resource.name, incremental_configs=entries))
    if changes:
        for answer in admin.incremental_alter_configs(changes, request_timeout=REQUEST_SECONDS).values():
            _answered(answer)
    return [resource.name for resource in changes]


def _await_leaders(admin: AdminClient, settings: KafkaSettings, wanted: Mapping[str, Topic]) -> None:
    """Wait until the broker tells of every topic with all its partitions led: what was made is known a little later."""
    end = time.monotonic() + READY_SECONDS
    while True:
        there = _metadata(admin, settings)
        missing = [
            name
            for name in wanted
            if name not in there or any(partition.leader < 0 for partition in there[name].partitions.values())
        ]
        if not missing:
            # Somebody else may have made one at the same moment, from another file.
            _refuse_other_partitions(there, wanted)
            return
        if time.monotonic() > end:
            raise TopicError(f"Kafka made these topics but did not get them ready: {', '.join(missing)}")
        time.sleep(0.05)


def _metadata(admin: AdminClient, settings: KafkaSettings) -> Mapping[str, Any]:
    """What Kafka tells of its topics, by name; one that it cannot tell anything of yet is left out."""
    try:
        told = admin.list_topics(timeout=REQUEST_SECONDS).topics
        return {name: topic for name, topic in told.items() if topic.error is None and topic.partitions}
    except KafkaException as error:
        raise TopicError(f"Kafka at {settings.kafka} does not answer: {error.args[0].str()}") from None


def _answered(answer: "Future[Any]") -> Any:
    try:
        return answer.result()
    except KafkaException as error:
        raise TopicError(f"Kafka refused: {error.args[0].str()}") from None
