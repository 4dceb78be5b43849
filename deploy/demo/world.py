"""Where the demo's people act: the system, what it is fed with, and what they noted."""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from deploy.client import Actor, Client
from deploy.demo.inputs import Inputs
from deploy.demo.journal import Journal
from deploy.demo.planted import chance

Sheets = dict[str, list[dict[str, str]]]
"""Each provider's rows: `code`, `kind`, `course`, `requested_on`."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class World:
    """The system, its input, the journal; `folder` gets reports and filled-in sheets, `pool` works in parallel."""

    client: Client
    inputs: Inputs
    folder: Path
    seed: int
    today: date
    pool: ThreadPoolExecutor
    journal: Journal

    def at(self, centre: str, role: str = "counsellor") -> Actor:
        """Somebody of a centre."""
        return self.client.acting(f"{role}-{centre}", role, centre=centre)

    def operator(self) -> Actor:
        return self.client.acting("operator", "operator")

    def all_at_once(self, act: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Every item's result, in their order."""
        return list(self.pool.map(act, items))

    def chance(self, *about: object) -> random.Random:
        return chance(self.seed, "demo", *about)
