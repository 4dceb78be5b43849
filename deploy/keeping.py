"""Keeps the services of `reintegration up` going: one that ended is started again, one that hangs is ended.

A service ends itself where a loop of it stands still (ADR 13). What it cannot end is a process that is stopped, or that
does not even come to its own watchdog; so somebody outside asks `/health/live`. Containers have their own supervisor.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import Final

from deploy.embedded import ChildProcess

SETTLED_SECONDS: Final = 10.0
"""A service that ran so long before it ended is started again at once."""
LONGEST_DELAY: Final = 30.0
LOOK_SECONDS: Final = 0.2
PROBE_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 3.0


class Keeper:
    """Looks after services until it is told to stop. `children` and `addresses` are by service's name; `hung_seconds`:
    how long one may go without saying that it is alive. Looks are counted, not the time that passed: a machine that
    slept, or a keeper that was stopped, finds nobody hanging."""

    def __init__(
        self,
        children: Mapping[str, ChildProcess],
        addresses: Mapping[str, str],
        tell: Callable[[str], None],
        hung_seconds: float,
    ) -> None:
        self._children = children
        self._addresses = addresses
        self._tell = tell
        self._most_unanswered = max(1, round(hung_seconds / PROBE_SECONDS))
        self._delays = dict.fromkeys(addresses, 0.0)
        self._started = dict.fromkeys(addresses, -SETTLED_SECONDS)
        self._due: dict[str, float] = {}
        self._unanswered = dict.fromkeys(addresses, 0)
        self._next_probe = time.monotonic() + PROBE_SECONDS

    def run(self, stopping: Event) -> None:
        """Until `stopping` is set."""
        while not stopping.wait(LOOK_SECONDS):
            probing = time.monotonic() >= self._next_probe
            for name, child in list(self._children.items()):
                if stopping.is_set():
                    return
                if not child.running:
                    self._start_again(name, child)
                elif probing:
                    self._probe(name, child)
            if probing:
                self._next_probe = time.monotonic() + PROBE_SECONDS

    def _start_again(self, name: str, child: ChildProcess) -> None:
        """Later each time that it ended soon."""
        if name not in self._due:
            if time.monotonic() - self._started[name] > SETTLED_SECONDS:
                self._delays[name] = 0.0
            self._tell(f"{name} ended with {child.returncode}; it is started again in {self._delays[name]:.0f} s")
            self._due[name] = time.monotonic() + self._delays[name]
        elif time.monotonic() >= self._due[name]:
            child.start()
            self._started[name] = time.monotonic()
            self._unanswered[name] = 0
            del self._due[name]
            self._delays[name] = min(LONGEST_DELAY, self._delays[name] * 2 or 1.0)

    def _probe(self, name: str, child: ChildProcess) -> None:
        if says_yes(self._addresses[name], "/health/live"):
            self._unanswered[name] = 0
            return
        self._unanswered[name] += 1
        if self._unanswered[name] >= self._most_unanswered:
            self._unanswered[name] = 0
            seconds = self._most_unanswered * PROBE_SECONDS
            self._tell(f"{name} has not said for {seconds:.0f} s that it is alive; it is ended")
            _write(child, name, seconds)
            child.kill()


def _write(child: ChildProcess, name: str, seconds: float) -> None:
    """Into the service's own log, where whoever asks why it ended looks."""
    line = {
        "time": datetime.now(UTC).isoformat(),
        "level": "critical",
        "service": name,
        "event": "it hangs; the keeper ends it",
        "seconds": seconds,
    }
    with child.log.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def says_yes(address: str, path: str) -> bool:
    """Whether a service answers this question of its health with 200. Asked often, and therefore cheaply."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
