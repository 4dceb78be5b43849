"""Kafka and PostgreSQL together, in one folder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.embedded.folder import RunFolder
from deploy.embedded.kafka import Kafka
from deploy.embedded.owner import stand_in_for_root
from deploy.embedded.postgres import Postgres
from deploy.embedded.server import Server
from deploy.embedded.settings import EmbeddedSettings


class Platform:
    """A real Kafka and a real PostgreSQL on 127.0.0.1, running while this process wants them.

        with Platform() as platform:  # thrown away after; Platform(folder) keeps the data
            use(platform.kafka_bootstrap, platform.postgres_url)

    Ports given as 0 are chosen at each start. `kafka` and `postgres` can be killed, paused and started again for
    fault tests. `open` prepares both and leaves their start to a caller who has something to do in between. Methods
    block: in a coroutine use `asyncio.to_thread`. Further processes of the same run belong into `folder.logs` and
    `folder.processes` (as `ChildProcess(log=…, record=….pid)`), to be cleaned up after a crash too.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        kafka_port: int = 0,
        postgres_port: int = 0,
        settings: EmbeddedSettings | None = None,
    ) -> None:
        self._asked_folder = folder
        self._kafka_port = kafka_port
        self._postgres_port = postgres_port
        self._settings = settings or EmbeddedSettings()
        self._folder: RunFolder | None = None
        self._servers: list[Server] = []
        self.kafka: Kafka
        self.postgres: Postgres

    @property
    def folder(self) -> RunFolder:
        """The folder of this run; RuntimeError before the start."""
        if self._folder is None:
            raise RuntimeError("the platform was not started")
        return self._folder

    @property
    def kafka_bootstrap(self) -> str:
        """`HOST:PORT` of the broker."""
        return self.kafka.bootstrap

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
        _side_by_side(*(server.start for server in self._servers))

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
            logs, processes = self.folder.logs, self.folder.processes
            self.kafka = Kafka(
                self.folder.path / "kafka",
                log=logs / "kafka.log",
                record=processes / "kafka.pid",
                settings=self._settings,
                port=self._kafka_port,
            )
            self.postgres = Postgres(
                self.folder.postgres_place(user),
                log=logs / "postgres.log",
                record=processes / "postgres.pid",
                user=user,
                port=self._postgres_port,
            )
            self._servers = [self.kafka, self.postgres]
            for server in self._servers:
                server.check_port()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End both and release the folder; a thrown-away one is removed. Harmless where nothing runs."""
        if self._folder is not None:
            quick = self._folder.throwaway
            try:
                _side_by_side(*(partial(server.stop, quick=quick) for server in self._servers))
            finally:
                self._servers = []
                self._folder.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _side_by_side(*actions: Callable[[], None]) -> None:
    """Run all at once, wait for all, then raise the first failure."""
    if actions:
        with ThreadPoolExecutor(len(actions)) as pool:
            running = [pool.submit(action) for action in actions]
            wait(running)
        for each in running:
            each.result()
