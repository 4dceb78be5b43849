"""A compose project of a test's own: the project's own file, other names, free ports, and gone afterwards."""

import json
import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from tests.conftest import ROOT

SERVICES: Final = ("intake", "training", "employment", "notifications")
HANGS: Final = 240
"""Seconds after which a command hangs."""


class Project:
    """One `docker compose` project of docker-compose.yml."""

    def __init__(self) -> None:
        self.name = f"reintegration-test-{uuid.uuid4().hex[:8]}"
        ports = {f"REINTEGRATION_{name.upper()}_PORT": "0" for name in SERVICES}
        self.environment = {
            **os.environ,
            **ports,
            "REINTEGRATION_VERSION": "local",
            "COMPOSE_PROJECT_NAME": self.name,
            "COMPOSE_PROGRESS": "quiet",
        }

    def compose(self, *arguments: str) -> str:
        """What a command prints; raises where it fails, with what it told."""
        return _told(["docker", "compose", *arguments], self.environment)

    def docker(self, *arguments: str) -> str:
        """The same for a command that Compose lacks."""
        return _told(["docker", *arguments], self.environment)

    def follow(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command whose output, and what it tells beside, is read while it runs."""
        command = ["docker", "compose", *arguments]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def containers(self) -> dict[str, dict[str, Any]]:
        """What Docker tells of each container, by the name of its service; jobs as well."""
        names = self.compose("ps", "--all", "--quiet").split()
        told = json.loads(_told(["docker", "inspect", *names], self.environment))
        return {each["Config"]["Labels"]["com.docker.compose.service"]: each for each in told}

    def address(self, service: str) -> str:
        """Where a service is reached from here."""
        return f"http://{self.compose('port', service, '8000').strip()}"


@contextmanager
def running() -> Iterator[Project]:
    """A system that came up from empty volumes."""
    project = Project()
    try:
        project.compose("--profile", "command-line", "build")
        project.compose("up", "--detach", "--build", "--wait")
        yield project
    finally:
        project.compose("down", "--volumes", "--remove-orphans")


def _told(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=HANGS, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def image(name: str) -> dict[str, Any]:
    """What Docker tells of an image."""
    (told,) = json.loads(_told(["docker", "image", "inspect", name], dict(os.environ)))
    return dict(told)
