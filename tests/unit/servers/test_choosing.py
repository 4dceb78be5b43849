"""Which servers the tests run on, by the variables that are set."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.servers.choosing import KAFKA, PLATFORM, POSTGRES, NoServers, check, chosen

OWN = {KAFKA: "127.0.0.1:9092", POSTGRES: "postgresql://somebody:made-up@127.0.0.1:5432/postgres"}


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "embedded"),
        ({PLATFORM: ""}, "embedded"),
        (OWN, "external"),
        (OWN | {PLATFORM: "external"}, "external"),
        (OWN | {PLATFORM: "embedded"}, "embedded"),
        (OWN | {PLATFORM: "containers"}, "containers"),
        ({PLATFORM: "containers"}, "containers"),
    ],
)
def test_the_platform_is_the_one_that_is_named_or_whose_addresses_are_given(
    environment: dict[str, str], name: str
) -> None:
    assert chosen(environment) == name


@pytest.mark.parametrize(
    "environment",
    [{KAFKA: OWN[KAFKA]}, {POSTGRES: OWN[POSTGRES]}, {PLATFORM: "external"}, OWN | {PLATFORM: "external", KAFKA: ""}],
)
def test_servers_of_ones_own_need_both_addresses(environment: dict[str, str]) -> None:
    with pytest.raises(NoServers, match=f"set {KAFKA} .* and {POSTGRES}") as said:
        chosen(environment)
    assert "made-up" not in str(said.value)


def run_pytest(**environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", str(ROOT / "tests" / "unit" / "servers")]
    return subprocess.run(
        command, cwd=ROOT, env={"PATH": "/nowhere", **environment}, capture_output=True, text=True, timeout=120
    )


def test_an_unknown_platform_is_refused_before_any_test() -> None:
    done = run_pytest(REINTEGRATION_TEST_PLATFORM="docker")
    assert (done.returncode, done.stdout) == (4, "")
    said = "REINTEGRATION_TEST_PLATFORM is 'docker': it must be one of embedded, containers, external."
    assert done.stderr.strip() == f"ERROR: {said}"


def test_containers_without_a_daemon_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    with pytest.raises(NoServers, match=r"needs a Docker daemon, and none answers .*: start Docker, or leave"):
        check({PLATFORM: "containers"})
