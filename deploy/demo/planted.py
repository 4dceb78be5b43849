"""What was planted in the demo's files, so that what the services answer can be held against it to the last row."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from shared.reference import FileKind

Cells = dict[str, str | int | date]
"""A row as it is typed: in a workbook numbers and dates are such, in a CSV file everything is text."""
Outcome = Literal["accepted", "repeated", "waiting", "refused"]

EXTRA_CELL = ""
"""The column of a cell too many, behind the last one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that must be refused: line, column, reason, and what to type instead, where that makes it acceptable."""

    line: int
    field: str
    reason: str
    correction: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file with what must become of its rows; blank rows count nowhere.

    `sender` is the centre or provider. `waiting` counts completions whose code nobody has heard of yet, `not_passed`
    those among the accepted whose result is not-passed.
    """

    path: Path
    kind: FileKind
    sender: str
    accepted: int
    repeated: int
    waiting: int
    refusals: tuple[Refusal, ...]
    not_passed: int = 0

    @property
    def rows(self) -> int:
        """Rows in which something stands, the header not counted."""
        return self.accepted + self.repeated + self.waiting + len(self.refusals)


@dataclass(frozen=True, slots=True)
class Planted:
    """A row as it is typed and what must become of it."""

    cells: Cells
    outcome: Outcome = "accepted"
    field: str = ""
    reason: str = ""
    correction: Mapping[str, str] | None = None


@dataclass(slots=True)
class Table:
    """The rows of one file while it is made; None is a blank row."""

    columns: Sequence[str]
    rows: list[Planted | None] = field(default_factory=list)

    def truth(self, path: Path, kind: FileKind, sender: str) -> InputFile:
        """What must become of the rows, once they stand in a file with one header row."""
        numbered = [(line, row) for line, row in enumerate(self.rows, start=2) if row is not None]
        outcomes = [row.outcome for _, row in numbered]
        return InputFile(
            path,
            kind,
            sender,
            accepted=outcomes.count("accepted"),
            repeated=outcomes.count("repeated"),
            waiting=outcomes.count("waiting"),
            refusals=tuple(
                Refusal(line, row.field, row.reason, row.correction)
                for line, row in numbered
                if row.outcome == "refused"
            ),
            not_passed=sum(
                row.outcome == "accepted" and row.cells.get("result") == "not-passed" for _, row in numbered
            ),
        )

    def sent_again(self) -> "Table":
        """The same rows a second time: what was taken is repeated, what was refused is refused again."""
        again: dict[Outcome, Outcome] = {"accepted": "repeated", "waiting": "repeated"}
        return Table(
            self.columns, [row and replace(row, outcome=again.get(row.outcome, row.outcome)) for row in self.rows]
        )


def chance(*parts: object) -> random.Random:
    """Chance that falls the same way each time for the same parts; nothing secret comes from it."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311
