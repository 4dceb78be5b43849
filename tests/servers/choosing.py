"""The Kafka and the PostgreSQL that a run of the tests uses: embedded, in containers, or somebody's own.

`REINTEGRATION_TEST_PLATFORM` says which. Without it: somebody's own where `REINTEGRATION_KAFKA` and
`REINTEGRATION_POSTGRES` give their addresses, else embedded ones.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from deploy.embedded import Platform

PLATFORM: Final = "REINTEGRATION_TEST_PLATFORM"
KAFKA: Final = "REINTEGRATION_KAFKA"
POSTGRES: Final = "REINTEGRATION_POSTGRES"
EMBEDDED, CONTAINERS, EXTERNAL = NAMES = ("embedded", "containers", "external")


class NoServers(Exception):
    """The tests cannot have the servers that they were told to use; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Servers:
    """Addresses of the run's Kafka and PostgreSQL (its administrator's)."""

    kafka: str
    postgres: str


def chosen(environment: Mapping[str, str]) -> str:
    """Which of `NAMES` these variables ask for. Raises NoServers where they name none, or name servers by half."""
    given = bool(environment.get(KAFKA)), bool(environment.get(POSTGRES))
    name = environment.get(PLATFORM) or (EXTERNAL if any(given) else EMBEDDED)
    if name not in NAMES:
        raise NoServers(f"{PLATFORM} is {name!r}: it must be one of {', '.join(NAMES)}.")
    if name == EXTERNAL and not all(given):
        raise NoServers(
            f"Tests on servers of your own need the addresses of both: set {KAFKA} (host:port) and {POSTGRES} "
            "(an administrator's, such as postgresql://user:password@host:5432/postgres)."
        )
    return name


def check(environment: Mapping[str, str]) -> None:
    """Raise NoServers, before any test runs, where what is asked for cannot be had."""
    if chosen(environment) == CONTAINERS:
        from tests.servers import containers  # only where it is used: it takes a second to load

        containers.check()


@contextmanager
def started(environment: Mapping[str, str]) -> Iterator[Servers]:
    """The servers asked for; what was started is gone afterwards."""
    name = chosen(environment)
    if name == EXTERNAL:
        yield Servers(environment[KAFKA], environment[POSTGRES])
    elif name == CONTAINERS:
        from tests.servers import containers

        with containers.run() as (kafka, postgres):
            yield Servers(kafka, postgres)
    else:
        with Platform() as platform:
            yield Servers(platform.kafka_bootstrap, platform.postgres_url)
