"""Services forked from one process: each is a process of its own, and none is left behind."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.embedded import ProcessFailed
from deploy.forks import ForkedService, Forks
from services.__main__ import USAGE, WRONG_SETTINGS
from shared.access import DevelopmentIssuer


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    folder = tmp_path_factory.mktemp("forks")
    forks = Forks(folder / "forks.log", folder / "forks.pid")
    forks.start()
    yield forks
    forks.stop()


def service(forks: Forks, place: Path, *arguments: str, **environment: str) -> ForkedService:
    return ForkedService(
        forks,
        list(arguments),
        log=place / "service.log",
        record=place / "service.pid",
        environment={"PATH": os.environ["PATH"], **environment},
    )


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the bound is a net for a hang."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


WAITING = {
    "REINTEGRATION_KAFKA": "127.0.0.1:1",
    "REINTEGRATION_DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/none",
    "REINTEGRATION_DIGEST_KEY": "made-up-for-a-test-of-processes-0123456789",
    "REINTEGRATION_PORT": "0",
}
"""Settings of a service that listens, and waits for servers that never come."""


@pytest.fixture
def waiting(forks: Forks, tmp_path: Path) -> Iterator[ForkedService]:
    issuer = DevelopmentIssuer(tmp_path / "issuer")
    child = service(forks, tmp_path, "training", REINTEGRATION_ISSUER_KEY=str(issuer.public_key), **WAITING)
    child.start()
    until(lambda: "listening" in (tmp_path / "service.log").read_text())
    yield child
    child.kill()


def test_what_it_says_and_how_it_ends_is_its_own(forks: Forks, tmp_path: Path) -> None:
    wrong = service(forks, tmp_path, "nobody")
    unset = service(forks, tmp_path, "intake")
    for child in (wrong, unset):
        child.start()
    assert (wrong.wait(30), unset.wait(30)) == (USAGE, WRONG_SETTINGS)
    told = (tmp_path / "service.log").read_text()
    assert "say which service" in told
    assert "REINTEGRATION_DATABASE_URL" in told


def test_it_is_forked_in_a_session_of_its_own_and_drains_when_asked(forks: Forks, waiting: ForkedService) -> None:
    assert waiting.pid is not None
    assert waiting.running
    assert psutil.Process(waiting.pid).ppid() == forks.pid
    assert os.getsid(waiting.pid) == waiting.pid
    assert waiting.terminate(grace=30) == 0
    assert not waiting.running


def test_a_killed_one_is_seen_and_can_be_started_again(waiting: ForkedService) -> None:
    assert waiting.pid is not None
    os.kill(waiting.pid, signal.SIGKILL)
    assert waiting.wait(30) == -signal.SIGKILL
    before = waiting.pid
    waiting.start()
    assert waiting.running
    assert waiting.pid != before


def test_a_failing_migration_says_why(forks: Forks, tmp_path: Path) -> None:
    migration = service(forks, tmp_path, "intake", "migrate", **WAITING)
    migration.start()
    with pytest.raises(ProcessFailed, match="intake migrate failed with"):
        migration.require_done()


def test_what_was_forked_ends_with_the_process_that_forks_and_then_starts_alone(tmp_path: Path) -> None:
    forks = Forks(tmp_path / "forks.log", tmp_path / "forks.pid")
    forks.start()
    child = service(forks, tmp_path, "training", REINTEGRATION_ISSUER_KEY=str(tmp_path / "none"), **WAITING)
    child.start()
    assert forks.pid is not None
    forked = child.pid
    os.kill(forks.pid, signal.SIGKILL)
    assert child.wait(30) is not None
    assert forked is not None
    until(lambda: not psutil.pid_exists(forked))
    child.start()
    assert child.pid is not None
    assert psutil.Process(child.pid).ppid() == os.getpid()
    assert child.wait(60) == WRONG_SETTINGS
    forks.stop()
