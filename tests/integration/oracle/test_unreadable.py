"""What the oracle says where it cannot read to the end, and of topics that are strange."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit, urlunsplit

import pytest
from confluent_kafka import Producer

from deploy.chaos.records import send_unreadable
from deploy.embedded import free_port
from deploy.oracle import OracleError, verify
from deploy.oracle.topics import Record
from shared.settings import KafkaSettings
from tests.integration.oracle.conftest import Change
from tests.integration.oracle.system import FLOWS, System, persons


async def test_kafka_away(settled: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.oracle.topics.SECONDS", 0.5)
    nobody = f"127.0.0.1:{free_port()}"
    with pytest.raises(OracleError, match=f"Kafka at {nobody} cannot be read"):
        await verify(settled.urls, nobody, FLOWS, settled.prefix)


async def test_a_database_away(settled: System) -> None:
    urls = {**settled.urls, "training": f"postgresql://somebody:secret@127.0.0.1:{free_port()}/training"}
    with pytest.raises(OracleError, match="The database of training cannot be read") as caught:
        await verify(urls, settled.kafka, FLOWS, settled.prefix)
    assert "secret" not in str(caught.value)


async def test_an_address_that_is_none(settled: System) -> None:
    urls = {**settled.urls, "training": "postgresql://somebody:secret@127.0.0.1:port/training"}
    with pytest.raises(OracleError, match="address of the database of training") as caught:
        await verify(urls, settled.kafka, FLOWS, settled.prefix)
    assert "secret" not in str(caught.value)


async def test_a_database_without_the_tables(settled: System) -> None:
    with pytest.raises(OracleError, match="database of training lacks the tables"):
        await verify({**settled.urls, "training": settled.postgres}, settled.kafka, FLOWS, settled.prefix)


async def test_the_address_that_the_services_use_will_do(settled: System) -> None:
    parts = urlsplit(settled.urls["training"])
    urls = {**settled.urls, "training": urlunsplit(parts._replace(scheme="postgresql+asyncpg"))}
    assert (await verify(urls, settled.kafka, FLOWS, settled.prefix)).clean


async def test_topics_that_are_not_there_are_told_and_their_events_lost(settled: System) -> None:
    report = await verify(settled.urls, settled.kafka, FLOWS, "no-such-prefix.")
    assert report.missing_topics == [*FLOWS["topics"]]
    assert set(report.anomalies) == {"lost-write"}
    assert report.count("lost") == sum(report.events.values())


async def test_markers_of_transactions_at_the_end_of_a_topic_are_passed(system: System) -> None:
    """They take offsets and are no records, so a reader that waits for the last offset would wait for ever."""
    await system.register(persons(1))
    await system.settle()
    producer = Producer({"bootstrap.servers": system.kafka, "transactional.id": system.prefix})
    producer.init_transactions(60)
    for partition in (0, 1):
        producer.begin_transaction()
        producer.produce(f"{system.prefix}training", value=b"a stranger's", partition=partition)
        producer.commit_transaction(60)
    report = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert report.clean
    assert report.foreign == {"training": 2}


async def test_records_with_a_header_whose_name_is_no_text_are_foreign(
    settled: System, changed_topics: Callable[[Change], Awaitable[str]]
) -> None:
    """Many of them: the client leaves an error behind each, which would come out wherever it is looked at next."""
    prefix = await changed_topics(lambda contents: None)
    settings = KafkaSettings(kafka=settled.kafka, topic_prefix=prefix)
    for _ in range(20):
        record = Record("training", 0, 0, b"key", b"{}", [("ce_id", b"1"), ("not-utf-8", b"x")])
        await send_unreadable(settings, record, "not-utf-8")
    report = await verify(settled.urls, settled.kafka, FLOWS, prefix)
    assert report.clean
    assert report.foreign == {"training": 20}
