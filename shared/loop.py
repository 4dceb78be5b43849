"""A loop that works something off: again and again, woken after commits, by polling as a net, later after failures."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from time import monotonic

from shared.telemetry import describe, log

FIRST_DELAY = 0.1
LONGEST_DELAY = 10.0


class Loop(ABC):
    """Does its `step` until it is stopped. `batch` is what a step does at most: less means that nothing is left."""

    name: str
    batch: int
    poll_seconds: float
    pause_seconds: float = 0
    """How long it rests after a step that left nothing, however often it is woken: many small steps cost more."""
    drain_seconds: float = 30
    """How long `stop` waits for the step at hand."""
    stuck_seconds: float = 180
    """After so long at one step it is stuck. Every wait inside a step has a limit of its own, far below this; this one
    is for the wait that nobody thought of."""

    def __init__(self) -> None:
        self.failure: str | None = None
        """What keeps it from going on right now, in words; None while it works."""
        self.failures = 0
        self.done = 0
        """Steps that failed, and what the others have worked off, since the start."""
        self.progressed: float | None = None
        """When a step last ended well, of the monotonic clock; None before the first."""
        self.turned = monotonic()
        """When it last began or ended a step, be it badly: a loop that fails for want of a server goes on all the
        same."""
        self._wake = asyncio.Event()
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    async def step(self) -> int:
        """Work off one batch; returns how much was done. Raises what keeps it from that."""

    async def recover(self) -> None:
        """Called after a failed step, before the next; nothing, unless a loop has something to put right."""
        return

    def told(self, failure: Exception) -> str:
        """A failure in words that hold no content."""
        return describe(failure)

    def wake(self) -> None:
        """Called after a commit, which may have left something to do; polling finds it too, only later."""
        self._wake.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self.name)

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def alive(self) -> bool:
        """Whether it goes on: neither dead nor at one step for ever."""
        rest = max(self.poll_seconds + self.pause_seconds, LONGEST_DELAY)
        return self.running and monotonic() - self.turned < self.stuck_seconds + rest

    async def stop(self) -> None:
        """Work off what can be worked off at once, then end."""
        self._closing.set()
        self.wake()
        if self._task is not None:
            # Waited for without its result: a loop that died must not keep the others from ending in order.
            _, unfinished = await asyncio.wait([self._task], timeout=self.drain_seconds)
            for task in unfinished:
                task.cancel()
                await asyncio.wait([task])
            if not self._task.cancelled() and (error := self._task.exception()) is not None:
                log.error(f"{self.name} had died", reason=describe(error))

    async def _run(self) -> None:
        delay = FIRST_DELAY
        while True:
            self._wake.clear()
            self.turned = monotonic()
            try:
                done = await self.step()
            except Exception as error:
                reason = self.told(error)
                if reason != self.failure:
                    log.warning(f"{self.name} waits", reason=reason)
                self.failure = reason
                self.failures += 1
                self.turned = monotonic()
                await self.recover()
                if self._closing.is_set():
                    return
                await _wait(self._closing, delay)
                delay = min(delay * 2, LONGEST_DELAY)
                continue
            self.failure, delay = None, FIRST_DELAY
            self.done += done
            self.progressed = self.turned = monotonic()
            if done < self.batch:
                if self._closing.is_set():
                    return
                if self.pause_seconds:
                    await _wait(self._closing, self.pause_seconds)
                await _wait(self._wake, self.poll_seconds)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, or so long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
