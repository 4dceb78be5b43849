"""How the services are led through the path that is hurt."""

import pytest

from deploy.chaos.faults.network import at_port, with_listener
from deploy.embedded.kafka import PROPERTIES

LISTENERS = {"listeners": "PLAINTEXT://127.0.0.1:9092", "advertised.listeners": "PLAINTEXT://127.0.0.1:9092"}


def written(properties: dict[str, str]) -> str:
    return "".join(f"{key}={value}\n" for key, value in properties.items())


def test_a_broker_tells_who_comes_through_the_path_the_paths_port() -> None:
    before = PROPERTIES | LISTENERS
    after = dict(line.split("=", 1) for line in with_listener(written(before), 1111, 2222).splitlines())
    assert after.pop("listeners") == "PLAINTEXT://127.0.0.1:9092,PROXIED://127.0.0.1:1111"
    assert after.pop("advertised.listeners") == "PLAINTEXT://127.0.0.1:9092,PROXIED://127.0.0.1:2222"
    assert after.pop("listener.security.protocol.map").endswith(",PROXIED:PLAINTEXT")
    assert after.items() < before.items()


def test_properties_without_listeners_are_refused() -> None:
    with pytest.raises(ValueError, match=r"advertised\.listeners"):
        with_listener(written(PROPERTIES), 1111, 2222)


def test_an_address_at_another_port_keeps_name_password_and_database() -> None:
    assert at_port("postgresql://intake:se-c_ret@127.0.0.1:5432/intake", 7) == (
        "postgresql://intake:se-c_ret@127.0.0.1:7/intake"
    )
