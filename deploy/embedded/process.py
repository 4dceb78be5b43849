"""One child process: started with a log file, waited for, paused, ended; and what a crashed run left of it."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

import psutil

from deploy.embedded.errors import ProcessFailed
from deploy.embedded.owner import SystemUser

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_LIMIT = 20 * 1024 * 1024
"""A log longer than this many bytes is set aside as `NAME.log.1` at the next start."""

_POLL = 0.02


class Started(Protocol):
    """A started program, as far as it is needed here; `subprocess.Popen` is one."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int, /) -> None: ...


class ChildProcess:
    """A program that lives no longer than this process.

    Its output goes to `log`, appended. It runs in a session of its own, so that Ctrl-C reaches it only through us.
    When this process dies in any way, SIGKILL included, the kernel sends it `death_signal`. `record`, where given,
    names it to `end_leftover` of a later run. Methods may be called from any thread, and block: in a coroutine use
    `asyncio.to_thread`.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        record: Path | None = None,
        user: SystemUser | None = None,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        death_signal: signal.Signals = signal.SIGKILL,
        inherited: Sequence[int] = (),
    ) -> None:
        """`inherited`: open files of ours that it keeps, under the same numbers."""
        self.name = name
        self.command = [str(part) for part in command]
        self.log = log
        self.record = record
        self.user = user
        self.environment = environment
        self.directory = directory
        self.stop_signal = stop_signal
        self.death_signal = death_signal
        self.inherited = tuple(inherited)
        self._log_begin = 0
        self._process: Started | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the last start, also after it ended; None before the first."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended; a paused one runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def returncode(self) -> int | None:
        """Exit status of the last start (negative: the signal that ended it); None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the program; it can be started again after it ended. Raises RuntimeError where it already runs."""
        if self.running:
            raise RuntimeError(f"{self.name} already runs")
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_name(self.log.name + ".1"))
        with self.log.open("ab") as output:
            self._log_begin = output.tell()
            self._process = self._launch(output.fileno())
        if self.record:
            _write_record(self.record, self._process.pid, self.death_signal)

    def _launch(self, output: int) -> "Started":
        """Start the program, tied to our life, its output to the open file `output`."""
        uid, gid = (self.user.uid, self.user.gid) if self.user else (-1, -1)
        launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid())]
        identity = [str(int(self.death_signal)), str(uid), str(gid)]
        command = [*launcher, *identity, *self.command]
        return _spawn(command, output, self.environment, self.directory, self.inherited)

    def wait_ready(self, probe: Callable[[], bool], timeout: float = 60) -> None:
        """Return once `probe` answers True; raises ProcessFailed where the program ends first or `timeout` s pass."""
        end = time.monotonic() + timeout
        while True:
            ready = probe()
            if not self.running:
                raise ProcessFailed(f"{self.name} ended with {self.returncode} before it was ready.", self._log_end())
            if ready:
                return
            if time.monotonic() > end:
                raise ProcessFailed(f"{self.name} was not ready after {timeout:.0f} seconds.", self._log_end())
            time.sleep(_POLL)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end and return its exit status, or None where it still runs after `timeout` seconds."""
        if self._process is None:
            return None
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        if self.record:
            self.record.unlink(missing_ok=True)
        return status

    def require_done(self) -> None:
        """Wait for the end of a program that ends by itself. Raises ProcessFailed where it failed."""
        if self.wait() != 0:
            raise ProcessFailed(f"{self.name} failed with {self.returncode}.", self._log_end())

    def terminate(self, grace: float = 20, with_signal: signal.Signals | None = None) -> int | None:
        """Ask it to end, and after `grace` seconds end it; returns its exit status, None where it never ran."""
        if self.running:
            self.resume()
            self._send(with_signal or self.stop_signal)
            if self.wait(grace) is None:
                self.kill()
        return self.wait()

    def kill(self) -> None:
        """End it and every process it started with SIGKILL at once, as a crash would; returns when all are gone."""
        if self._process is None:
            return
        if self.running:
            self.pause()
            family = self._family()
            for member in family:
                _signal_quietly(member, signal.SIGKILL)
            self.wait()
            _wait_gone(family)
        self.wait()

    def pause(self) -> None:
        """Stop it and every process it started where they stand (SIGSTOP); connections to them hang."""
        if self.running:
            self._send(signal.SIGSTOP)  # so that it cannot start another while we look
            for member in self._family():
                _signal_quietly(member, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused one go on; harmless on one that is not paused."""
        if self.running:
            for member in self._family():
                _signal_quietly(member, signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _family(self) -> list[psutil.Process]:
        """The process and all its descendants."""
        if self._process is None:
            return []
        try:
            process = psutil.Process(self._process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _log_end(self) -> str:
        """What it wrote since its last start, the last 64 KiB of it."""
        with self.log.open("rb") as log:
            log.seek(max(self._log_begin, self.log.stat().st_size - 65_536))
            return log.read().decode(errors="replace")


def end_leftover(record: Path) -> bool:
    """End the process that `record` names, if a crashed run left it behind, and remove the record.

    Nothing is ended unless the process with that id also started at the recorded moment: ids are used again.
    Returns whether there was one.
    """
    try:
        pid, born, death_signal = (int(part) for part in record.read_text().split())
    except (FileNotFoundError, ValueError):
        record.unlink(missing_ok=True)
        return False
    found = birth(pid) == born
    if found:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        for member in family:
            _signal_quietly(member, signal.SIGCONT)
        _signal_quietly(process, signal.Signals(death_signal))
        if not _wait_gone(family, 5):
            for member in family:
                _signal_quietly(member, signal.SIGKILL)
            _wait_gone(family)
    record.unlink(missing_ok=True)
    return found


def birth(pid: int) -> int | None:
    """When a process started, in clock ticks since the machine's start; None where there is none, or only a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def _write_record(record: Path, pid: int, death_signal: signal.Signals) -> None:
    fresh = record.with_suffix(".new")
    fresh.write_text(f"{pid} {birth(pid) or 0} {int(death_signal)}\n")
    fresh.replace(record)


def _signal_quietly(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _wait_gone(family: list[psutil.Process], timeout: float = 10) -> bool:
    """Whether all of them, which need not be our children, ended within `timeout` seconds."""
    end = time.monotonic() + timeout
    while any(birth(member.pid) is not None and member.is_running() for member in family):
        if time.monotonic() > end:
            return False
        time.sleep(_POLL)
    return True


# The kernel sends the death signal when the *thread* that started the child ends. Everything is therefore started
# by one thread that lives as long as this process.
_Request = tuple[
    "Future[subprocess.Popen[bytes]]", list[str], int, "Mapping[str, str] | None", "Path | None", Sequence[int]
]
_requests: "queue.SimpleQueue[_Request]" = queue.SimpleQueue()
_spawner_lock = threading.Lock()
_spawner: threading.Thread | None = None


def _spawn(
    command: list[str],
    output: int,
    environment: Mapping[str, str] | None,
    directory: Path | None,
    inherited: Sequence[int],
) -> subprocess.Popen[bytes]:
    global _spawner
    with _spawner_lock:
        if _spawner is None or not _spawner.is_alive():
            _spawner = threading.Thread(target=_serve_requests, name="child-process-starter", daemon=True)
            _spawner.start()
    answer: Future[subprocess.Popen[bytes]] = Future()
    _requests.put((answer, command, output, environment, directory, inherited))
    return answer.result()


def _serve_requests() -> None:
    while True:
        answer, command, output, environment, directory, inherited = _requests.get()
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=directory,
                start_new_session=True,
                pass_fds=inherited,
            )
        except BaseException as failure:  # handed to whoever waits for the answer
            answer.set_exception(failure)
        else:
            answer.set_result(process)
