"""Faults of Kafka and PostgreSQL: killed and started again, away for a minute, paused."""

import random
from collections.abc import Sequence
from typing import Final

from deploy.chaos.faults import fault
from deploy.chaos.rig import Rig
from deploy.embedded.platform import side_by_side
from deploy.embedded.server import Server

AWAY_SECONDS: Final = 60
"""Longer than producers and consumers wait for one answer (40 s)."""
PAUSED_SECONDS: Final = 30
KILLS: Final = 3


@fault("F2", "Kafka is killed, one broker and all, and then away for a minute", hits=("kafka",))
def kafka_killed(rig: Rig, dice: random.Random) -> None:
    one = dice.choice(rig.brokers)
    for number in range(1, KILLS + 1):
        rig.say(f"a broker is killed, {number} of {KILLS}")
        _killed(rig, [one], dice.uniform(0, 1))
        rig.sleep(dice.uniform(1, 3))
    rig.say(f"all brokers are away for {AWAY_SECONDS} s")
    _killed(rig, rig.brokers, AWAY_SECONDS)


@fault("F3", "PostgreSQL is killed and started again", hits=("postgres",))
def postgres_killed(rig: Rig, dice: random.Random) -> None:
    """Under load some transaction is always in the middle, and some in its COMMIT."""
    for number in range(1, KILLS + 1):
        rig.say(f"PostgreSQL is killed, {number} of {KILLS}")
        _killed(rig, [rig.postgres], 0)
        rig.sleep(dice.uniform(1, 4))
    rig.await_all()


@fault("F5", "a broker and PostgreSQL are paused", hits=("kafka", "postgres"))
def servers_paused(rig: Rig, dice: random.Random) -> None:
    servers: list[Server] = [dice.choice(rig.brokers), rig.postgres]
    dice.shuffle(servers)
    for server in servers:
        rig.say(f"{server.name} is paused for {PAUSED_SECONDS} s")
        server.pause()
        try:
            rig.sleep(PAUSED_SECONDS)
        finally:
            server.resume()
        rig.sleep(1)
    rig.await_all()


def _killed(rig: Rig, servers: Sequence[Server], seconds: float) -> None:
    """kill -9 of these, and the same started again after some seconds; they start also where the run is to end."""
    for server in servers:
        server.kill()
    try:
        rig.sleep(seconds)
    finally:
        side_by_side(*(server.start for server in servers))
