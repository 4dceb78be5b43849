"""Rows of the first sheet of an XLSX workbook, as text."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from deploy.files.faults import FileFault

_MOST_UNPACKED: Final = 1 << 30
"""Bytes of all parts unpacked. Only what a workbook says of itself counts: Python unpacks no part further than that."""
_MOST_SHARED_TEXT: Final = 128 << 20
"""Bytes of the table of texts, the one part that has to be held in memory."""


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number in the sheet. What is broken in the package is found before any row is read."""
    _check_package(path)
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about decorations of the sheet that are not read
                sheets = load_workbook(file, read_only=True, keep_links=False).worksheets
        # openpyxl lets out whatever a wrong part made it stumble on: KeyError, ValueError, TypeError, XML errors, ...
        except Exception:
            raise FileFault(path, "broken-file") from None
        if not sheets:
            raise FileFault(path, "no-header")
        sheets[0].reset_dimensions()  # what a sheet says of its own size is often wrong
        values = enumerate(sheets[0].iter_rows(values_only=True), start=1)
        line = 0
        while True:
            try:
                line, cells = next(values)
            except StopIteration:
                return
            except Exception:
                raise FileFault(path, "broken-file", line=line + 1) from None
            yield line, [_text(value) for value in cells]


def _check_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = {part.filename: part.file_size for part in package.infolist()}
            if "xl/workbook.xml" not in parts:
                raise FileFault(path, "not-a-table")
            if sum(parts.values()) > _MOST_UNPACKED or parts.get("xl/sharedStrings.xml", 0) > _MOST_SHARED_TEXT:
                raise FileFault(path, "file-too-large", "unpacked")
            if damaged := package.testzip():
                raise FileFault(path, "broken-file", damaged)
    except FileFault:
        raise
    except Exception:  # zlib, struct and zipfile errors, passwords, unknown compression
        raise FileFault(path, "broken-file") from None


def _text(value: object) -> str:
    """A cell's value as somebody would type it; a formula stays one, `=` first."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return "=" + str(getattr(value, "text", None) or "").removeprefix("=")
    return str(value)
