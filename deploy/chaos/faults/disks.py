"""A fault of the disks: that of Kafka and that of PostgreSQL are full, and have room again."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
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
        lambda: _full(rig, broker, kafka, lambda: None),
        lambda: _full(rig, rig.postgres, postgres, lambda: _switch(rig.postgres.url)),
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


def _full(rig: Rig, server: Server, disk: SmallDisk, press: Callable[[], None]) -> None:
    """Full for some seconds and until the server has noticed; then there is room, and it is started where it ended."""
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
    rig.say(f"{server.name} has room again; it {'still runs' if server.running else 'has ended, and is started'}")
    if not server.running:
        server.start()


def _switch(url: str) -> None:
    """Have PostgreSQL begin another file of its log of writes, as it does by itself after every 16 MB."""

    async def switch() -> None:
        connection = await asyncpg.connect(url, timeout=2, command_timeout=5)
        try:
            await connection.execute(
                "select pg_logical_emit_message(false, 'full', repeat('x', 100000)), pg_switch_wal()"
            )
        finally:
            connection.terminate()

    with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        asyncio.run(switch())
