"""The whole system as `reintegration up` starts it: each part beside the others, and what fails is told."""

import socket
from pathlib import Path

import pytest

from deploy.embedded import Platform
from deploy.errors import PlatformError
from deploy.settings import SystemSettings
from deploy.system import System, is_ready


def test_services_hear_of_the_port_that_kafka_had_to_take_instead(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others: list[socket.socket] = []
    opened = Platform.open

    def open_and_lose_the_port(self: Platform) -> Platform:
        opened(self)
        others.append(socket.create_server(("127.0.0.1", self.kafka.port)))
        return self

    monkeypatch.setattr(Platform, "open", open_and_lose_the_port)
    try:
        with System(place / "data", SystemSettings(port=0)) as system:
            assert system.platform is not None
            assert system.addresses.kafka == system.platform.kafka_bootstrap
            assert system.addresses.kafka != f"127.0.0.1:{others[0].getsockname()[1]}"
            assert all(is_ready(address) for address in system.addresses.services.values())
    finally:
        others[0].close()
    assert not list((place / "data" / "processes").iterdir())


def test_a_kafka_that_cannot_start_is_told_and_nothing_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REINTEGRATION_JAVA", "/bin/false")
    with pytest.raises(PlatformError, match="Kafka needs Java 17"):
        System(place / "data", SystemSettings(port=0)).__enter__()
    assert not list((place / "data" / "processes").iterdir())


def test_a_postgres_that_cannot_start_is_told_and_nothing_stays(place: Path) -> None:
    data = place / "data"
    with Platform(data):
        pass
    (data / "postgres" / "data" / "PG_VERSION").write_text("3\n")
    with pytest.raises(PlatformError, match="PostgreSQL ended"):
        System(data, SystemSettings(port=0)).__enter__()
    assert not list((data / "processes").iterdir())
