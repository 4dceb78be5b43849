"""Topics: what the file says, and what Kafka is made to have."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # the package names no exports
    AdminClient,
    ConfigResource,
    ResourceType,
)
from pydantic import SecretStr

from deploy.errors import TopicError
from deploy.librdkafka import client_options
from deploy.topics import TOPICS_FILE, provision, read_topics
from shared.events import TOPICS
from shared.settings import KafkaSettings


def test_the_file_names_the_topics_of_the_contracts() -> None:
    assert {topic.name for topic in read_topics()} == set(TOPICS)


def test_nothing_is_ever_deleted_and_two_brokers_hold_what_was_acknowledged() -> None:
    for topic in read_topics():
        assert topic.partitions == 24
        assert topic.config["cleanup.policy"] == "delete"
        assert topic.config["retention.ms"] == topic.config["retention.bytes"] == "-1"
        assert topic.config["unclean.leader.election.enable"] == "false"
        assert int(topic.config["min.insync.replicas"]) == topic.replication_factor - 1 == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace("partitions: 24", "partitions: many"), "defaults.partitions"),
        (lambda text: text.replace("subject: vacancy", "subject: course"), "topics.employment.vacancies.subject"),
        (lambda text: text.replace("replication_factor", "replicas"), "defaults.replicas"),
        (lambda text: text + "  intake: [", "is not YAML"),
        (lambda text: "", "is not a list of topics"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(change: Callable[[str], str], sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "topics.yaml"
    file.write_text(change(TOPICS_FILE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(TopicError, match=sentence):
        read_topics(file)


def test_a_password_goes_over_tls_only(tmp_path: Path) -> None:
    authorities = tmp_path / "ca.pem"
    settings = KafkaSettings(
        kafka="one:1,two:2",
        kafka_tls=True,
        kafka_ca=authorities,
        kafka_user="training",
        kafka_password=SecretStr("made-up"),
    )
    assert client_options(settings) == {
        "bootstrap.servers": "one:1,two:2",
        "socket.timeout.ms": 15_000,
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": "training",
        "sasl.password": "made-up",
        "ssl.ca.location": str(authorities),
    }


@pytest.fixture
def prefix() -> str:
    return f"t{uuid.uuid4().hex[:8]}."


def kept(settings: KafkaSettings, topic: str) -> dict[str, str]:
    """A topic's settings, as Kafka tells them."""
    admin = AdminClient(client_options(settings))
    (answer,) = admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic)]).values()
    return {name: entry.value for name, entry in answer.result().items()}


def test_made_once_found_after(kafka: str, prefix: str) -> None:
    settings = KafkaSettings(kafka=kafka, topic_prefix=prefix)
    names = tuple(sorted(prefix + topic for topic in TOPICS))
    first = provision(settings, partitions=3, replication=1)
    assert (first.made, first.corrected, first.found) == (names, (), ())
    second = provision(settings, partitions=3, replication=1)
    assert (second.made, second.corrected, second.found) == ((), (), names)
    # Without the override the file would ask one replica for two acknowledgements: what is there decides.
    assert provision(settings, partitions=3).found == names
    there = AdminClient(client_options(settings)).list_topics().topics
    assert {len(there[name].partitions) for name in names} == {3}
    config = kept(settings, names[0])
    assert (config["retention.ms"], config["cleanup.policy"], config["min.insync.replicas"]) == ("-1", "delete", "1")


def test_other_partitions_are_refused_before_anything_is_made(kafka: str, prefix: str) -> None:
    settings = KafkaSettings(kafka=kafka, topic_prefix=prefix)
    one = tuple(topic for topic in read_topics() if topic.name == "training")
    provision(settings, topics=one, partitions=2, replication=1)
    with pytest.raises(TopicError, match=f"{prefix}training has 2 partitions instead of 3"):
        provision(settings, partitions=3, replication=1)
    there = AdminClient(client_options(settings)).list_topics().topics
    assert {name for name in there if name.startswith(prefix)} == {f"{prefix}training"}
    assert len(there[f"{prefix}training"].partitions) == 2


def test_settings_that_were_changed_by_hand_are_set_back(kafka: str, prefix: str) -> None:
    settings = KafkaSettings(kafka=kafka)
    (file_says,) = (topic for topic in read_topics() if topic.name == "intake")
    forgetful = replace(file_says, config={**file_says.config, "retention.ms": "604800000"})
    provision(settings, prefix=prefix, topics=[forgetful], partitions=1, replication=1)
    assert kept(settings, f"{prefix}intake")["retention.ms"] == "604800000"
    done = provision(settings, prefix=prefix, topics=[file_says], partitions=1, replication=1)
    assert done.corrected == (f"{prefix}intake",)
    assert kept(settings, f"{prefix}intake")["retention.ms"] == "-1"


def test_more_replicas_than_brokers_is_said_plainly(kafka: str, prefix: str) -> None:
    with pytest.raises(TopicError, match=f"Kafka refused to make topics: {prefix}"):
        provision(KafkaSettings(kafka=kafka), prefix=prefix, partitions=1, replication=9)


def test_an_absent_kafka_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.topics.REQUEST_SECONDS", 1)
    with pytest.raises(TopicError, match=r"Kafka at 127\.0\.0\.1:1 does not answer"):
        provision(KafkaSettings(kafka="127.0.0.1:1"))
