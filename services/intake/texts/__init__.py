"""Sentences of intake that a person reads, in Khmer and English; data only."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel


class Sentence(BaseModel):
    """A reason by its code, and in words."""

    reason: str
    en: str
    km: str


@cache
def sentences(name: Literal["eligibility", "plans", "worklist"]) -> Mapping[str, Sentence]:
    """A catalogue by code."""
    lines = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["code"]: Sentence(reason=row["code"], en=row["en"], km=row["km"])
        for row in csv.DictReader(lines, strict=True)
    }


def sentence(reason: str) -> Sentence:
    """What to tell for a reason: of a plan, or of an eligibility rule."""
    return sentences("plans").get(reason) or sentences("eligibility")[reason]
