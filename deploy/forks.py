"""Services started by forking, on one machine: what all four load is loaded once, which halves their start.

Each is a process of its own all the same, killed, paused and ended like any other. Only `reintegration up`, the demo
and tests start them so; containers run `python -m services NAME`.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

from deploy.embedded import ChildProcess
from deploy.embedded.process import Started
from deploy.forked import LONGEST

ROOT = Path(__file__).parent.parent


class Forked:
    """A forked process, as `subprocess.Popen` shows one that it started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: Future[int] = Future()
        """Its exit status; negative: the signal that ended it."""

    def poll(self) -> int | None:
        return self.ended.result() if self.ended.done() else None

    def wait(self, timeout: float | None = None) -> int:
        try:
            return self.ended.result(timeout)
        except TimeoutError:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from None

    def send_signal(self, sig: int, /) -> None:
        if not self.ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sig)


class ForkedService(ChildProcess):
    """A service's process, forked; started alone where it cannot be forked. `arguments`: those of `python -m services`,
    as `["intake"]` or `["intake", "migrate"]`."""

    def __init__(
        self, forks: "Forks", arguments: list[str], *, log: Path, record: Path, environment: dict[str, str]
    ) -> None:
        command = [sys.executable, "-m", "services", *arguments]
        super().__init__(" ".join(arguments), command, log=log, record=record, environment=environment, directory=ROOT)
        self._forks = forks
        self._arguments = arguments

    def _launch(self, output: int) -> Started:
        return self._forks.fork(self._arguments, dict(self.environment or {}), output) or super()._launch(output)


class Forks:
    """The process that forks the services. Start it early: it loads while other things are made ready."""

    def __init__(self, log: Path, record: Path) -> None:
        self._channel, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = ChildProcess(
            "forks",
            [sys.executable, "-m", "deploy.forked", str(self._theirs.fileno())],
            log=log,
            record=record,
            directory=ROOT,
            inherited=[self._theirs.fileno()],
        )
        self._lock = threading.Lock()
        self._requests = 0
        self._asked: dict[int, Future[Forked]] = {}
        self._running: dict[int, Forked] = {}

    @property
    def pid(self) -> int | None:
        """Its process id; None before its start."""
        return self._process.pid

    def start(self) -> None:
        """Start it; it is asked when it has loaded."""
        self._process.start()
        self._theirs.close()  # else we would not notice its end
        threading.Thread(target=self._listen, name="forks", daemon=True).start()

    def fork(self, arguments: list[str], environment: dict[str, str], output: int) -> Forked | None:
        """A service's process, its output in the open file `output`; None where it cannot be forked."""
        answer: Future[Forked] = Future()
        with self._lock:
            self._requests += 1
            self._asked[self._requests] = answer
            request = {"request": self._requests, "arguments": arguments, "environment": environment}
            try:
                socket.send_fds(self._channel, [json.dumps(request).encode()], [output])
            except OSError:
                return None
        try:
            return answer.result()
        except OSError:
            return None

    def stop(self) -> None:
        """End it; the services must have ended before, or the kernel kills them."""
        self._process.terminate()
        self._channel.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while message := self._channel.recv(LONGEST):
                told = json.loads(message)
                if "request" in told:
                    forked = self._running[told["pid"]] = Forked(told["pid"])
                    with self._lock:
                        self._asked.pop(told["request"]).set_result(forked)
                else:
                    self._running.pop(told["pid"]).ended.set_result(told["status"])
        with self._lock:
            for answer in self._asked.values():
                answer.set_exception(OSError("the forking process ended"))
            self._asked.clear()
        for forked in self._running.values():
            forked.ended.set_result(-9)
        self._running.clear()
