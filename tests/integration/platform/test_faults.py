"""What other tests do to a running platform: ask it, kill it, let it hang, bring it back."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from deploy.embedded import Platform


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with Platform() as running:
        yield running


def fetch(url: str, statement: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close(timeout=10)

    return asyncio.run(ask())


def produce(bootstrap: str, topic: str, value: bytes) -> None:
    producer = Producer({"bootstrap.servers": bootstrap, "log_level": 0, "message.timeout.ms": 60_000})
    producer.produce(topic, value)
    assert producer.flush(60) == 0


def consume(bootstrap: str, topic: str, count: int) -> list[bytes | None]:
    """The first `count` values of a topic with one partition, read as a group."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": topic, "auto.offset.reset": "earliest", "log_level": 0}
    )
    try:
        consumer.subscribe([topic])
        return [message.value() for message in consumer.consume(count, timeout=60)]
    finally:
        consumer.close()


def create_topic(bootstrap: str, topic: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(30)


def test_postgres_is_set_up_as_the_services_expect(platform: Platform) -> None:
    settings = "current_setting('server_encoding'), current_setting('fsync'), current_setting('max_connections')"
    assert fetch(platform.postgres_url, f"select concat_ws(' ', {settings})") == "UTF8 on 200"
    version = fetch(platform.postgres_url, "select current_setting('server_version_num')::int")
    assert isinstance(version, int)
    assert version >= 180_000
    assert fetch(platform.postgres_url, "select upper('é') || length('ខេត្តកំពង់ចាម')") == "É13"


def test_postgres_lets_nobody_in_without_the_password(platform: Platform) -> None:
    user, _, rest = platform.postgres_url.rpartition("@")
    with pytest.raises(asyncpg.InvalidPasswordError):
        fetch(f"{user.rpartition(':')[0]}:guess@{rest}", "select 1")


def test_postgres_logs_no_values(platform: Platform) -> None:
    fetch(platform.postgres_url, "create table people (name text primary key)")
    with pytest.raises(asyncpg.UniqueViolationError):
        fetch(platform.postgres_url, "insert into people values ('made-up name'), ('made-up name')")
    log = (platform.folder.logs / "postgres.log").read_text()
    assert "people_pkey" in log
    assert "made-up name" not in log


def test_kafka_keeps_what_it_took_when_it_is_killed(platform: Platform) -> None:
    create_topic(platform.kafka_bootstrap, "killed")
    produce(platform.kafka_bootstrap, "killed", b"before")
    assert consume(platform.kafka_bootstrap, "killed", 1) == [b"before"]
    address = platform.kafka_bootstrap

    platform.kafka.kill()
    assert not platform.kafka.running
    platform.kafka.start()

    assert platform.kafka_bootstrap == address
    produce(address, "killed", b"after")
    assert consume(address, "killed", 1) == [b"after"], "the group's position survived as well"


def test_kafka_makes_no_topic_by_itself(platform: Platform) -> None:
    producer = Producer({"bootstrap.servers": platform.kafka_bootstrap, "message.timeout.ms": 1000, "log_level": 0})
    failures: list[KafkaError | None] = []
    producer.produce("never-made", b"x", on_delivery=lambda failure, _: failures.append(failure))
    assert producer.flush(30) == 0
    assert len(failures) == 1
    assert failures[0] is not None
    admin = AdminClient({"bootstrap.servers": platform.kafka_bootstrap})
    assert "never-made" not in admin.list_topics(timeout=30).topics


def test_postgres_keeps_what_it_committed_when_it_is_killed(platform: Platform) -> None:
    url = platform.postgres_url
    fetch(url, "create table killed as select 42 as answer")

    platform.postgres.kill()
    assert not platform.postgres.running
    platform.postgres.start()

    assert platform.postgres_url == url
    assert fetch(url, "select answer from killed") == 42


def test_a_paused_one_hangs_and_a_resumed_one_answers(platform: Platform) -> None:
    platform.postgres.pause()
    platform.kafka.pause()
    try:
        assert platform.postgres.running
        assert platform.kafka.running
        with pytest.raises(TimeoutError):
            asyncio.run(asyncpg.connect(platform.postgres_url, timeout=0.5))
        with pytest.raises(KafkaException):
            AdminClient({"bootstrap.servers": platform.kafka_bootstrap, "log_level": 0}).list_topics(timeout=0.5)
    finally:
        platform.kafka.resume()
        platform.postgres.resume()
    assert fetch(platform.postgres_url, "select 1") == 1
    assert AdminClient({"bootstrap.servers": platform.kafka_bootstrap}).list_topics(timeout=30).brokers
