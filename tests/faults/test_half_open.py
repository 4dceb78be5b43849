"""A connection to Kafka of which only our end is left, as when a firewall forgot it: whoever asks whether Kafka answers
is not deceived by it for ever."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pydantic import SecretStr

from deploy.chaos.faults.network import with_listener
from deploy.chaos.proxy import Proxy
from deploy.embedded import Platform, free_port
from shared.receiving import Receiver
from shared.service import Running
from shared.settings import Settings
from tests.conftest import service_named
from tests.waiting import until

ASK_SECONDS: Final = 1


@pytest.fixture
def path() -> Iterator[Proxy]:
    """A Kafka of its own, and the one path to it that it tells its clients of."""
    port = free_port()
    platform = Platform().open()
    try:
        platform.kafka.start()
        with Proxy(port) as proxy:
            file = platform.kafka.folder / "server.properties"
            file.write_text(with_listener(file.read_text(), port, proxy.port))
            platform.kafka.stop()
            platform.kafka.start()
            yield proxy
    finally:
        platform.stop()


async def test_whether_kafka_answers_is_asked_on_a_new_connection_where_the_old_one_is_dead(
    path: Proxy, tmp_path: Path
) -> None:
    settings = Settings(
        kafka=f"127.0.0.1:{path.port}",
        database_url=SecretStr("postgresql://nobody@127.0.0.1:1/nothing"),
        issuer_key=tmp_path / "issuer.pem",
        digest_key=SecretStr(uuid.uuid4().hex),
    )
    receiver = Receiver(settings, Running(service_named("training"), settings).consumer, ["intake"])
    await receiver.broker.connect()
    try:
        assert await receiver.answers(ASK_SECONDS)
        await asyncio.to_thread(path.halve, "client")
        assert not await receiver.answers(ASK_SECONDS)
        await asyncio.to_thread(path.heal)
        await until(lambda: receiver.answers(ASK_SECONDS), 20)
    finally:
        await receiver.broker.stop()
