"""A fault of the network: the paths from the services to Kafka and to PostgreSQL are slow, narrow, silent, cut."""

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from deploy.chaos.faults import fault
from deploy.chaos.faults.services import restart
from deploy.chaos.proxy import Proxy
from deploy.chaos.rig import Rig
from deploy.embedded.kafka import Kafka
from deploy.embedded.ports import LOOPBACK, free_port
from deploy.terminal import Failure

KAFKA, POSTGRES = "REINTEGRATION_KAFKA", "REINTEGRATION_DATABASE_URL"
RESETS: Final = 5
DELAY_SECONDS: Final = 0.3
BANDWIDTH: Final = 1_000
"""Bytes a second of each connection."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hurt a path, and for how many seconds."""

    said: str
    hurt: Callable[[Proxy], None]
    seconds: float
    times: int = 1


WAYS: Final = (
    Way(f"takes {DELAY_SECONDS} s longer", lambda path: path.delay(DELAY_SECONDS), 8),
    Way(f"lets {BANDWIDTH} bytes a second pass", lambda path: path.narrow(BANDWIDTH), 6),
    Way("is reset", lambda path: path.reset(), 0.2, RESETS),
    Way("is silent", lambda path: path.silence(), 12),
    Way("is half open, its servers gone", lambda path: path.halve("client"), 3),
    Way("is half open, its clients gone", lambda path: path.halve("server"), 3),
    Way("is cut", lambda path: path.cut(), 8),
)


@fault("F6", "the network between the parts is cut, slow or half open", hits=("services", "kafka", "postgres"))
def network_hurt(rig: Rig, dice: random.Random) -> None:
    """A proxy is put before each server; whatever clients it has must come back through it by themselves. It stays
    until the damage is judged: connections that are half open are still so while the system drains."""
    paths = _put_in_place(rig)
    strikes = [(name, way) for name in paths for way in WAYS]
    dice.shuffle(strikes)
    for name, way in strikes:
        for number in range(1, way.times + 1):
            rig.say(f"the path to {name} {way.said}" + (f", {number} of {way.times}" if way.times > 1 else ""))
            _hurt(rig, paths[name], way)
            rig.sleep(dice.uniform(0.5, 2))
    for name, proxies in paths.items():
        if not all(proxy.open for proxy in proxies):
            raise Failure(f"No service came back to {name} through the path that was hurt.")
    rig.await_all()


def _hurt(rig: Rig, proxies: Sequence[Proxy], way: Way) -> None:
    for proxy in proxies:
        way.hurt(proxy)
    try:
        rig.sleep(way.seconds)
    finally:
        for proxy in proxies:
            proxy.heal()


def _put_in_place(rig: Rig) -> dict[str, list[Proxy]]:
    """Have the services reach every server through a proxy, and no other way, until the fault is judged."""
    stack = ExitStack()
    rig.afterwards(stack.close)
    postgres = stack.enter_context(Proxy(rig.postgres.port))
    brokers = []
    for broker in rig.brokers:
        assert isinstance(broker, Kafka)
        port = free_port()
        proxy = stack.enter_context(Proxy(port))
        _advertise(stack, broker.folder / "server.properties", port, proxy.port)
        broker.stop()
        broker.start()
        brokers.append(proxy)
    for name, child in rig.children.items():
        before = dict(child.environment or {})
        stack.callback(restart, rig, name, before)
        through = {
            KAFKA: ",".join(f"{LOOPBACK}:{proxy.port}" for proxy in brokers),
            POSTGRES: at_port(before[POSTGRES], postgres.port),
        }
        restart(rig, name, {**before, **through})
    return {"Kafka": brokers, "PostgreSQL": [postgres]}


def _advertise(stack: ExitStack, file: Path, port: int, advertised: int) -> None:
    """Give a broker one more listener, and have it name the proxy's port to whoever comes through it: else clients
    would go round the proxy after their first question."""
    before = file.read_text()
    stack.callback(file.write_text, before)  # for its next start
    file.write_text(with_listener(before, port, advertised))


def with_listener(properties: str, port: int, advertised: int) -> str:
    """A broker's properties with a listener on a port, which tells its clients another port."""
    more = {
        "listeners": f"PROXIED://{LOOPBACK}:{port}",
        "advertised.listeners": f"PROXIED://{LOOPBACK}:{advertised}",
        "listener.security.protocol.map": "PROXIED:PLAINTEXT",
    }
    lines = []
    for line in properties.splitlines():
        key = line.partition("=")[0]
        lines.append(f"{line},{more.pop(key)}" if key in more else line)
    if more:
        raise ValueError(f"the broker's properties lack {', '.join(more)}")
    return "".join(f"{line}\n" for line in lines)


def at_port(url: str, port: int) -> str:
    """The same address at a port of this machine."""
    parts = urlsplit(url)
    account, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{account}{at}{LOOPBACK}:{port}").geturl()
