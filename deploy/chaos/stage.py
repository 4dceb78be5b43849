"""The real system with clients at its desks: what a run of faults and a soak both stand on."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from deploy.chaos.hard_lives import CLOCK
from deploy.chaos.journal import Journal
from deploy.chaos.judge import Verdict, judge
from deploy.chaos.load import SHARES, Load
from deploy.chaos.rig import Rig
from deploy.draining import Drain
from deploy.settings import SystemSettings
from deploy.system import System
from services.__main__ import NAMES, service_named

CLOCK_SECONDS: Final = 10
"""Longer than any step of the referrals' clock here: a verdict while one is under way would find what it has just told
not yet consumed."""


@dataclass(slots=True)
class Stage:
    """`drained_at`: when nothing was under way any more, of the monotonic clock, as `drained` found it last."""

    rig: Rig
    load: Load
    journal: Journal
    drain: Drain
    drained_at: float = 0.0

    def drained(self) -> None:
        """Pause the load and return once nothing is under way."""
        self.load.pause()
        self.drain.wait()
        self.drained_at = time.monotonic()

    def judged(self) -> Verdict:
        """The verdict on all that there is, once it is drained."""
        self.drained()
        return judge(self.rig.addresses, self.journal, self.rig.forged)


@contextmanager
def stage(
    seed: int, rate: float, say: Callable[[str], None], brokers: int = 1, shares: Mapping[str, float] = SHARES
) -> Iterator[Stage]:
    """Start it in a folder that is thrown away, the load not yet begun; topics have a copy on each of the brokers.
    Raises PlatformError where it does not start, and at its end Failure with what a client failed with."""
    own = {"kafka": None, "postgres": None, "port": 0, "replication": brokers}
    environment = {"REINTEGRATION_REFERRAL_CLOCK": str(CLOCK)}
    settings = SystemSettings().model_copy(update=own)
    with System(None, settings, say, brokers=brokers, environment=environment) as system:
        journal = Journal(system.folder.path / "journal.jsonl")
        rig = Rig(system, say, journal)
        load = Load(system.addresses, journal, seed, rate, shares)
        consumes = {name: service_named(name).topics for name in NAMES}
        with Drain(system.addresses, consumes, CLOCK_SECONDS) as drain:
            try:
                load.prepare()
                yield Stage(rig, load, journal, drain)
                load.check()
            finally:
                rig.interrupt()
                rig.clear_away()
                load.end()
                journal.close()
