"""docs/metrics.md, read."""

import re
from typing import Final, NamedTuple

from tests.conftest import ROOT

ROW: Final = re.compile(r"^\| `(\w+)`( \*)? \| (\w+) \| ([^|]*) \| ([^|]*) \|([^|]*)\|$", re.MULTILINE)
TEXT: Final = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")


class Row(NamedTuple):
    kind: str
    labels: tuple[str, ...]
    meaning: str
    to_do: str


def rows(text: str) -> dict[str, Row]:
    return {
        name: Row(kind, tuple(re.findall(r"`(\w+)`", labels)), meaning, to_do.strip())
        for name, _, kind, labels, meaning, to_do in ROW.findall(text)
    }


_own, _, _library = TEXT.partition("## The client library's")
OWN: Final = rows(_own)
LIBRARY: Final = rows(_library)
