"""Opens a table, CSV or XLSX whatever its name says, and yields its rows one by one, so that memory stays flat."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from deploy.files import delimited, workbook
from deploy.files.faults import FileFault
from deploy.files.guarding import unguarded
from deploy.files.report import REPORT_COLUMNS
from shared import reference
from shared.text import clean, search_key

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 4_000
"""In characters."""

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
"""What a spreadsheet writes where a formula has no result."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its line in the file, and its cells by column, as typed.

    `faults` names the cells that cannot be sent on, column to reason: `formula`, `too-long`, `unreadable-text`,
    `extra-cells`. A row with faults is reported, never sent.
    """

    line: int
    fields: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def read_rows(path: Path, kind: reference.FileKind | None = None) -> Iterator[Row]:
    """The rows of a CSV or XLSX file, without empty ones.

    With a kind, every column must be one of that kind (by name, or by its English or Khmer title), and those that each
    row needs must be there; those of a report, and those that a sheet only shows, are passed over. Raises FileFault:
    for a CSV file before the first row is given out, for a workbook where the fault is met.
    """
    raw_rows = _numbered(path, _open(path))
    _, header = next(raw_rows, (0, ()))
    columns = _columns(path, header, kind)
    for count, (line, cells) in enumerate(raw_rows, start=1):
        if count > MOST_ROWS:
            raise FileFault(path, "too-many-rows", line=line)
        yield _row(line, columns, cells)


def _open(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        if not path.is_file():
            raise FileFault(path, "no-file")
        if path.stat().st_size > MOST_BYTES:
            raise FileFault(path, "file-too-large")
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileFault(path, "no-file", error.strerror or "") from None
    if start == _OLD_EXCEL:
        raise FileFault(path, "not-a-table", "an old .xls file, or one with a password")
    if start == _ZIP:
        return workbook.rows(path)
    return delimited.rows(path, MOST_ROWS)


def _numbered(path: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows in which something stands, without the empty cells at their end."""
    for line, cells in rows:
        width = len(cells)
        while width and not clean(cells[width - 1]):
            width -= 1
        if width > MOST_COLUMNS:
            raise FileFault(path, "too-many-columns", line=line)
        if width:
            yield line, cells[:width]


def _row(line: int, columns: Sequence[str | None], cells: Sequence[str]) -> Row:
    values = [unguarded(cell) for cell in cells[: len(columns)]]
    values += [""] * (len(columns) - len(values))
    row = Row(line, {})
    for column, value in zip(columns, values, strict=True):
        if column is not None:
            row.fields[column] = value
            if reason := _fault(value):
                row.faults[column] = reason
    if len(cells) > len(columns):
        # What is left over is kept in the last cell, so that the report loses none of it.
        last = next(reversed(row.fields))
        row.fields[last] = ",".join((row.fields[last], *cells[len(columns) :]))
        row.faults[last] = "extra-cells"
    return row


def _fault(value: str) -> str | None:
    text = value.lstrip()
    if text.startswith("=") or text in _ERRORS:
        return "formula"
    if len(value) > LONGEST_CELL:
        return "too-long"
    return "unreadable-text" if "\ufffd" in value else None


def _columns(path: Path, header: Sequence[str], kind: reference.FileKind | None) -> list[str | None]:
    """The columns' names, None for those to pass over."""
    known = reference.columns(kind) if kind else None
    spellings = _spellings(known) if known else {}
    columns: list[str | None] = []
    for number, typed in enumerate(map(clean, header), start=1):
        name = re.sub(r"[\s_-]+", "_", typed.casefold())
        if name in REPORT_COLUMNS:
            columns.append(None)
            continue
        if known is not None and name not in known:
            name = spellings.get(search_key(typed)) or _refuse_column(path, typed or f"number {number}", known)
        if not name:
            raise FileFault(path, "no-header", f"column number {number} has no name")
        if name in columns:
            raise FileFault(path, "repeated-column", name)
        columns.append(None if known is not None and known[name].ignored else name)
    if not any(columns):
        raise FileFault(path, "no-header")
    missing = [name for name, column in (known or {}).items() if column.required and name not in columns]
    if missing:
        raise FileFault(path, "missing-column", ", ".join(missing))
    return columns


def _spellings(known: Mapping[str, reference.Column]) -> dict[str, str]:
    """Each column by its English and its Khmer title, as they are compared."""
    return {search_key(title): name for name, column in known.items() for title in (column.title_en, column.title_km)}


def _refuse_column(path: Path, typed: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(typed.casefold(), list(known), n=1)
    hint = f": do you mean {close[0]}?" if close else f"; known are {', '.join(known)}"
    raise FileFault(path, "unknown-column", f"{typed[:40]}{hint}")
