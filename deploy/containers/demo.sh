#!/usr/bin/env bash
# `make demo PLATFORM=compose`: the demo against a system of its own in containers, which is thrown away in the end.
# Ends as the demo does: with 0 if everything reconciles. Its files and reports stay in build/demo.
set -euo pipefail
cd "$(dirname "$0")/../.."

export COMPOSE_PROJECT_NAME=${COMPOSE_PROJECT_NAME:-reintegration-demo} # beside one that is used in earnest
export REINTEGRATION_INTAKE_PORT=0 REINTEGRATION_TRAINING_PORT=0 REINTEGRATION_EMPLOYMENT_PORT=0
export REINTEGRATION_NOTIFICATIONS_PORT=0 # free ones: the demo asks from inside

throw_away() {
    # The demo's own container first, since compose takes such a one away and leaves its volume.
    docker rm --force --volumes "$COMPOSE_PROJECT_NAME-run" >/dev/null 2>&1 || true
    docker compose down --volumes --remove-orphans >/dev/null 2>&1
}
trap throw_away EXIT
throw_away # what an interrupted one left

echo "==> 1/3 images"
docker compose --progress quiet --profile command-line build
echo "==> 2/3 the system"
begun=$SECONDS
docker compose --progress quiet up --detach --wait || { docker compose logs --tail 20 >&2; exit 1; }
echo "    healthy after $((SECONDS - begun)) s, from empty volumes"
echo "==> 3/3 the demo"
status=0
docker compose run --name "$COMPOSE_PROJECT_NAME-run" --volume /demo command-line \
    demo --on /command-line/reintegration --out /demo "$@" || status=$?
mkdir -p build/demo
docker cp --quiet "$COMPOSE_PROJECT_NAME-run:/demo/." build/demo
exit $status
