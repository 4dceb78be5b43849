"""The faults by their numbers. Each module here adds its own:

    @fault("F3", "PostgreSQL is killed and started again", hits=("postgres",))
    def strike(rig: Rig, dice: random.Random) -> None: ...

A strike injects once, holds as long as it needs, heals also when it is interrupted, and returns; chance comes from
`dice` alone, so that a seed replays it. It raises NotPossible where this machine cannot do it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from deploy.chaos.rig import Rig

Strike = Callable[[Rig, random.Random], None]


class NotPossible(Exception):
    """This machine or this run cannot have the fault; the text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`hits`: the parts that it breaks (services, kafka, postgres, records); two faults that break the same part never
    strike at once. `brokers`: how many it needs at least."""

    name: str
    title: str
    strike: Strike
    hits: frozenset[str]
    brokers: int = 1


FAULTS: dict[str, Fault] = {}

PLANNED: Final = {
    "F15": "credentials end or are taken back",
    "F16": "rows of the audit are changed, deleted or cut off",
}
"""Faults of the matrix that nobody can have yet: asked for, they are told as not run. What `known` has is built."""


def fault(name: str, title: str, *, hits: tuple[str, ...], brokers: int = 1) -> Callable[[Strike], Strike]:
    """Enter a strike into the list. Raises ValueError for a name that is taken."""

    def enter(strike: Strike) -> Strike:
        if name in FAULTS:
            raise ValueError(f"two faults are called {name}")
        FAULTS[name] = Fault(name, title, strike, frozenset(hits), brokers)
        return strike

    return enter


def known() -> dict[str, Fault]:
    """Every fault of this folder by its name, in the order of their numbers."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(FAULTS.items(), key=lambda each: (int(each[0][1:]), each[0])))
