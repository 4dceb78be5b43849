"""The whole system on one machine: Kafka, PostgreSQL, databases, topics, keys, and four services as processes."""

import asyncio
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from deploy.addresses import ADDRESSES, Addresses, write_private
from deploy.databases import database_addresses, database_names, drop_databases, make_databases
from deploy.embedded import ChildProcess, Platform, free_port
from deploy.embedded.folder import RunFolder
from deploy.errors import PlatformError, TopicError
from deploy.forks import ForkedService, Forks
from deploy.keeping import Keeper, says_yes
from deploy.settings import SystemSettings
from services.__main__ import NAMES
from shared.access import DevelopmentIssuer

SECRETS = "secrets.json"
"""A folder's passwords and keys: where it is, a system was."""
READY_SECONDS = 120


class System:
    """Brings everything up and takes it down again: `with System(...) as system: system.addresses`.

    `data` None: a throw-away folder and free ports; on servers of one's own also topics and databases under a prefix
    that nobody else has, removed at the end. `tell` hears what is being done, in words. Without `services` only the
    servers of a folder that was used before are started, as they are. Several `brokers` need a throw-away folder.
    `environment`: settings for the services beside those of their own.
    """

    def __init__(
        self,
        data: Path | None,
        settings: SystemSettings | None = None,
        tell: Callable[[str], None] = lambda _: None,
        *,
        services: bool = True,
        brokers: int = 1,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._with_services, self._brokers, self._environment = services, brokers, environment
        self._data = data
        self._settings = settings or SystemSettings()
        self._tell = tell
        self._platform: Platform | None = None
        self._own_folder: RunFolder | None = None
        self._stopping = threading.Event()
        self._keeper: threading.Thread | None = None
        self._forks: Forks | None = None
        self.children: dict[str, ChildProcess] = {}
        self.addresses: Addresses
        self.times: dict[str, float] = {}
        """Seconds each step took, by name."""

    @property
    def folder(self) -> RunFolder:
        if self._platform is not None:
            return self._platform.folder
        assert self._own_folder is not None
        return self._own_folder

    @property
    def platform(self) -> Platform | None:
        """The embedded servers, where these are used."""
        return self._platform

    def __enter__(self) -> Self:
        try:
            self._start() if self._with_services else self._start_servers()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        """Two cores are busy all the while: Kafka takes longest to start, so whatever needs no Kafka is done beside.
        The services wait by themselves for what is not there yet."""
        kafka, postgres = self._open()
        self._forks = Forks(self.folder.logs / "forks.log", self.folder.processes / "forks.pid")
        self._forks.start()
        with ThreadPoolExecutor(1) as beside:
            starting = None
            if self._platform is not None:
                starting = beside.submit(self._step, "Kafka", self._platform.start_kafka)
                self._step("PostgreSQL", self._platform.postgres.start)
                postgres = self._platform.postgres_url
            secret = self._secrets()
            databases = self._step("databases", lambda: self._databases(postgres, secret))
            self.addresses = self._addresses(kafka, databases)
            self._step("migrations", lambda: self._migrate(secret["digest"]))
            self._start_services(secret["digest"])
            if starting is not None:
                starting.result()
        if self._platform is not None and self._platform.kafka_bootstrap != kafka:
            # Another program took its port meanwhile, and it took the next: the services have to be told.
            self._end_services()
            self.addresses = self._addresses(self._platform.kafka_bootstrap, databases)
            self._start_services(secret["digest"])
        self._step("topics", self._topics)
        self._step("services", self._await_ready)
        write_private(self.folder.path / ADDRESSES, json.dumps(asdict(self.addresses), indent=1))
        keeper = Keeper(self.children, self.addresses.services, self._tell, self._settings.hung_seconds)
        self._keeper = threading.Thread(target=keeper.run, args=(self._stopping,), name="keeper", daemon=True)
        self._keeper.start()

    def _start_servers(self) -> None:
        """For work on what is there, that no service may disturb. Nobody else is told the addresses."""
        kafka, postgres = self._open()
        if self._platform is not None:
            self._step("Kafka and PostgreSQL", self._platform.start_servers)
            kafka, postgres = self._platform.kafka_bootstrap, self._platform.postgres_url
        self.addresses = self._addresses(kafka, database_addresses(postgres, self._database_names(), self._secrets()))

    def _step(self, name: str, action: Callable[[], Any]) -> Any:
        self._tell(f"starting {name}")
        begun = time.monotonic()
        result = action()
        self.times[name] = round(time.monotonic() - begun, 2)
        return result

    def _open(self) -> tuple[str, str]:
        """Take the folder; returns the addresses of Kafka and PostgreSQL, the latter empty before an embedded start."""
        settings = self._settings
        if settings.kafka and settings.postgres:
            if self._data is None:
                self._own_folder = RunFolder.throw_away(None)
                own = {"topic_prefix": f"{settings.topic_prefix}throwaway-{secrets.token_hex(4)}."}
                self._settings = settings.model_copy(update=own)
            else:
                self._own_folder = RunFolder.keep(self._data)
            return settings.kafka, settings.postgres.get_secret_value()
        if settings.kafka or settings.postgres:
            raise PlatformError("Give both REINTEGRATION_KAFKA and REINTEGRATION_POSTGRES, or neither.")
        self._platform = Platform(self._data, brokers=self._brokers).open()
        return self._platform.kafka_bootstrap, ""

    def _addresses(self, kafka: str, databases: dict[str, str]) -> Addresses:
        ports = {name: self._port(place) for place, name in enumerate(NAMES)}
        return Addresses(
            services={name: f"http://127.0.0.1:{port}" for name, port in ports.items()},
            databases=databases,
            kafka=kafka,
            topic_prefix=self._settings.topic_prefix,
            issuer=str(self.folder.path / "issuer"),
            outbox=str(self.folder.path / "outbox"),
            logs=str(self.folder.logs),
        )

    def _port(self, place: int) -> int:
        return free_port() if self._data is None or self._settings.port == 0 else self._settings.port + place

    def _secrets(self) -> dict[str, str]:
        """Passwords and keys of this folder, made at its first start."""
        file = self.folder.path / SECRETS
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        missing = {name: secrets.token_urlsafe(32) for name in ("digest", *NAMES) if name not in kept}
        if missing:
            kept |= missing
            write_private(file, json.dumps(kept))
        return kept

    def _databases(self, administrator: str, secret: dict[str, str]) -> dict[str, str]:
        names = self._database_names()
        asyncio.run(make_databases(administrator, {names[name]: secret[name] for name in NAMES}))
        return database_addresses(administrator, names, secret)

    def _database_names(self) -> dict[str, str]:
        return database_names(self._settings.topic_prefix, NAMES)

    def _topics(self) -> None:
        from deploy.topics import provision  # here, so that Kafka starts while it is loaded
        from shared.settings import KafkaSettings

        settings = KafkaSettings(kafka=self.addresses.kafka, topic_prefix=self.addresses.topic_prefix)
        provision(settings, partitions=self._settings.partitions, replication=self._settings.replication)

    def _migrate(self, digest: str) -> None:
        """Bring the databases to the schema of this build, all at once."""
        migrations = [self._child([name, "migrate"], digest) for name in NAMES]
        for migration in migrations:
            migration.start()
        for migration in migrations:
            migration.require_done()

    def _start_services(self, digest: str) -> None:
        for name in NAMES:
            self.children[name] = self._child([name], digest)
            self.children[name].start()

    def _child(self, arguments: list[str], digest: str) -> ChildProcess:
        name = arguments[0]
        environment = {
            **os.environ,
            **self._environment,
            "REINTEGRATION_KAFKA": self.addresses.kafka,
            "REINTEGRATION_TOPIC_PREFIX": self.addresses.topic_prefix,
            "REINTEGRATION_DATABASE_URL": self.addresses.databases[name],
            "REINTEGRATION_ISSUER_KEY": str(DevelopmentIssuer(Path(self.addresses.issuer)).public_key),
            "REINTEGRATION_DIGEST_KEY": digest,
            "REINTEGRATION_HOST": "127.0.0.1",
            "REINTEGRATION_PORT": self.addresses.services[name].rpartition(":")[2],
            "REINTEGRATION_OUTBOX": self.addresses.outbox,
            "REINTEGRATION_LOG_LEVEL": self._settings.log_level,
        }
        environment.pop("REINTEGRATION_POSTGRES", None)  # the administrator's; no service needs it
        environment.pop("REINTEGRATION_METRICS_PORT", None)  # four services of one machine cannot share it
        assert self._forks is not None
        log, record = self.folder.logs / f"{name}.log", self.folder.processes / f"{name}.pid"
        return ForkedService(self._forks, arguments, log=log, record=record, environment=environment)

    def _await_ready(self) -> None:
        with ThreadPoolExecutor(len(NAMES)) as pool:
            for waiting in [pool.submit(self._await_one, name) for name in NAMES]:
                waiting.result()

    def _await_one(self, name: str) -> None:
        self.children[name].wait_ready(lambda: is_ready(self.addresses.services[name]), READY_SECONDS)

    def stop(self) -> None:
        """Take everything down: services first, all at once, then the servers."""
        self._stopping.set()
        if self._keeper is not None:
            self._keeper.join()
        self._end_services()
        if self._forks is not None:
            self._forks.stop()
        if self._platform is not None or self._own_folder is not None:
            (self.folder.path / ADDRESSES).unlink(missing_ok=True)
        if self._platform is not None:
            self._platform.stop()
        if self._own_folder is not None:
            try:
                if self._own_folder.throwaway:
                    self._remove_traces()
            finally:
                self._own_folder.release()

    def _end_services(self) -> None:
        if self.children:
            with ThreadPoolExecutor(len(self.children)) as pool:
                list(pool.map(lambda child: child.terminate(grace=40), self.children.values()))

    def _remove_traces(self) -> None:
        """Take what a thrown-away system had on servers that are not its own."""
        from deploy.topics import remove
        from shared.settings import KafkaSettings

        settings = self._settings
        assert settings.kafka is not None
        assert settings.postgres is not None
        try:
            asyncio.run(drop_databases(settings.postgres.get_secret_value(), self._database_names().values()))
            remove(KafkaSettings(kafka=settings.kafka, topic_prefix=settings.topic_prefix))
        except (PlatformError, TopicError) as failure:
            self._tell(f"something of {settings.topic_prefix} stays on the servers: {failure}")


def is_ready(address: str) -> bool:
    """Whether the service at this address says so itself."""
    return says_yes(address, "/health/ready")
