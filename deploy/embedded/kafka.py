"""Apache Kafka, one combined KRaft node or several, from its published jars."""

import base64
import shutil
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from deploy.embedded import jars, java
from deploy.embedded.errors import PlatformError
from deploy.embedded.ports import LOOPBACK, free_port, is_open
from deploy.embedded.process import ChildProcess
from deploy.embedded.server import Server, clean_environment
from deploy.embedded.settings import EmbeddedSettings

PROPERTIES = {
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    # topics come from one file, and keep everything; so do the positions of a consumer that was off for long
    "auto.create.topics.enable": "false",
    "log.retention.ms": "-1",
    "offsets.retention.minutes": str(60 * 24 * 365),
    # nobody else can join the group: waiting for others only delays
    "group.initial.rebalance.delay.ms": "0",
    # the default takes 128 MB of the heap to compact what here is a few small topics
    "log.cleaner.dedupe.buffer.size": str(8 * 1024 * 1024),
}
ALONE = {
    # nobody else can join the quorum: waiting for others only delays
    "controller.quorum.election.timeout.ms": "200",
    "controller.quorum.election.backoff.max.ms": "100",
    # a killed broker is refused as a duplicate of itself until its old session ends
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "400",
}
AMONG_OTHERS = {
    # here all brokers share a machine, and one that is merely busy must not be taken for dead
    "broker.session.timeout.ms": "6000",
    "broker.heartbeat.interval.ms": "1000",
    "controller.quorum.fetch.timeout.ms": "4000",
}


class Kafka(Server):
    """A Kafka broker with its data in `folder`; the cluster id is kept from start to start.

    Of several, each is given its number (from 1), the ports of all controllers by number, and their cluster's id. They
    are started side by side: none is ready before most of them are.
    """

    name = "Kafka"

    def __init__(
        self,
        folder: Path,
        *,
        log: Path,
        record: Path,
        settings: EmbeddedSettings,
        port: int = 0,
        write_archive: Path | None = None,
        node: int = 1,
        controllers: Mapping[int, int] | None = None,
        cluster: str | None = None,
    ) -> None:
        """`write_archive` has Java record this run's start-up there when it is stopped (see `prepare`)."""
        super().__init__(port)
        self.node = node
        self._controllers = controllers
        self._cluster = cluster
        if controllers is not None:
            self.name = f"Kafka {node}"
        self.folder = folder
        self._data = folder / "data"
        self._log = log
        self._record = record
        self._settings = settings
        self._write_archive = write_archive

    @property
    def bootstrap(self) -> str:
        """`HOST:PORT` for clients; the same after `kill` and `start`."""
        return f"{LOOPBACK}:{self.port}"

    def _prepare(self) -> ChildProcess:
        temporary = self.folder / "tmp"
        for folder in (self.folder, temporary):
            folder.mkdir(mode=0o700, exist_ok=True)
        configuration = self.folder / "server.properties"
        configuration.write_text("".join(f"{key}={value}\n" for key, value in self._properties().items()))
        command = java.command(self._settings)
        # its compression libraries unpack themselves into the temporary folder
        command.append(f"-Djava.io.tmpdir={temporary}")
        archive = java.archive(self._settings)
        if archive is not None and archive.exists():
            command.append(f"-XX:AOTCache={archive}")
        if not (self._data / "meta.properties").exists():
            self._format(command, configuration)
        if self._write_archive:
            command.append(f"-XX:AOTCacheOutput={self._write_archive}")
        command += [*LOG_OPTIONS, "kafka.Kafka", str(configuration)]
        return ChildProcess(self.name, command, log=self._log, record=self._record, environment=clean_environment())

    def lose(self) -> None:
        """End it as a crash would, and have its disk lost: the next start finds an empty one. Of several, all are to be
        lost before one is started: the others would take it for who it was."""
        self.kill()
        if self._process is not None:
            self._process = None
            self._port_was_asked = True  # clients know it
        shutil.rmtree(self._data)

    def _properties(self) -> dict[str, str]:
        controllers = self._controllers or {self.node: free_port()}
        listeners = f"PLAINTEXT://{self.bootstrap},CONTROLLER://{LOOPBACK}:{controllers[self.node]}"
        return {
            **PROPERTIES,
            **(ALONE if len(controllers) == 1 else AMONG_OTHERS),
            **_copies(len(controllers)),
            "node.id": str(self.node),
            "log.dirs": str(self._data),
            "listeners": listeners,
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "controller.quorum.voters": ",".join(f"{node}@{LOOPBACK}:{port}" for node, port in controllers.items()),
        }

    def _format(self, java_command: list[str], configuration: Path) -> None:
        """Set the folder up: with Kafka's own tool, which takes a second of Java, only until the cache has what it
        wrote beside the ids, the levels of this release's features; later folders get a copy, under ids of their own.
        """
        cluster = self._cluster or random_id()
        levels = self._settings.cache / f"{jars.folder(self._settings.cache).name}.checkpoint"
        if levels.exists():
            fresh = self.folder / "data.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
            shutil.copyfile(levels, fresh / CHECKPOINT)
            ids = {"version": "1", "cluster.id": cluster, "node.id": str(self.node), "directory.id": random_id()}
            (fresh / "meta.properties").write_text("".join(f"{key}={value}\n" for key, value in ids.items()))
            fresh.replace(self._data)
            return
        # joined to its option, since one id in sixty-four begins with a dash
        arguments = ["format", f"--cluster-id={cluster}", "--config", str(configuration)]
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        command = [*java_command, quiet, "kafka.tools.StorageTool", *arguments]
        done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PlatformError(f"Kafka's folder {self.folder} could not be set up: {done.stderr or done.stdout}")
        own = levels.with_name(f"{levels.name}.{cluster}")  # another run may be doing the same
        shutil.copyfile(self._data / CHECKPOINT, own)
        own.replace(levels)

    def _serves(self) -> bool:
        """Whether this broker, and no other that took its port, has joined its cluster, by its own answer."""
        if not is_open(self.port):
            return False
        client = AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0, "socket.timeout.ms": 2000})
        try:
            answer = client.list_topics(timeout=2)
        except KafkaException:
            return False
        own = f"cluster.id={answer.cluster_id}" in (self._data / "meta.properties").read_text().splitlines()
        return own and self.node in answer.brokers


def _copies(brokers: int) -> dict[str, str]:
    """How often Kafka's own topics, and others that do not say it themselves, are kept."""
    copies, in_sync = str(min(3, brokers)), "2" if brokers > 1 else "1"
    return {
        "default.replication.factor": copies,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": in_sync,
    }


ONE_BROKER = {**PROPERTIES, **ALONE, **_copies(1), "node.id": "1"}
"""What a broker that is alone is set up with, whatever its addresses and folders."""


CHECKPOINT = "bootstrap.checkpoint"


def random_id() -> str:
    """An id as Kafka writes them: 16 random bytes in 22 characters."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()


LOG_OPTIONS = [
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    # a listing of every setting at every start, some of it twice
    "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config.AbstractConfig=warn",
]
