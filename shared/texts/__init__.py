"""What an API's user or an operator reads when something is wrong, in English and Khmer; data only."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal


@cache
def catalogue(name: Literal["problems", "faults", "parked"]) -> Mapping[str, Mapping[str, str]]:
    """A catalogue's rows by code."""
    lines = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return {row["code"]: row for row in csv.DictReader(lines, strict=True)}
