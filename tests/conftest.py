"""One Kafka and one PostgreSQL a run; a topic prefix and a fresh database a test.

Where these servers run, `tests/servers/choosing.py` says.
"""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from deploy.topics import provision
from shared import telemetry
from shared.migrating import migrate
from shared.service import Running, Service
from shared.settings import KafkaSettings, Settings
from tests.servers import choosing
from tests.servers.choosing import Servers
from tests.waiting import administer, at_database, until

ROOT = Path(__file__).parent.parent
PARTITIONS = 4

# A busy machine is slow now and then; a test that fails for that says nothing about the code.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


def pytest_configure() -> None:
    try:
        choosing.check(os.environ)
    except choosing.NoServers as failure:
        raise pytest.UsageError(str(failure)) from None


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with choosing.started(os.environ) as started:
        yield started


@pytest.fixture(scope="session")
def kafka(servers: Servers) -> str:
    return servers.kafka


@pytest.fixture(scope="session")
def postgres(servers: Servers) -> str:
    """The administrator's address; databases are made and dropped with it."""
    return servers.postgres


@pytest.fixture(scope="session")
async def template(postgres: str) -> AsyncIterator[Callable[[Path], Awaitable[str]]]:
    """Name of a database that a folder's migrations were run on once, to be copied from."""
    made: dict[Path, str] = {}

    async def of(migrations: Path) -> str:
        if migrations not in made:
            name = f"template_{uuid.uuid4().hex[:12]}"
            await administer(postgres, f"create database {name}")
            await asyncio.to_thread(migrate, migrations, at_database(postgres, name))
            made[migrations] = name
        return made[migrations]

    yield of
    await administer(postgres, *[f"drop database {name} with (force)" for name in made.values()])


@pytest.fixture
async def database_of(
    postgres: str, template: Callable[[Path], Awaitable[str]]
) -> AsyncIterator[Callable[[str | Path], Awaitable[str]]]:
    """Address of a fresh, migrated database, given a service's name or a folder of migrations."""
    made: list[str] = []

    async def of(service: str | Path) -> str:
        folder = ROOT / "services" / service / "migrations" if isinstance(service, str) else service
        name = f"test_{uuid.uuid4().hex[:12]}"
        await administer(postgres, f"create database {name} template {await template(folder)}")
        made.append(name)
        return at_database(postgres, name)

    yield of
    await administer(postgres, *[f"drop database {name} with (force)" for name in made])


@pytest.fixture
async def topics(kafka: str) -> str:
    """A prefix of the test's own, with every topic made under it."""
    prefix = f"t{uuid.uuid4().hex[:8]}."
    await asyncio.to_thread(provision, KafkaSettings(kafka=kafka), prefix=prefix, partitions=PARTITIONS, replication=1)
    return prefix


def service_named(name: str) -> Service:
    service: Service = import_module(f"services.{name}.app").SERVICE
    return service


@pytest.fixture
async def running(
    kafka: str, topics: str, database_of: Callable[[str | Path], Awaitable[str]], tmp_path: Path
) -> AsyncIterator[Callable[..., Awaitable[Running]]]:
    """Starts a service in this process, on a database of its own, and waits until it is ready."""
    async with AsyncExitStack() as stack:

        async def start(service: str | Service, url: str | None = None, **changed: Any) -> Running:
            service = service_named(service) if isinstance(service, str) else service
            settings = Settings(
                **{
                    "kafka": kafka,
                    "topic_prefix": topics,
                    "database_url": url or await database_of(service.migrations),
                    "issuer_key": tmp_path / "issuer.pem",
                    "digest_key": uuid.uuid4().hex,
                    "outbox": tmp_path / "outbox",
                    "replica": uuid.uuid4().hex[:8],
                    **changed,
                }
            )
            telemetry.configure(service.name, pretty=False)
            process = Running(service, settings)
            await process.start()
            stack.push_async_callback(process.stop)
            await until(lambda: process.waiting_for is None)
            return process

        yield start
