"""What a counsellor, an officer or an employer reads of matching, in Khmer and English; data in `texts.csv`."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from shared import reference
from shared.rejections import Rejected

List = Literal["filter", "part", "refusal"]


class Wording(NamedTuple):
    """A text in both languages."""

    en: str
    km: str


@cache
def texts(of: List) -> Mapping[str, Wording]:
    """The texts of a list by code."""
    lines = files(__package__).joinpath("texts.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["code"]: Wording(row["en"], row["km"]) for row in csv.DictReader(lines, strict=True) if row["list"] == of
    }


def wish(code: str) -> Wording:
    """A wish about work, as the list of needs has it."""
    return Wording(reference.title("needs", code, "en"), reference.title("needs", code, "km"))


def worded(rejected: Rejected) -> Rejected:
    """The same refusal with its sentences; one that has none here is told with those of the shared catalogue."""
    wording = texts("refusal").get(rejected.reason) or texts("filter").get(rejected.reason)
    if wording is not None:
        rejected.en, rejected.km = wording
    return rejected
