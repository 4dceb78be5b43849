"""Writes tables the way spreadsheet programs do."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from deploy.demo.planted import EXTRA_CELL, Cells, Planted, Table


def write(table: Table, path: Path, encoding: str, separator: str = ",") -> None:
    """As CSV in this encoding, or as workbook where the encoding is `xlsx`."""
    header: list[str | int | date] = list(table.columns)
    rows = [header, *(_cells(table.columns, row) for row in table.rows)]
    if encoding == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        book.save(path)
        return
    text = "".join(separator.join(_quoted(str(cell), separator) for cell in row) + "\r\n" for row in rows)
    # A lone surrogate stands for one raw byte that is not of the file's encoding.
    path.write_bytes(text.encode(encoding, "strict" if encoding == "utf-16" else "surrogateescape"))


def _cells(columns: Sequence[str], row: Planted | None) -> list[str | int | date]:
    cells: Cells = row.cells if row else {}
    extra = [cells[EXTRA_CELL]] if EXTRA_CELL in cells else []
    return [cells.get(column, "") for column in columns] + extra


def _quoted(cell: str, separator: str) -> str:
    risky = any(mark in cell for mark in (separator, '"', "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if risky else cell
