"""Whether a service can work, and what stands in the way, in words."""

import asyncio
import time
from typing import TYPE_CHECKING, Final

from shared.telemetry import describe

if TYPE_CHECKING:
    from shared.service import Running

ANSWER_SECONDS: Final = 3
"""How long whoever asks waits for the database and for Kafka."""
LONGEST_UNSENT_SECONDS: Final = 60
OLDEST_UNSENT: Final = "select position from unsent order by position limit 1"


class Oldest:
    """How long the same event has been the oldest unsent one. By no clock that anybody sets: the service's, by which
    events are dated, and PostgreSQL's need not agree, and either may jump."""

    def __init__(self) -> None:
        self._position: int | None = None
        self._since = 0.0

    def waits(self, position: int | None, now: float) -> float:
        """Seconds since it was first seen as the oldest; 0 where there is none. `now`: of the monotonic clock."""
        if position != self._position:
            self._position, self._since = position, now
        return 0.0 if position is None else now - self._since


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
    waits = running.oldest_unsent.waits(rows[0][0] if rows else None, time.monotonic())
    if waits > LONGEST_UNSENT_SECONDS:
        return [f"the oldest unsent event waits for {waits:.0f} s: {running.relay.failure}"]
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
