"""Whether a service can work, and what stands in the way, in words."""

import asyncio
from typing import TYPE_CHECKING, Final

from shared.telemetry import describe

if TYPE_CHECKING:
    from shared.service import Running

ANSWER_SECONDS: Final = 3
"""How long whoever asks waits for the database and for Kafka."""
LONGEST_UNSENT_SECONDS: Final = 60
OLDEST_UNSENT: Final = """
select extract(epoch from now() - time)::float8
from (select position from unsent order by position limit 1) as oldest join ledger using (position)
"""


async def problems(running: "Running") -> list[str]:
    """What stands in the way of being ready; empty when ready."""
    if running.waiting_for is not None:
        return [f"waiting for {running.waiting_for}"]
    found = [f"{name} is dead" for name, alive in running.alive().items() if not alive]
    for each in await asyncio.gather(_of_database(running), _of_consumer(running)):
        found += each
    return found + [f"{loop.name}: {loop.failure}" for loop in (running.timers, *running.loops) if loop.failure]


async def _of_database(running: "Running") -> list[str]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            rows = await running.pools["timers"].fetch(OLDEST_UNSENT)
    except Exception as error:
        return [f"the database does not answer: {describe(error)}"]
    if rows and rows[0][0] > LONGEST_UNSENT_SECONDS:
        return [f"the oldest unsent event is {rows[0][0]:.0f} s old: {running.relay.failure}"]
    return []


async def _of_consumer(running: "Running") -> list[str]:
    receiver = running.receiver
    if receiver is None:
        return []
    found = []
    if not await receiver.answers(ANSWER_SECONDS):
        found.append("Kafka does not answer")
    if receiver.partitions() == 0:
        found.append("no partition is assigned yet")
    if receiver.failure is not None:
        found.append(f"the consumer puts batches back: {receiver.failure}")
    return found
