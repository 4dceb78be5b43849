"""What a fault is given: the running system, its parts, and words to say what is done."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from deploy.addresses import Addresses
from deploy.chaos.journal import Journal
from deploy.embedded import ChildProcess, Platform
from deploy.embedded.kafka import Kafka
from deploy.embedded.platform import side_by_side
from deploy.embedded.postgres import Postgres
from deploy.system import System, is_ready


class Interrupted(Exception):
    """The run is to end; a fault heals what it broke and lets this pass."""


class Rig:
    """The running system: real services as processes on embedded servers, in a folder that is thrown away.

    `say` may be called from any thread. `forged`: ids of events that a fault wrote into a topic by hand, in canonical
    form; the judge counts them to nobody. `journal`: where a fault that makes calls itself notes what was acknowledged.
    """

    def __init__(self, system: System, say: Callable[[str], None], journal: Journal) -> None:
        self.system = system
        self.say = say
        self.journal = journal
        self.forged: set[str] = set()
        self._ending = threading.Event()
        self._left = contextlib.ExitStack()

    @property
    def children(self) -> dict[str, ChildProcess]:
        """The services' processes by name. Whatever ends is started again by the system's keeper, at once at first,
        later each time; more settings for the next start: `child.environment = {**child.environment, …}`."""
        return self.system.children

    @property
    def platform(self) -> Platform:
        assert self.system.platform is not None, "chaos runs on embedded servers only"
        return self.system.platform

    @property
    def kafka(self) -> Kafka:
        """The broker, or the first of three."""
        return self.brokers[0]

    @property
    def brokers(self) -> list[Kafka]:
        """Every broker: kill, start (all that were killed together side by side), pause, resume, lose."""
        return list(self.platform.brokers)

    @property
    def postgres(self) -> Postgres:
        return self.platform.postgres

    @property
    def addresses(self) -> Addresses:
        return self.system.addresses

    @property
    def folder(self) -> Path:
        """The run's folder, for what a fault writes."""
        return self.system.folder.path

    @contextlib.contextmanager
    def services_stopped(self) -> Iterator[None]:
        """All services are ended orderly, and the keeper starts none of them; after it they run again, without waiting
        for them to be ready."""
        stopped = dict(self.children)
        self.children.clear()
        try:
            side_by_side(*(partial(child.terminate, grace=40) for child in stopped.values()))
            yield
        finally:
            for child in stopped.values():
                child.start()
            self.children.update(stopped)

    def interrupt(self) -> None:
        """Have faults end soon."""
        self._ending.set()

    def sleep(self, seconds: float) -> None:
        """Raises Interrupted when the run is to end."""
        if self._ending.wait(seconds):
            raise Interrupted

    def afterwards(self, action: Callable[[], None]) -> None:
        """Have this done once the strike is judged, or the run ends: for what a healed fault leaves in place until
        then, so that the same processes that were hurt are those that drain."""
        self._left.callback(action)

    def clear_away(self) -> None:
        """Do what faults left for afterwards, the last one first, each also where another fails; as far as it goes
        where the run is to end."""
        with contextlib.suppress(Interrupted):
            self._left.close()

    def await_ready(self, service: str, seconds: float = 120) -> None:
        """Return once a service says itself that it can work. Raises TimeoutError where it does not."""
        end = time.monotonic() + seconds
        while not is_ready(self.addresses.services[service]):
            if time.monotonic() > end:
                raise TimeoutError(f"{service} was not ready after {seconds:.0f} seconds")
            self.sleep(0.2)

    def await_all(self, seconds: float = 120) -> None:
        """Return once every service can work."""
        for service in self.children:
            self.await_ready(service, seconds)
