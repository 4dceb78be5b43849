#!/usr/bin/env bash
# `make test-containers`: the integration and journey tests on Kafka and PostgreSQL in containers, then the demo and the
# tests of the whole system in containers. Nothing of it stays, not even where it is cut off by Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/../.."

lack() {
    echo "make test-containers needs $1" >&2
    exit 1
}
docker version >/dev/null 2>&1 || lack "a Docker daemon that answers: install Docker or start it, until \`docker version\` tells of a server."
docker compose version >/dev/null 2>&1 || lack "Docker Compose: install the plugin, until \`docker compose version\` answers."
docker buildx version >/dev/null 2>&1 || lack "Docker's builder BuildKit: install the plugin, until \`docker buildx version\` answers."

# A project of its own: the system that somebody runs on this machine is neither disturbed nor taken down.
export COMPOSE_PROJECT_NAME=reintegration-test-containers-$$
# Containers are taken down by the tests; a container that watches over them would need an image more.
export TESTCONTAINERS_RYUK_DISABLED=true

things() {
    docker container ls --all --quiet --no-trunc
    docker network ls --quiet --no-trunc
    docker volume ls --quiet
}
take_down() { docker compose down --volumes --remove-orphans >/dev/null 2>&1; }
before=$(things)
trap take_down EXIT

echo "==> 1/3 integration and journey, on $(docker version --format 'Docker {{.Server.Version}}')"
# tests/integration/platform is about the embedded servers themselves
REINTEGRATION_TEST_PLATFORM=containers .venv/bin/pytest tests/integration tests/journey --ignore tests/integration/platform
echo "==> 2/3 the demo"
make --no-print-directory demo PLATFORM=compose
echo "==> 3/3 the system in containers"
.venv/bin/pytest tests/containers

take_down
left=$(comm -13 <(sort <<<"$before") <(things | sort))
if [ -n "$left" ]; then
    echo "These containers, networks or volumes were left behind, or made by others meanwhile:" $left >&2
    exit 1
fi
