"""What is killed, or restarted, while the demo runs: afterwards every count reconciles all the same."""

import time
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from tests.containers.project import SERVICES, Project, running

pytestmark = pytest.mark.timeout(600)
AWAY: Final = 8
"""Seconds: longer than a heartbeat, shorter than whoever waits is patient."""
MOMENTS: Final = ("files are written", "providers fetch their sheets")
"""Steps of the demo after which it happens: while centres send their forms, and while providers send completions."""


@pytest.fixture
def project() -> Iterator[Project]:
    with running() as started:
        yield started


def kill(*services: str) -> Callable[[Project], None]:
    def act(project: Project) -> None:
        project.compose("kill", *services)
        time.sleep(AWAY)
        project.compose("start", *services)

    return act


def restart(project: Project) -> None:
    project.compose("stop", *SERVICES)
    assert [project.containers()[name]["State"]["ExitCode"] for name in SERVICES] == [0, 0, 0, 0]
    project.compose("start", *SERVICES)


@pytest.mark.parametrize("act", [kill("kafka"), kill("db"), restart], ids=["kafka", "db", "services"])
def test_the_demo_reconciles_after(project: Project, act: Callable[[Project], None]) -> None:
    told: list[str] = []
    happened: list[str] = []
    with project.follow("run", "--rm", "-T", "command-line", "demo", "--on", "/command-line/reintegration") as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            told.append(line)
            moment = next((each for each in MOMENTS if each in line and each not in happened), None)
            if moment is not None:
                time.sleep(1)  # into what follows
                act(project)
                happened.append(moment)
    assert demo.returncode == 0, "".join(told[-60:])
    assert tuple(happened) == MOMENTS
    assert any("Everything reconciles" in line for line in told)
