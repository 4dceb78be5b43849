"""docker-compose.yml and deploy/Dockerfile, as far as they can be judged without Docker."""

import re
from typing import Any, Final

import pytest
import yaml

from deploy.embedded.kafka import ONE_BROKER
from services.__main__ import NAMES
from tests.conftest import ROOT

COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CONTAINERS: Final[dict[str, dict[str, Any]]] = COMPOSE["services"]
DOCKERFILE: Final = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
WATCHING: Final = ("prometheus", "grafana")
JOBS: Final = ("secrets", "databases", "topics")
LOOPBACK: Final = "${REINTEGRATION_ADDRESS:-127.0.0.1}:"
OWN: Final = ":${REINTEGRATION_VERSION:-local}"


def test_these_containers_of_these_images() -> None:
    ours = {**dict.fromkeys((*JOBS, *NAMES), "reintegration"), "command-line": "reintegration-command-line"}
    assert {name: each["image"] for name, each in CONTAINERS.items()} == {
        "kafka": "apache/kafka:4.3.1",
        "db": "postgres:17",
        "prometheus": "prom/prometheus:v3.5.0",
        "grafana": "grafana/grafana:12.0.2",
        **{name: image + OWN for name, image in ours.items()},
    }


def test_only_services_publish_and_on_this_machine_unless_told_otherwise() -> None:
    published = {name: each["ports"] for name, each in CONTAINERS.items() if "ports" in each}
    for name in WATCHING:  # they ask for no password, so they are this machine's alone
        (port,) = published.pop(name)
        assert re.fullmatch(rf"127\.0\.0\.1:\$\{{REINTEGRATION_{name.upper()}_PORT:-\d{{4}}\}}:\d{{4}}", port)
        assert CONTAINERS[name]["profiles"] == ["observability"]
    assert sorted(published) == sorted(NAMES)
    for name, (port,) in published.items():
        assert re.fullmatch(re.escape(LOOPBACK) + rf"\$\{{REINTEGRATION_{name.upper()}_PORT:-81\d\d\}}:8000", port)


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_secret_stands_in_the_file(name: str) -> None:
    for key, value in CONTAINERS[name].get("environment", {}).items():
        if re.search("PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL", key):
            assert str(value).startswith("/run/reintegration"), key
        assert not re.search(r"://[^/]*:[^/]*@", str(value)), key


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_container_may_do_or_take_more_than_it_needs(name: str) -> None:
    container = CONTAINERS[name]
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit"} <= container.keys()
    assert "max-size" in container["logging"]["options"]
    assert not {"privileged", "network_mode", "pid", "devices"} & container.keys()
    if name != "kafka":
        assert container["read_only"] is True


@pytest.mark.parametrize("service", NAMES)
def test_a_service_sees_its_own_secrets_only(service: str) -> None:
    volumes = [volume for volume in CONTAINERS[service]["volumes"] if not volume.startswith("outbox:")]
    assert volumes == [f"{service}-secrets:/run/reintegration:ro"]


@pytest.mark.parametrize("service", NAMES)
def test_services_begin_when_all_jobs_are_done_and_are_restarted(service: str) -> None:
    done = {"condition": "service_completed_successfully"}
    assert CONTAINERS[service]["depends_on"] == dict.fromkeys(JOBS, done)
    assert CONTAINERS[service]["restart"] == "unless-stopped"
    assert CONTAINERS[service]["command"] == [service]


def test_grafana_has_no_administrator_and_everybody_only_looks() -> None:
    told = CONTAINERS["grafana"]["environment"]
    assert told["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert told["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"


def test_metrics_have_a_port_that_is_not_published() -> None:
    (port,) = re.findall(r"REINTEGRATION_METRICS_PORT=(\d+)", DOCKERFILE)
    prometheus = yaml.safe_load((ROOT / "deploy/observability/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    (job,) = prometheus["scrape_configs"]
    targets = {each["labels"]["service"]: each["targets"] for each in job["static_configs"]}
    assert targets == {name: [f"{name}:{port}"] for name in NAMES}
    assert not [each for name in NAMES for each in CONTAINERS[name]["ports"] if port in each]


def test_kafka_is_set_up_as_the_embedded_one() -> None:
    told = {
        key.removeprefix("KAFKA_").lower().replace("_", "."): str(value)
        for key, value in CONTAINERS["kafka"]["environment"].items()
    }
    same = {"listener.security.protocol.map", "transaction.state.log.num.partitions"}
    assert {key: told.get(key) for key in ("auto.create.topics.enable", "log.retention.ms")} == {
        "auto.create.topics.enable": "false",
        "log.retention.ms": "-1",
    }
    both = (told.keys() & ONE_BROKER.keys()) - same
    assert len(both) > 10
    assert {key: told[key] for key in both} == {key: ONE_BROKER[key] for key in both}


def test_the_image_is_built_on_one_base_and_names_no_index() -> None:
    stages = {name for _, name in re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, re.MULTILINE)}
    bases = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) - stages
    assert bases == {"python:3.13-slim"}
    assert "://" not in DOCKERFILE
    assert "--require-hashes" in (ROOT / "deploy" / "containers" / "lay.sh").read_text(encoding="utf-8")


def test_the_service_is_the_first_process_without_rights() -> None:
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    assert 'ENTRYPOINT ["python", "-m", "services"]' in DOCKERFILE
    assert 'CMD ["python", "-I", "-S", "/app/deploy/containers/healthy.py"]' in DOCKERFILE
