"""A small pilot taken once through the whole real system, as processes; its tests look at what came of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from deploy.addresses import Addresses
from deploy.demo.inputs import Inputs, write_inputs
from deploy.demo.journal import Journal
from deploy.demo.journey import Outcome, Steps, go, today
from deploy.settings import SystemSettings
from deploy.system import System
from tests.collector import Collector, collecting
from tests.conftest import ROOT
from tests.servers.choosing import Servers

SHARE = 0.2
"""Of the demo's returnees: some forty from each centre, beside all the faults."""
COMPLETIONS = 90


@dataclass(frozen=True)
class Pilot:
    """What was sent, what came of it, and the system that still runs."""

    inputs: Inputs
    outcome: Outcome
    journal: Journal
    system: System
    addresses: Addresses
    reports: Path
    collector: Collector

    @property
    def data(self) -> Path:
        """What commands name with --data."""
        return self.system.folder.path


@pytest.fixture(scope="session")
def pilot(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pilot]:
    settings = SystemSettings(kafka=servers.kafka, postgres=SecretStr(servers.postgres), port=0)
    folder = tmp_path_factory.mktemp("pilot")
    inputs = write_inputs(folder, seed=7, today=today(), share=SHARE)
    steps = Steps(lambda name: None, lambda name, seconds: None)
    with collecting() as collector, pytest.MonkeyPatch.context() as environment:
        environment.setenv("REINTEGRATION_TRACES_ENDPOINT", collector.url)
        with System(None, settings) as system:
            outcome = go(system.addresses, inputs, folder, 7, COMPLETIONS, steps, lambda said: None)
            yield Pilot(inputs, outcome, outcome.journal, system, system.addresses, folder, collector)


def reintegration(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as on a terminal that is none."""
    return subprocess.run(
        [sys.executable, "-c", "from deploy.cli import main; main()", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120", **environment},
        capture_output=True,
        text=True,
        timeout=240,
    )


def last_object(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What a command said with --json."""
    found: dict[str, Any] = json.loads(done.stdout.rstrip("\n").splitlines()[-1])
    return found
