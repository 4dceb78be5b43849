"""Cells that a spreadsheet would run as a formula, kept from doing so in the files that we write."""

import re
from typing import Final

_RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"''*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet takes for a formula: `=`, `+`, `-`, `@`, tab, return."""
    return "'" + cell if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell
