"""A service with one thing in it that stands still for ever: `python -m tests.faults.hanging PART NAME`."""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from services.__main__ import main
from shared import acknowledging
from shared.consuming import Consumer
from shared.outbox import Relay
from shared.receiving import Receiver


async def for_ever(*_: Any) -> Any:
    """What waits on a connection that is half open, and forgot to set a limit."""
    await asyncio.Event().wait()


async def without_an_end(*_: Any) -> Any:
    """What keeps the event loop from turning."""
    time.sleep(3_600)  # noqa: ASYNC251 - the fault itself


def hang_batch() -> None:
    Consumer.apply = for_ever  # type: ignore[method-assign]


def hang_relay() -> None:
    Relay.step = for_ever  # type: ignore[method-assign]


def block() -> None:
    Consumer.apply = without_an_end  # type: ignore[method-assign]


def lose_group() -> None:
    """The client asks for its coordinator and never hears of it, as it can when Kafka is killed at that moment."""
    acknowledging.ACKNOWLEDGE_SECONDS = 1
    start = Receiver.start
    apply = Consumer.apply

    async def started(self: Receiver) -> None:
        await start(self)

        async def lost(consumer: Consumer, records: Sequence[Any]) -> None:
            coordinator = self._subscriber.consumer._coordinator
            if not coordinator._coordinator_lookup_lock.locked():
                await coordinator._coordinator_lookup_lock.acquire()
                coordinator.coordinator_dead()
            await apply(consumer, records)

        Consumer.apply = lost  # type: ignore[method-assign]

    Receiver.start = started  # type: ignore[method-assign]


def deafen(task: Callable[[Any], asyncio.Task[Any]]) -> Callable[[], None]:
    """A task of the client's ends, once it has begun to consume."""
    start = Receiver.start

    async def started(self: Receiver) -> None:
        await start(self)
        task(self._subscriber.consumer).cancel()

    def plant() -> None:
        Receiver.start = started  # type: ignore[method-assign]

    return plant


PLANTS: Final[dict[str, Callable[[], None]]] = {
    "batch": hang_batch,
    "relay": hang_relay,
    "event-loop": block,
    "group": lose_group,
    "fetching": deafen(lambda client: client._fetcher._fetch_task),
    "coordination": deafen(lambda client: client._coordinator._coordination_task),
}

if __name__ == "__main__":
    PLANTS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
