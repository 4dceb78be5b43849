"""A fault of membership: consumers join a service's group, take partitions away, and leave or die."""

import asyncio
import contextlib
import logging
import random
import select
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

from aiokafka.errors import KafkaError

from deploy.chaos.faults import fault
from deploy.chaos.members import Membership, dealt, member
from deploy.chaos.rig import Rig
from deploy.terminal import Failure
from services.__main__ import service_named

STORM_SECONDS: Final = 30
EVERY_SECONDS: Final = 3
HOLD_SECONDS: Final = (0.5, 4.0)
JOIN_SECONDS: Final = 15
"""The others hear of a new member with their next heartbeat; one that has nothing by then leaves all the same."""
ROOT: Final = Path(__file__).parent.parent.parent.parent


@fault("F10", "consumers join and leave every three seconds", hits=("kafka",))
def stormed(rig: Rig, dice: random.Random) -> None:
    """Each one that comes or goes stops its whole group: all give up their partitions, with batches under way, and are
    dealt new ones. The last one of all dies without leaving."""
    groups = {name: _group(rig, name) for name in sorted(rig.children)}
    held = asyncio.run(_storm(rig, groups, dice))
    if not held:
        raise Failure("No consumer that joined was dealt a partition: there was no storm.")
    rig.say("partitions were dealt away: " + ", ".join(f"{name} {number} times" for name, number in held.items()))
    name = dice.choice(list(groups))
    rig.say(f"a member of {name}'s group dies without leaving")
    _die(rig, groups[name])
    rig.await_all()


def _group(rig: Rig, name: str) -> Membership:
    prefix = rig.addresses.topic_prefix
    return Membership(rig.addresses.kafka, prefix + name, tuple(prefix + each for each in service_named(name).topics))


async def _storm(rig: Rig, groups: dict[str, Membership], dice: random.Random) -> Counter[str]:
    """Every three seconds one more for each group; returns how many were dealt partitions."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it warns of is what is wanted here
    held: Counter[str] = Counter()
    end = time.monotonic() + STORM_SECONDS
    async with asyncio.TaskGroup() as guests:
        while time.monotonic() < end:
            for name, group in groups.items():
                guests.create_task(_visit(name, group, dice.uniform(*HOLD_SECONDS), held))
            await asyncio.to_thread(rig.sleep, EVERY_SECONDS)
    return held


async def _visit(name: str, group: Membership, seconds: float, held: Counter[str]) -> None:
    """Join, hold for some seconds what is dealt, and leave orderly."""
    with contextlib.suppress(KafkaError, TimeoutError):
        async with member(group) as guest:
            async with asyncio.timeout(JOIN_SECONDS):
                await dealt(guest)
            held[name] += 1
            await asyncio.sleep(seconds)


def _die(rig: Rig, group: Membership) -> None:
    """A process of its own joins, holds partitions, and is killed."""
    command = [sys.executable, "-m", "deploy.chaos.members", group.kafka, group.group, *group.topics]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            end = time.monotonic() + JOIN_SECONDS
            while not select.select([process.stdout], [], [], 0)[0] and time.monotonic() < end:
                rig.sleep(0.1)
        finally:
            process.kill()
