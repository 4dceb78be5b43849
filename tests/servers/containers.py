"""A Kafka and a PostgreSQL in containers, from the images that docker-compose.yml uses."""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, Self

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from docker.errors import DockerException
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from deploy.embedded.kafka import ONE_BROKER
from tests.servers.choosing import PLATFORM, NoServers

KAFKA_IMAGE: Final = "apache/kafka:4.3.1"
POSTGRES_IMAGE: Final = "postgres:17"
START_SECONDS: Final = 120


def check() -> None:
    """Raise NoServers where no Docker daemon answers."""
    try:
        client = DockerClient(timeout=20).client
        try:
            client.ping()
        finally:
            client.close()
    except DockerException as failure:
        raise NoServers(
            f"{PLATFORM}=containers needs a Docker daemon, and none answers ({failure}): start Docker, or leave the "
            "variable out to test on embedded servers."
        ) from None


@contextmanager
def run() -> Iterator[tuple[str, str]]:
    """The addresses of both, on free ports, for as long as they are wanted; the PostgreSQL one is the administrator's.

    Raises NoServers, with nothing left running, where Kafka does not come up.
    """
    kafka = KafkaContainer()
    postgres = PostgresContainer(
        POSTGRES_IMAGE, username="postgres", password=secrets.token_urlsafe(24), dbname="postgres", driver=None
    ).with_command("postgres -c max_connections=200")
    with ExitStack() as stack:
        for container in (kafka, postgres):
            stack.callback(container.stop)  # before its start, which can fail half-way
            container.start()
        kafka.await_answer()
        yield kafka.bootstrap, postgres.get_connection_url(host=host_of(postgres))


class KafkaContainer(DockerContainer):
    """Apache's own image with the settings of the embedded broker; the library's class knows another maker's only.

    What a broker tells its clients to connect to is the port that Docker gave it, which is known only once the
    container runs. So the container begins by waiting for a file, and that file starts the broker.
    """

    OUTSIDE, INSIDE, CONTROLLER = 9092, 9093, 9094
    """Ports in the container: for the tests, for the broker itself, for its quorum of one."""
    START = "/tmp/start-kafka"  # noqa: S108  # nobody else is in the container

    bootstrap: str
    """`HOST:PORT` for clients; known from the start."""

    def __init__(self) -> None:
        super().__init__(KAFKA_IMAGE)
        listeners = {
            "listener.security.protocol.map": "OUTSIDE:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "listeners": f"OUTSIDE://:{self.OUTSIDE},INSIDE://:{self.INSIDE},CONTROLLER://:{self.CONTROLLER}",
            "inter.broker.listener.name": "INSIDE",
            "controller.quorum.voters": f"1@localhost:{self.CONTROLLER}",
        }
        for name, value in (ONE_BROKER | listeners).items():
            self.with_env("KAFKA_" + name.replace(".", "_").upper(), value)
        self.with_env("KAFKA_HEAP_OPTS", "-Xms256m -Xmx512m")
        self.with_exposed_ports(self.OUTSIDE)
        self.with_command(["sh", "-c", f"until test -s {self.START}; do sleep 0.1; done; . {self.START}"])

    def start(self) -> Self:
        super().start()
        self.bootstrap = f"{host_of(self)}:{self.get_exposed_port(self.OUTSIDE)}"
        advertised = f"OUTSIDE://{self.bootstrap},INSIDE://localhost:{self.INSIDE}"
        script = (
            # Kafka's own set-up writes on in its copies of these files, and a copy is as read-only as the image's file.
            "chmod u+w /etc/kafka/docker/* /opt/kafka/config/*",
            f"export KAFKA_ADVERTISED_LISTENERS={advertised}",
            "exec /etc/kafka/docker/run",
        )
        self.copy_into_container("\n".join(script).encode(), self.START)
        return self

    def await_answer(self) -> None:
        """Return once the broker answers. Raises NoServers, with the end of its log, where it ends or hangs."""
        client = AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0, "socket.timeout.ms": 2000})
        end = time.monotonic() + START_SECONDS
        while self.status == "running" and time.monotonic() < end:
            try:
                if client.list_topics(timeout=1).brokers:
                    return
            except KafkaException:
                self.reload()
        log = b"".join(self.get_logs()).decode(errors="replace").splitlines()
        raise NoServers("\n".join(["Kafka in its container does not answer. The end of its log:", *log[-15:]]))


def host_of(container: DockerContainer) -> str:
    """Where a container's ports are: of a machine's two loopback addresses, the one that Docker gave this port on."""
    host = container.get_container_host_ip()
    return "127.0.0.1" if host == "localhost" else host
