"""A run: the system is started, put under load, hurt by one fault after the other, drained, and judged after each."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from deploy.chaos.faults import PLANNED, Fault, NotPossible, known
from deploy.chaos.journal import Journal
from deploy.chaos.judge import Verdict, judge
from deploy.chaos.load import Load
from deploy.chaos.plant import COUNTED, PLANTS, Plant
from deploy.chaos.rig import Rig
from deploy.draining import Drain
from deploy.errors import PlatformError
from deploy.oracle.checks import KINDS
from deploy.settings import SystemSettings
from deploy.system import System
from deploy.terminal import Failure
from services.__main__ import NAMES, service_named

LEAD_IN: Final = 0.3
"""Of a fault's share of the time: the longest that load goes on before it strikes."""
BOUND_SECONDS: Final = 30
"""A system drains in twice the outage and so many seconds: told, not judged."""
NOT_BUILT: Final = "not built yet"


@dataclass
class Result:
    """`faults`: by name (two that struck at once: `F1+F3`) what was counted, or why it was not run."""

    seed: int
    brokers: int
    seconds: float = 0
    faults: dict[str, dict[str, Any]] = field(default_factory=dict)
    planted: dict[str, bool] = field(default_factory=dict)
    whole: Verdict | None = None

    @property
    def clean(self) -> bool:
        """Whether all that was asked for was run, and all counts are 0."""
        ran = not any("not_run" in told for told in self.faults.values())
        return ran and self.whole is not None and self.whole.clean and not self.planted

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"seed": self.seed, "brokers": self.brokers, "seconds": round(self.seconds, 1)}
        if self.whole is not None:
            told |= self.whole.as_json()
            told["anomalies"] = {kind: dict(names) for kind, names in self.whole.anomalies.items()}
        if self.planted:
            told["planted"] = self.planted
        return {**told, "faults": self.faults}


def chosen(names: Sequence[str]) -> tuple[list[Fault], list[str]]:
    """The faults of these names, and those of them that are not built yet; all that are built where none is named.
    Raises ValueError for one that there is not."""
    faults = known()
    if unknown := [name for name in names if name not in faults and name not in PLANNED]:
        raise ValueError(f"There is no fault {', '.join(unknown)}. There are {', '.join(faults)}.")
    built = [faults[name] for name in names if name in faults]
    return built if names else list(faults.values()), [name for name in names if name not in faults]


def rounds(faults: Sequence[Fault], dice: random.Random, at_random: bool) -> list[tuple[Fault, ...]]:
    """What strikes together, in which order. At random: an order of its own, and by pairs where two break different
    parts."""
    left = list(faults)
    if not at_random:
        return [(each,) for each in left]
    dice.shuffle(left)
    found: list[tuple[Fault, ...]] = []
    while left:
        first = left.pop(0)
        second = next((each for each in left if not each.hits & first.hits), None)
        if second is None:
            found.append((first,))
        else:
            left.remove(second)
            found.append((first, second))
    return found


class Run:
    """One run on a system of its own. `say` hears in words what is done."""

    def __init__(self, seed: int, seconds: float, rate: float, say: Callable[[str], None]) -> None:
        self._seed, self._seconds, self._rate, self._say = seed, seconds, rate, say
        self._before: Verdict | None = None

    def go(self, faults: Sequence[Fault], at_random: bool = False, plants: Sequence[Plant] = ()) -> Result:
        """Strike and judge. Raises Failure where the system cannot be judged or stands still."""
        result, begun = Result(self._seed, 1), time.monotonic()
        settings = SystemSettings().model_copy(update={"kafka": None, "postgres": None, "port": 0})
        with System(None, settings, self._say) as system:
            journal = Journal(system.folder.path / "journal.jsonl")
            rig = Rig(system, self._say, journal)
            result.brokers = len(rig.brokers)
            load = Load(system.addresses, journal, self._seed, self._rate)
            consumes = {name: service_named(name).topics for name in NAMES}
            with Drain(system.addresses, consumes) as drain:
                try:
                    load.prepare()
                    dice = random.Random(f"{self._seed}/order")  # noqa: S311 - chance that a seed replays
                    turns = rounds(faults, dice, at_random)
                    for turn in turns:
                        self._turn(turn, self._seconds / len(turns), rig, load, journal, drain, result)
                    if self._before is None:
                        self._judge(rig, load, journal, drain)
                    result.whole = self._before
                    for plant in plants:
                        self._plant(plant, rig, load, journal, drain, result)
                    load.check()
                finally:
                    rig.interrupt()
                    rig.clear_away()
                    load.end()
                    journal.close()
        result.seconds = time.monotonic() - begun
        return result

    def _turn(
        self,
        turn: tuple[Fault, ...],
        seconds: float,
        rig: Rig,
        load: Load,
        journal: Journal,
        drain: Drain,
        result: Result,
    ) -> None:
        """Load, strike under load, load again until the turn's time is over; then drain and judge what is new."""
        name = "+".join(each.name for each in turn)
        missing = [each for each in turn if each.brokers > len(rig.brokers)]
        if missing:
            result.faults[name] = {"not_run": f"it needs {missing[0].brokers} brokers, and here is {len(rig.brokers)}"}
            return
        dice = random.Random(f"{self._seed}/{name}")  # noqa: S311 - chance that a seed replays
        begun, before = time.monotonic(), self._before
        load.resume()
        rig.sleep(dice.uniform(0.1, LEAD_IN) * seconds)
        self._say(f"{name}: {'; '.join(each.title for each in turn)}")
        struck = time.monotonic()
        reason = self._strike(turn, rig)
        outage = time.monotonic() - struck
        if reason is not None:
            result.faults[name] = {"not_run": reason}
        else:
            rig.sleep(max(0.0, begun + seconds - time.monotonic()))
        healed = time.monotonic()
        verdict = self._judge(rig, load, journal, drain)
        rig.clear_away()
        drained = round(self._drained - healed, 1)
        self._before = verdict
        if reason is None:
            new = verdict.since(before)
            result.faults[name] = {
                **new.as_json(),
                "drain_s": drained,
                "outage_s": round(outage, 1),
                "load_s": round(healed - begun, 1),
                "in_bound": drained <= 2 * outage + BOUND_SECONDS,
            }
            for example in new.examples[:10]:
                self._say(example)
            self._say(f"{name}: {result.faults[name]}")

    def _strike(self, turn: tuple[Fault, ...], rig: Rig) -> str | None:
        """Let all of a turn strike at once; returns why one could not."""
        with ThreadPoolExecutor(len(turn)) as pool:
            striking = [
                pool.submit(each.strike, rig, random.Random(f"{self._seed}/{each.name}/strike"))  # noqa: S311
                for each in turn
            ]
        try:
            for each in striking:
                each.result()
        except NotPossible as reason:
            return str(reason)
        return None

    def _judge(self, rig: Rig, load: Load, journal: Journal, drain: Drain) -> Verdict:
        load.pause()
        drain.wait()
        self._drained = time.monotonic()
        self._before = judge(rig.addresses, journal, rig.forged)
        return self._before

    def _plant(self, plant: Plant, rig: Rig, load: Load, journal: Journal, drain: Drain, result: Result) -> None:
        """Damage the run's own data; it must be counted under its name, on top of what was there."""
        before = self._before
        self._say(f"planted: {plant}")
        PLANTS[plant](rig.addresses)
        verdict = self._judge(rig, load, journal, drain)
        counted = next(kind for kind in KINDS if kind == COUNTED[plant])
        result.planted[plant] = verdict.since(before).count(counted) > 0
        result.whole = verdict


def replay(seed: int, seconds: float, names: Sequence[str], at_random: bool, rate: float) -> str:
    """The command that strikes the same way again."""
    more = " --random" if at_random else ""
    faults = ",".join(names or known())
    return f"reintegration chaos --faults {faults} --seed {seed} --seconds {seconds:g} --rate {rate:g}{more}"


def run(
    names: Sequence[str],
    seed: int,
    seconds: float,
    *,
    at_random: bool = False,
    plants: Sequence[Plant] = (),
    rate: float,
    say: Callable[[str], None] = lambda said: None,
) -> Result:
    """A whole run. Raises ValueError for a fault that there is not, and Failure, with how to replay it, where the run
    cannot be judged or the system did not come back."""
    faults, not_built = chosen(names)
    command = replay(seed, seconds, names, at_random, rate)
    told = threading.Lock()

    def say_alone(said: str) -> None:
        with told:
            say(said)

    missing = {name: {"not_run": NOT_BUILT} for name in not_built}
    if not faults:
        return Result(seed, 0, faults=missing)
    try:
        result = Run(seed, seconds, rate, say_alone).go(faults, at_random, plants)
    except (Failure, PlatformError, TimeoutError) as failure:
        raise Failure(f"{str(failure).rstrip('.')}. Replay: {command}") from failure
    result.faults |= missing
    if not result.clean:
        say_alone(f"not clean; replay: {command}")
    return result
