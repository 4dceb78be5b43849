"""A run: the system is started, put under load, hurt by one fault after the other, drained, and judged after each."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Final

from deploy.chaos.bounds import complaints, recovered, resident
from deploy.chaos.faults import PLANNED, Fault, NotPossible, known
from deploy.chaos.judge import Verdict
from deploy.chaos.plant import COUNTED, PLANTS, Plant
from deploy.chaos.stage import Stage, stage
from deploy.errors import PlatformError
from deploy.oracle.checks import KINDS
from deploy.terminal import Failure

LEAD_IN: Final = 0.3
"""Of a fault's share of the time: the longest that load goes on before it strikes."""
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
        """Whether all that was asked for was run, the system recovered within its bounds, and all counts are 0."""
        ran = not any("not_run" in told or complaints(told) for told in self.faults.values())
        return ran and self.whole is not None and self.whole.clean and not self.planted

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"seed": self.seed, "brokers": self.brokers, "seconds": round(self.seconds, 1)}
        if self.whole is not None:
            told |= {**self.whole.as_json(), "kinds": dict(self.whole.kinds)}
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

    def __init__(self, stage: Stage, seed: int, seconds: float, say: Callable[[str], None]) -> None:
        self._stage, self._seed, self._seconds, self._say = stage, seed, seconds, say
        self._before: Verdict | None = None
        self.result = Result(seed, len(stage.rig.brokers))

    def go(self, faults: Sequence[Fault], at_random: bool, plants: Sequence[Plant]) -> None:
        """Strike and judge. Raises Failure where the system cannot be judged or stands still."""
        dice = random.Random(f"{self._seed}/order")  # noqa: S311 - chance that a seed replays
        turns = rounds(faults, dice, at_random)
        for turn in turns:
            self._turn(turn, self._seconds / len(turns))
        self.result.whole = self._before or self._stage.judged()
        for plant in plants:
            self._plant(plant)

    def _turn(self, turn: tuple[Fault, ...], seconds: float) -> None:
        """Load, strike under load, load again until the turn's time is over; then drain and judge what is new."""
        rig, load, told = self._stage.rig, self._stage.load, self.result.faults
        name = "+".join(each.name for each in turn)
        missing = [each for each in turn if each.brokers > len(rig.brokers)]
        if missing:
            told[name] = {"not_run": f"it needs {missing[0].brokers} brokers, and here is {len(rig.brokers)}"}
            return
        dice = random.Random(f"{self._seed}/{name}")  # noqa: S311 - chance that a seed replays
        memory = resident(rig.children)
        begun = time.monotonic()
        load.resume()
        rig.sleep(dice.uniform(0.1, LEAD_IN) * seconds)
        self._say(f"{name}: {'; '.join(each.title for each in turn)}")
        struck = time.monotonic()
        impossible = self._strike(turn)
        outage = time.monotonic() - struck
        if len(impossible) < len(turn):
            rig.sleep(max(0.0, begun + seconds - time.monotonic()))
        healed = time.monotonic()
        before, self._before = self._before, self._stage.judged()
        after = resident(rig.children)
        rig.clear_away()
        told |= {each: {"not_run": reason} for each, reason in impossible.items()}
        name = "+".join(each.name for each in turn if each.name not in impossible)
        if name:
            new = self._before.since(before)
            recovery = recovered(self._stage.drained_at - healed, outage, memory, after)
            told[name] = {**new.as_json(), "outage_s": round(outage, 1), "load_s": round(healed - begun, 1), **recovery}
            for said in (*new.named(), *new.examples[:10], *complaints(told[name])):
                self._say(f"{name}: {said}")
            self._say(f"{name}: {told[name]}")

    def _strike(self, turn: tuple[Fault, ...]) -> dict[str, str]:
        """Let all of a turn strike at once; returns which of them could not, and why."""
        with ThreadPoolExecutor(len(turn)) as pool:
            striking = {
                each.name: pool.submit(each.strike, self._stage.rig, random.Random(f"{self._seed}/{each.name}/strike"))  # noqa: S311
                for each in turn
            }
            try:
                wait(striking.values())
            except BaseException:  # Ctrl-C: else the strikes would be waited for to their end
                self._stage.rig.interrupt()
                raise
        impossible = {}
        for name, each in striking.items():
            try:
                each.result()
            except NotPossible as reason:
                impossible[name] = str(reason)
        return impossible

    def _plant(self, plant: Plant) -> None:
        """Damage the run's own data; it must be counted under its name, on top of what was there."""
        before = self.result.whole
        self._say(f"planted: {plant}")
        PLANTS[plant](self._stage.rig.addresses)
        self.result.whole = self._stage.judged()
        counted = next(kind for kind in KINDS if kind == COUNTED[plant])
        self.result.planted[plant] = self.result.whole.since(before).count(counted) > 0


def replay(seed: int, seconds: float, names: Sequence[str], at_random: bool, rate: float, brokers: int = 1) -> str:
    """The command that strikes the same way again."""
    more = (" --random" if at_random else "") + (f" --brokers {brokers}" if brokers > 1 else "")
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
    brokers: int = 1,
    say: Callable[[str], None] = lambda said: None,
) -> Result:
    """A whole run. Raises ValueError for a fault that there is not, and Failure, with how to replay it, where the run
    cannot be judged or the system did not come back."""
    faults, not_built = chosen(names)
    command = replay(seed, seconds, names, at_random, rate, brokers)
    told = threading.Lock()

    def say_alone(said: str) -> None:
        with told:
            say(said)

    missing = {name: {"not_run": NOT_BUILT} for name in not_built}
    if not faults:
        return Result(seed, 0, faults=missing)
    begun = time.monotonic()
    try:
        with stage(seed, rate, say_alone, brokers) as ready:
            one = Run(ready, seed, seconds, say_alone)
            one.go(faults, at_random, plants)
        result = one.result
    except (Failure, PlatformError, TimeoutError) as failure:
        raise Failure(f"{str(failure).rstrip('.')}. Replay: {command}") from failure
    result.seconds = time.monotonic() - begun
    result.faults |= missing
    if not result.clean:
        say_alone(f"not clean; replay: {command}")
    return result
