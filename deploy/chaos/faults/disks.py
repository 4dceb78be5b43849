"""A fault of the disks: that of Kafka and that of PostgreSQL are full, and have room again."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import asyncpg

from deploy.chaos.faults import NotPossible, fault
from deploy.chaos.rig import Rig
from deploy.chaos.small_disk import MountRefused, SmallDisk
from deploy.embedded.kafka import Kafka
from deploy.embedded.server import Server
from deploy.terminal import Failure

FULL_SECONDS: Final = 12
NOTICE_SECONDS: Final = 60
"""For a server to write something that there is no room for."""
LOOK_SECONDS: Final = 0.2
SETTLE_SECONDS: Final = 5
"""For a server that is about to end, though there is room again."""
NOTICED: Final = "No space left on device"


@fault("F8", "the disk of Kafka or of PostgreSQL is full", hits=("kafka", "postgres"))
def disks_full(rig: Rig, dice: random.Random) -> None:
    """A broker whose disk is full ends itself; PostgreSQL refuses what needs room, and ends when there is none for its
    log of writes. Room is made, what has ended is started, and that is all that anybody does."""
    broker = dice.choice(rig.brokers)
    assert isinstance(broker, Kafka)
    postgres = _disk(rig, rig.postgres, rig.postgres.data)
    kafka = _disk(rig, broker, broker.folder / "data")
    strikes: list[Callable[[], None]] = [
        lambda: _full(rig, broker, kafka, contextlib.nullcontext(lambda: None)),
        lambda: _full(rig, rig.postgres, postgres, _writing(rig.postgres.url)),
    ]
    dice.shuffle(strikes)
    for strike in strikes:
        strike()
        rig.sleep(dice.uniform(1, 3))
    rig.await_all()


class Log:
    """What a server writes to its log from now on."""

    def __init__(self, path: Path) -> None:
        self._path, self._begin = path, path.stat().st_size

    def has(self, words: str) -> bool:
        with self._path.open("rb") as file:
            file.seek(self._begin)
            return words.encode() in file.read()


def _disk(rig: Rig, server: Server, data: Path) -> SmallDisk:
    """Put a server on a disk of its own, until the damage is judged."""
    try:
        disk = SmallDisk(server, data)
    except (MountRefused, OSError) as failure:
        raise NotPossible(f"A small disk cannot be mounted here, which takes root's rights: {failure}") from None
    rig.afterwards(disk.give_back)
    disk.take()
    return disk


def _full(rig: Rig, server: Server, disk: SmallDisk, writing: AbstractContextManager[Callable[[], None]]) -> None:
    """Full for some seconds and until the server has noticed; then there is room, and it is started where it ended."""
    with writing as press:
        rig.say(f"the disk of {server.name} is full")
        log, begun = Log(server.log), time.monotonic()
        try:
            for end in (FULL_SECONDS, NOTICE_SECONDS):
                while time.monotonic() - begun < end and not (end > FULL_SECONDS and log.has(NOTICED)):
                    disk.fill()
                    press()
                    rig.sleep(LOOK_SECONDS)
        finally:
            disk.make_room()
    if not log.has(NOTICED):
        raise Failure(f"{server.name} did not notice that its disk was full.")
    ended = time.monotonic() + SETTLE_SECONDS
    while server.running and time.monotonic() < ended:
        rig.sleep(LOOK_SECONDS)
    rig.say(f"{server.name} has room again; it {'still runs' if server.running else 'has ended, and is started'}")
    if not server.running:
        server.start()


@contextlib.contextmanager
def _writing(url: str) -> Iterator[Callable[[], None]]:
    """Whoever calls what this gives has PostgreSQL begin another file of its log of writes, as it does by itself after
    every 16 MB. By a connection of before: where the disk is full there may be no new one."""
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(url, timeout=10, command_timeout=5))

        def press() -> None:
            with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                runner.run(connection.fetch("select pg_logical_emit_message(false, 'full', ''), pg_switch_wal()"))

        try:
            yield press
        finally:
            connection.terminate()
