"""Kafka and PostgreSQL together, in one folder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.embedded.folder import RunFolder
from deploy.embedded.kafka import Kafka, random_id
from deploy.embedded.owner import stand_in_for_root
from deploy.embedded.ports import free_port
from deploy.embedded.postgres import Postgres
from deploy.embedded.server import Server
from deploy.embedded.settings import EmbeddedSettings


class Platform:
    """A real Kafka and a real PostgreSQL on 127.0.0.1, running while this process wants them.

        with Platform() as platform:  # thrown away after; Platform(folder) keeps the data
            use(platform.kafka_bootstrap, platform.postgres_url)

    Ports given as 0 are chosen at each start. `kafka` and `postgres` can be killed, paused and started again for
    fault tests. Of several `brokers`, in a folder that is thrown away only, `kafka` is the first. `open` prepares all
    and leaves their start to a caller who has something to do in between. Methods block: in a coroutine use
    `asyncio.to_thread`. Further processes of the same run belong into `folder.logs` and `folder.processes` (as
    `ChildProcess(log=…, record=….pid)`), to be cleaned up after a crash too.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        kafka_port: int = 0,
        postgres_port: int = 0,
        settings: EmbeddedSettings | None = None,
        brokers: int = 1,
    ) -> None:
        if brokers > 1 and folder is not None:
            raise ValueError("a folder that is kept has one broker")
        self._brokers = brokers
        self._asked_folder = folder
        self._kafka_port = kafka_port
        self._postgres_port = postgres_port
        self._settings = settings or EmbeddedSettings()
        self._folder: RunFolder | None = None
        self._servers: list[Server] = []
        self.brokers: list[Kafka] = []
        self.postgres: Postgres

    @property
    def folder(self) -> RunFolder:
        """The folder of this run; RuntimeError before the start."""
        if self._folder is None:
            raise RuntimeError("the platform was not started")
        return self._folder

    @property
    def kafka(self) -> Kafka:
        """The broker, or the first of several."""
        return self.brokers[0]

    @property
    def kafka_bootstrap(self) -> str:
        """`HOST:PORT` of the broker; of several, of each, with commas."""
        return ",".join(broker.bootstrap for broker in self.brokers)

    @property
    def postgres_url(self) -> str:
        """`postgresql://…` of the superuser's own database, with the password."""
        return self.postgres.url

    def start(self) -> Self:
        """Start both side by side and return when both answer.

        Raises PlatformError, with nothing left running, where the folder is in use or either cannot start.
        """
        self.open()
        try:
            self.start_servers()
        except BaseException:
            self.stop()
            raise
        return self

    def start_servers(self) -> None:
        """Start both side by side, after `open`. Raises PlatformError where either cannot start."""
        side_by_side(*(server.start for server in self._servers))

    def start_kafka(self) -> None:
        """Start Kafka alone, all of its brokers, after `open`."""
        side_by_side(*(broker.start for broker in self.brokers))

    def open(self) -> Self:
        """Take the folder and choose the ports; nothing runs yet, and `stop` takes it back.

        Raises PlatformError where the folder is in use or a port that was asked for is taken.
        """
        if self._servers:
            raise RuntimeError("the platform was started already")
        user = stand_in_for_root(self._settings.postgres_user)
        asked = self._asked_folder
        self._folder = RunFolder.throw_away(user) if asked is None else RunFolder.keep(asked)
        try:
            self.brokers = self._make_brokers()
            self.postgres = Postgres(
                self.folder.postgres_place(user),
                log=self.folder.logs / "postgres.log",
                record=self.folder.processes / "postgres.pid",
                user=user,
                port=self._postgres_port,
            )
            self._servers = [*self.brokers, self.postgres]
            for server in self._servers:
                server.check_port()
        except BaseException:
            self.stop()
            raise
        return self

    def _make_brokers(self) -> list[Kafka]:
        numbers = range(1, self._brokers + 1)
        several = self._brokers > 1
        controllers, cluster = ({node: free_port() for node in numbers}, random_id()) if several else (None, None)
        names = ["kafka", *(f"kafka-{node}" for node in numbers[1:])]
        return [
            Kafka(
                self.folder.path / name,
                log=self.folder.logs / f"{name}.log",
                record=self.folder.processes / f"{name}.pid",
                settings=self._settings,
                port=self._kafka_port if node == 1 else 0,
                node=node,
                controllers=controllers,
                cluster=cluster,
            )
            for node, name in zip(numbers, names, strict=True)
        ]

    def stop(self) -> None:
        """End both and release the folder; a thrown-away one is removed. Harmless where nothing runs."""
        if self._folder is not None:
            quick = self._folder.throwaway
            try:
                side_by_side(*(partial(server.stop, quick=quick) for server in self._servers))
            finally:
                self._servers = []
                self._folder.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def side_by_side(*actions: Callable[[], object]) -> None:
    """Run all at once, wait for all, then raise the first failure."""
    if actions:
        with ThreadPoolExecutor(len(actions)) as pool:
            running = [pool.submit(action) for action in actions]
            wait(running)
        for each in running:
            each.result()
