"""The clients of one service: they make its calls at a pace of their own, so that a service which is away stalls only
these, and the others' calls go on."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import heappop, heappush
from itertools import count
from typing import Final

Step = Callable[[], None]

CATCH_UP: Final = 1.0
"""Seconds of the pace that are made up for after a delay; whoever was away for longer is not flooded afterwards."""
LONGEST_WAIT: Final = 0.25
SHORTEST_WAIT: Final = 0.001


class Desk:
    """`clients` make `rate` calls a second as far as the service takes them. `fresh` begins something new where nothing
    that was begun waits to go on; it gives None where nothing can be begun here."""

    def __init__(self, service: str, clients: int, rate: float, fresh: Callable[[], Step | None]) -> None:
        self._service, self._clients, self._fresh = service, clients, fresh
        self._rate = rate
        self._steps: list[tuple[float, int, Step]] = []
        self._numbers = count()
        self._next = 0.0
        self._open = 0
        self._going = self._ended = False
        self._turn = threading.Condition()
        self._pool = ThreadPoolExecutor(clients, thread_name_prefix=service)
        self._at_work: list[Future[None]] = []

    def open(self) -> None:
        """Have the clients come; they wait for `resume`."""
        self._at_work = [self._pool.submit(self._work) for _ in range(self._clients)]

    def pace(self, rate: float) -> None:
        """Another number of calls a second from now on."""
        with self._turn:
            self._rate = rate

    def later(self, step: Step, seconds: float) -> None:
        """Go on with something in some seconds. May be called from any thread."""
        with self._turn:
            heappush(self._steps, (time.monotonic() + seconds, next(self._numbers), step))
            self._turn.notify()

    def resume(self) -> None:
        with self._turn:
            self._going = True
            self._turn.notify_all()

    def pause(self) -> None:
        """Begin no new call; those that are open go on."""
        with self._turn:
            self._going = False

    def await_quiet(self) -> None:
        """Return when every call that is open has its answer, or a client has failed."""
        with self._turn:
            while self._open and not any(client.done() for client in self._at_work):
                self._turn.wait(LONGEST_WAIT)

    def check(self) -> None:
        """Raise what a client failed with."""
        for client in self._at_work:
            if client.done():
                client.result()

    def close(self) -> None:
        """Send the clients home; returns at once, and `await_gone` when the last has left."""
        with self._turn:
            self._ended = True
            self._turn.notify_all()

    def await_gone(self) -> None:
        self._pool.shutdown()

    def _work(self) -> None:
        while (step := self._take()) is not None:
            try:
                step()
            finally:
                with self._turn:
                    self._open -= 1
                    self._turn.notify_all()

    def _take(self) -> Step | None:
        """The next step, once it is time for one; None where the clients are to go home."""
        with self._turn:
            while not self._ended:
                now = time.monotonic()
                if self._going and now >= self._next and (step := self._at_hand(now)) is not None:
                    self._next = max(self._next, now - CATCH_UP) + 1 / self._rate
                    self._open += 1
                    return step
                pause = self._next - now if self._next > now else LONGEST_WAIT
                if self._steps:
                    pause = min(pause, max(self._steps[0][0], self._next) - now)
                self._turn.wait(min(max(pause, SHORTEST_WAIT), LONGEST_WAIT))
        return None

    def _at_hand(self, now: float) -> Step | None:
        if self._steps and self._steps[0][0] <= now:
            return heappop(self._steps)[2]
        return self._fresh()
