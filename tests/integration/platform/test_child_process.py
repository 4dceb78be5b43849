"""The process primitive that Kafka, PostgreSQL and the services share, on small programs."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deploy.embedded import ChildProcess, ProcessFailed
from deploy.embedded.process import birth, end_leftover
from tests.integration.platform.conftest import wait_gone

SPEAKS_AND_STAYS = "import time; print('ready', flush=True); time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
WITH_CHILD = "import subprocess; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True); p.wait()"


def child(program: str, tmp_path: Path) -> ChildProcess:
    command = [sys.executable, "-c", program]
    return ChildProcess("example", command, log=tmp_path / "log", record=tmp_path / "example.pid")


def wait_for_output(process: ChildProcess) -> str:
    process.wait_ready(lambda: process.log.read_text().endswith("\n"))
    return process.log.read_text()


def test_it_starts_becomes_ready_ends_and_starts_again(tmp_path: Path) -> None:
    process = child(SPEAKS_AND_STAYS, tmp_path)
    for round_number in (1, 2):
        process.start()
        process.wait_ready(lambda: process.log.read_text() == "ready\n" * round_number)  # noqa: B023
        assert process.running
        assert (tmp_path / "example.pid").exists()
        with pytest.raises(RuntimeError, match="already runs"):
            process.start()
        assert process.terminate() == -signal.SIGTERM
        assert not process.running
        assert not (tmp_path / "example.pid").exists()


def test_one_that_ends_too_early_is_told_with_its_last_words(tmp_path: Path) -> None:
    process = child("import sys; sys.exit('no such database')", tmp_path)
    process.start()
    with pytest.raises(ProcessFailed, match=r"example ended with 1 before it was ready(.|\n)*no such database"):
        process.wait_ready(lambda: False)


def test_one_that_is_never_ready_is_told(tmp_path: Path) -> None:
    process = child(SPEAKS_AND_STAYS, tmp_path)
    process.start()
    with pytest.raises(ProcessFailed, match="was not ready after 0 seconds"):
        process.wait_ready(lambda: False, timeout=0)
    process.kill()


def test_one_that_ignores_the_request_is_ended_after_its_grace(tmp_path: Path) -> None:
    process = child(DEAF, tmp_path)
    process.start()
    wait_for_output(process)
    assert process.terminate(grace=0.1) == -signal.SIGKILL


def test_a_paused_one_can_be_ended(tmp_path: Path) -> None:
    process = child(SPEAKS_AND_STAYS, tmp_path)
    process.start()
    wait_for_output(process)
    process.pause()
    assert process.terminate() == -signal.SIGTERM


def test_killing_one_kills_what_it_started(tmp_path: Path) -> None:
    process = child(WITH_CHILD, tmp_path)
    process.start()
    grandchild = int(wait_for_output(process))
    assert birth(grandchild) is not None
    process.kill()
    assert birth(grandchild) is None


def test_it_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    process = child(SPEAKS_AND_STAYS, tmp_path)
    starting = threading.Thread(target=process.start)
    starting.start()
    starting.join()
    wait_for_output(process)
    assert process.wait(0.2) is None, "a death signal would have come by now"
    process.kill()


def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    program = f"""
import sys
import threading
from pathlib import Path
from deploy.embedded import ChildProcess
process = ChildProcess("example", ["sleep", "600"], log=Path({str(tmp_path / "log")!r}))
process.start()
print(process.pid, flush=True)
sys.stdin.read()
"""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert birth(pid) is not None
    parent.kill()
    parent.communicate()
    wait_gone([pid])


def test_a_leftover_is_ended_only_if_it_is_the_recorded_process(tmp_path: Path) -> None:
    record = tmp_path / "example.pid"
    stranger = subprocess.Popen(["sleep", "600"])
    born = birth(stranger.pid)
    assert born is not None
    try:
        record.write_text(f"{stranger.pid} {born - 1} {int(signal.SIGKILL)}\n")
        assert not end_leftover(record)
        assert stranger.poll() is None
        assert not record.exists()

        record.write_text(f"{stranger.pid} {born} {int(signal.SIGTERM)}\n")
        assert end_leftover(record)
        assert stranger.wait() == -signal.SIGTERM
        assert not record.exists()
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "not a record\n", "1 2\n"])
def test_a_broken_record_is_put_away(tmp_path: Path, content: str) -> None:
    record = tmp_path / "example.pid"
    record.write_text(content)
    assert not end_leftover(record)
    assert not record.exists()
