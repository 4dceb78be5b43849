"""What a system must be back to once a fault has healed and nothing is under way any more (invariant I6)."""

from collections.abc import Mapping
from typing import Any, Final

import psutil

from deploy.embedded import ChildProcess

BOUND_SECONDS: Final = 30
"""A system drains in twice the outage and so many seconds."""
GROWN_MIB: Final = 64
"""A process that worked a backlog off keeps some of what it needed: up to twice its memory of before, and so much."""
MIB: Final = 1024 * 1024

Memory = Mapping[str, float]
"""Resident memory in MiB, by process."""


def drain_bound(outage: float) -> float:
    """In how many seconds a system must have drained after an outage of so many."""
    return 2 * outage + BOUND_SECONDS


def resident(children: Mapping[str, ChildProcess]) -> dict[str, float]:
    """Of each process with all it started; one that is just being started anew is left out."""
    found = {}
    for name, child in children.items():
        try:
            process = psutil.Process(child.pid or 0)
            family = [process, *process.children(recursive=True)]
            found[name] = round(sum(each.memory_info().rss for each in family) / MIB, 1)
        except psutil.Error:
            continue
    return found


def grown(before: Memory, after: Memory) -> dict[str, float]:
    """Which processes are not back to their base, with the MiB that they have."""
    return {name: now for name, now in after.items() if name in before and now > 2 * before[name] + GROWN_MIB}


def recovered(drain: float, outage: float, before: Memory, after: Memory) -> dict[str, Any]:
    """A recovery in JSON's terms: seconds to drain and MiB of memory, each with whether it is within its bound."""
    return {
        "drain_s": round(drain, 1),
        "in_bound": drain <= drain_bound(outage),
        "memory_mib": {"before": dict(before), "after": dict(after)},
        "memory_in_bound": not grown(before, after),
    }


def complaints(told: Mapping[str, Any]) -> list[str]:
    """What of a fault's recovery went beyond its bounds, in sentences."""
    said = []
    if not told.get("in_bound", True):
        bound = drain_bound(told["outage_s"])
        said.append(
            f"took {told['drain_s']} s to drain, more than twice the outage and {BOUND_SECONDS} s ({bound:.0f} s)"
        )
    if not told.get("memory_in_bound", True):
        memory = told["memory_mib"]
        said += [
            f"{name} has {now} MiB after {memory['before'][name]} MiB before"
            for name, now in grown(memory["before"], memory["after"]).items()
        ]
    return said
