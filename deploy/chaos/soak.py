"""A soak: steady load for long, and whether memory, connections and open files stay flat meanwhile.

Flat, by the medians of the first and the last quarter of the samples: memory has grown by no more than a tenth and
16 MiB in any process; open files of any process, and connections of any database, by no more than a tenth and 5. What
grows with each event goes beyond that within half an hour at 200 events a second, if it keeps as little as 300 bytes
of each; what a process needs once does not. A Java heap is touched page by page before it is swept, so a broker may
also fill what it was given: its heap of 512 MiB, and half as much beside; beyond the heap it would end by itself.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

import asyncpg

from deploy.addresses import Addresses
from deploy.chaos.bounds import drain_bound
from deploy.chaos.judge import Verdict
from deploy.chaos.load import LONG_SHARES
from deploy.chaos.stage import Stage, stage
from deploy.chaos.usage import Usage, usage
from deploy.errors import PlatformError
from deploy.terminal import Failure

EVERY_SECONDS: Final = 10.0
WARM_UP: Final = 0.1
"""Of the time, and not more than WARM_UP_SECONDS: until the pace is found and each process has loaded what it needs."""
WARM_UP_SECONDS: Final = 120.0
EVENTS_A_CALL: Final = 4.0
"""What is expected at first; then the ledgers tell."""
STEADY: Final = 0.95
"""Of the rate, at least: with less, nothing is shown of it."""
QUICKEST: Final = 1.25
"""By how much the pace changes at once, at most."""
MEMORY_MIB: Final = 16
FILES, CONNECTIONS = 5, 5
TENTH: Final = 1.1
BROKER_MIB: Final = 768
LEDGERS: Final = "select coalesce(max(position), 0) from ledger"

Series = Sequence[Mapping[str, float]]


def quarters(series: Series, beyond: float, brokers: float = 0) -> dict[str, dict[str, Any]]:
    """By name the medians of the first and the last quarter, and whether the last is within a tenth and `beyond`, or of
    a broker within `brokers`. What is missing in a sample counts in none."""
    found = {}
    quarter = max(1, len(series) // 4)
    for name in sorted({name for each in series for name in each}):
        parts = [[each[name] for each in part if name in each] for part in (series[:quarter], series[-quarter:])]
        first, last = (median(part) if part else 0.0 for part in parts)
        bound = max(TENTH * first + beyond, brokers if name.startswith("kafka") else 0)
        found[name] = {"first": first, "last": last, "flat": last <= bound}
    return found


@dataclass
class Soak:
    """`events` were recorded while the pace was held, in `held_s`; `acked`, and what `verdict` counts, are of all."""

    seed: int
    rate: float
    seconds: float = 0
    events: int = 0
    held_s: float = 0
    drain_s: float = 0
    samples: list[Usage] = field(default_factory=list)
    verdict: Verdict | None = None

    @property
    def per_second(self) -> float:
        return self.events / self.held_s if self.held_s else 0.0

    def growth(self) -> dict[str, dict[str, dict[str, Any]]]:
        """First and last quarters of everything that was looked at."""
        return {
            "memory_mib": quarters([each.memory for each in self.samples], MEMORY_MIB, BROKER_MIB),
            "files": quarters([each.files for each in self.samples], FILES),
            "connections": quarters([each.connections for each in self.samples], CONNECTIONS),
        }

    @property
    def flat(self) -> bool:
        growth = self.growth()
        return all(growth.values()) and all(each["flat"] for kind in growth.values() for each in kind.values())

    @property
    def steady(self) -> bool:
        """Whether the events came at the rate that was asked for, and had been consumed as fast."""
        return self.per_second >= STEADY * self.rate and self.drain_s <= drain_bound(0)

    @property
    def clean(self) -> bool:
        return self.verdict is not None and self.verdict.clean and self.flat and self.steady

    def as_json(self) -> dict[str, Any]:
        counted = self.verdict.as_json() if self.verdict is not None else {}
        return {
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "rate": self.rate,
            "events": self.events,
            "events_per_s": round(self.per_second, 1),
            "steady": self.steady,
            "drain_s": round(self.drain_s, 1),
            **counted,
            "samples": len(self.samples),
            "flat": self.flat,
            "quarters": self.growth(),
        }

    def as_text(self, command: str) -> str:
        """A table for people and for the documentation, with the command that made it."""
        told = self.as_json()
        counts = ", ".join(f"{told[name]} {name}" for name in ("lost", "doubled", "disordered", "ghosts"))
        lines = [
            f"`{command}`",
            "",
            f"{told['events_per_s']} events a second for {self.held_s:.0f} s, {told['acked']} calls acknowledged; "
            f"{counts}; drained in {told['drain_s']} s; {'flat' if self.flat else 'not flat'}.",
            "",
            "| what | of | first quarter | last quarter | flat |",
            "|---|---|---|---|---|",
        ]
        for what, names in told["quarters"].items():
            for name, each in names.items():
                flat = "yes" if each["flat"] else "no"
                lines.append(f"| {what} | {name} | {each['first']:g} | {each['last']:g} | {flat} |")
        return "\n".join(lines) + "\n"


def soak(seed: int, seconds: float, rate: float, say: Callable[[str], None]) -> Soak:
    """Hold `rate` events a second for so many seconds. Raises Failure where the system stands still or cannot be
    judged."""
    result, begun = Soak(seed, rate), time.monotonic()
    try:
        with stage(seed, rate / EVENTS_A_CALL, say, shares=LONG_SHARES) as ready:
            _hold(ready, seconds, rate, result, say)
            ended = time.monotonic()
            result.verdict = ready.judged()
            result.drain_s = ready.drained_at - ended
    except (PlatformError, TimeoutError) as failure:
        raise Failure(str(failure)) from failure
    result.seconds = time.monotonic() - begun
    for example in result.verdict.examples[:10]:
        say(example)
    return result


def _hold(ready: Stage, seconds: float, rate: float, result: Soak, say: Callable[[str], None]) -> None:
    """Load at a pace that the ledgers' growth corrects; after a warm-up each look at the system is a sample."""
    addresses, calls = ready.rig.addresses, rate / EVENTS_A_CALL
    begun = time.monotonic()
    warm = begun + min(WARM_UP * seconds, WARM_UP_SECONDS)
    ready.load.resume()
    at, events = begun, recorded(addresses)
    since: tuple[float, int] | None = None
    while (now := time.monotonic()) < begun + seconds:
        ready.rig.sleep(min(EVERY_SECONDS, begun + seconds - now))
        before, (at, events) = (at, events), (time.monotonic(), recorded(addresses))
        speed = (events - before[1]) / (at - before[0])
        calls *= min(QUICKEST, max(1 / QUICKEST, rate / max(speed, 1.0)))
        ready.load.pace(calls)
        ready.load.check()
        if since is not None:
            result.samples.append(usage(ready.rig))
            result.events, result.held_s = events - since[1], at - since[0]
            memory = ", ".join(f"{name} {mib:.0f}" for name, mib in result.samples[-1].memory.items())
            say(f"{at - begun:.0f} s: {speed:.0f} events/s, {calls:.0f} calls/s; MiB: {memory}")
        elif at >= warm:
            since = (at, events)


def recorded(addresses: Addresses) -> int:
    """How many events the ledgers have, all together."""

    async def ask() -> int:
        return sum(await asyncio.gather(*(_ask(url) for url in addresses.databases.values())))

    return asyncio.run(ask())


async def _ask(url: str) -> int:
    connection = await asyncpg.connect(
        url, timeout=10, command_timeout=30, server_settings={"application_name": "demo"}
    )
    try:
        return int(await connection.fetchval(LEDGERS))
    finally:
        await connection.close()
