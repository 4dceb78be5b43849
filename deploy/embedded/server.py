"""What Kafka and PostgreSQL have in common here: one child process that serves one port and can be hurt on purpose."""

import os
from abc import ABC, abstractmethod
from pathlib import Path

from deploy.embedded.errors import ProcessFailed
from deploy.embedded.ports import free_port, require_free
from deploy.embedded.process import ChildProcess

_PORT_TRIES = 3


def clean_environment() -> dict[str, str]:
    """The environment for a server: none of our settings and secrets, and messages in one language."""
    passed_on = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return passed_on | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Server(ABC):
    """A server on one port of 127.0.0.1. Its methods block: in a coroutine use `asyncio.to_thread`."""

    name: str

    def __init__(self, port: int = 0) -> None:
        """`port` 0 takes a free one, kept from start to start; another one where it is taken before the first start."""
        self.port = port or free_port()
        self._port_was_asked = port != 0
        self._process: ChildProcess | None = None

    @abstractmethod
    def _prepare(self) -> ChildProcess:
        """Write whatever files the server needs, and name the process that will serve `self.port`."""

    @abstractmethod
    def _serves(self) -> bool:
        """Whether the server answers a real request."""

    @property
    def running(self) -> bool:
        """Whether its process runs; a paused one does."""
        return self._process is not None and self._process.running

    @property
    def pid(self) -> int | None:
        """Process id of the last start; None before the first."""
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        """What its process says. RuntimeError before the first start."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.log

    def check_port(self) -> None:
        """Raise PlatformError where the port that was asked for is taken."""
        if self._port_was_asked:
            require_free(self.port, self.name)

    def start(self) -> None:
        """Start, or start again on the same port and data, and return when it answers.

        Raises PlatformError where it cannot be set up or started, with the end of its log.
        """
        if self._process is not None:
            self._run(self._process)
            return
        for attempt in range(1, _PORT_TRIES + 1):
            process = self._prepare()
            try:
                self._run(process)
            except ProcessFailed as failure:
                # between choosing a port and opening it, another program may have taken it
                if "Address already in use" in failure.log and not self._port_was_asked and attempt < _PORT_TRIES:
                    self.port = free_port()
                    continue
                raise
            self._process = process
            return

    def _run(self, process: ChildProcess) -> None:
        try:
            process.start()
            process.wait_ready(self._serves)
        except BaseException:
            process.kill()
            raise

    def stop(self, *, quick: bool = False, grace: float = 20) -> None:
        """End it, orderly within `grace` seconds; `quick` is for data that are thrown away next."""
        if self._process is not None:
            if quick:
                self._process.kill()
            else:
                self._process.terminate(grace)

    def kill(self) -> None:
        """End it and every process it started at once, as a crash would; `start` brings it back on the same data."""
        if self._process is not None:
            self._process.kill()

    def pause(self) -> None:
        """Let it hang: its connections stay open, and nothing answers."""
        if self._process is not None:
            self._process.pause()

    def resume(self) -> None:
        """Let a paused one go on."""
        if self._process is not None:
            self._process.resume()
