"""What a measurement stands on: servers, a fresh database and topics, a service as a process, the floor's figures."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from deploy.embedded import ChildProcess, Platform
from deploy.settings import SystemSettings
from deploy.topics import provision
from services.__main__ import service_named
from shared.access import DevelopmentIssuer
from shared.migrating import migrate
from shared.settings import KafkaSettings

ROOT = Path(__file__).parent.parent.parent
FLOOR = ROOT.parent / "shared" / "bench"
"""Where the floor's reference files are looked for when no other folder is given."""


@dataclass(frozen=True)
class Servers:
    """Kafka and PostgreSQL (an administrator's address), and a folder for logs."""

    kafka: str
    postgres: str
    folder: Path


@contextmanager
def servers() -> Iterator[Servers]:
    """Servers given by the environment, or embedded ones for the time of the measurement."""
    settings = SystemSettings()
    if settings.kafka and settings.postgres:
        with tempfile.TemporaryDirectory() as folder:
            yield Servers(settings.kafka, settings.postgres.get_secret_value(), Path(folder))
        return
    with Platform() as platform:
        yield Servers(platform.kafka_bootstrap, platform.postgres_url, platform.folder.path)


@dataclass(frozen=True)
class Stage:
    """One service's database and topics, fresh, and the settings it runs with."""

    servers: Servers
    service: str
    prefix: str
    database: str
    environment: dict[str, str]

    def process(self) -> ChildProcess:
        """The service as the process that a deployment runs."""
        return ChildProcess(
            self.service,
            [sys.executable, "-m", "services", self.service],
            log=self.log,
            environment=self.environment,
            directory=ROOT,
        )

    @property
    def log(self) -> Path:
        return self.servers.folder / f"{self.prefix}{self.service}.log"

    def lines(self, event: str) -> Iterator[dict[str, Any]]:
        """The service's log lines of one kind."""
        mark = f'"event":"{event}"'.encode()
        with self.log.open("rb") as log:
            for line in log:
                if mark in line:
                    yield json.loads(line)

    def first(self, event: str) -> float | None:
        """When the service first logged this, in seconds since 1970."""
        line = next(self.lines(event), None)
        return None if line is None else datetime.fromisoformat(line["time"]).timestamp()


@contextmanager
def stage(at: Servers, service: str) -> Iterator[Stage]:
    """A database that is dropped after, and topics under a prefix of their own, as many partitions as shipped."""
    name = f"bench_{uuid.uuid4().hex[:10]}"
    prefix = f"{name}."
    database = f"{at.postgres.rpartition('/')[0]}/{name}"
    asyncio.run(_administer(at.postgres, f"create database {name}"))
    try:
        migrate(service_named(service).migrations, database)
        provision(KafkaSettings(kafka=at.kafka), prefix=prefix, replication=1)
        issuer = DevelopmentIssuer(at.folder / "issuer")
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("REINTEGRATION_")},
            "REINTEGRATION_KAFKA": at.kafka,
            "REINTEGRATION_TOPIC_PREFIX": prefix,
            "REINTEGRATION_DATABASE_URL": database,
            "REINTEGRATION_ISSUER_KEY": str(issuer.public_key),
            "REINTEGRATION_DIGEST_KEY": secrets.token_urlsafe(32),
            "REINTEGRATION_PORT": "0",
            "REINTEGRATION_OUTBOX": str(at.folder / "outbox"),
        }
        yield Stage(at, service, prefix, database, environment)
    finally:
        asyncio.run(_administer(at.postgres, f"drop database if exists {name} with (force)"))


async def _administer(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def peak_memory(pid: int) -> int:
    """The most memory a running process ever held, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def floor(file: Path, *arguments: str) -> dict[str, Any]:
    """Run a reference file on the same machine; its last line is a JSON object."""
    done = subprocess.run([sys.executable, str(file), *arguments], capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result
