"""Rows of a CSV file: finds out its encoding and its separator, and refuses what is no table before any row is read."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from deploy.files.faults import FileFault

_LONGEST_LINE: Final = 1_000_000
"""In characters; a longer line is no table, and must not be held in memory."""
_CHUNK: Final = 1 << 16
_SEPARATORS: Final = ",;\t"
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def rows(path: Path, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it starts. The whole file is looked through once before."""
    encoding = _encoding(path)
    separator, skip = _separator(path, encoding)
    count = sum(1 for _, cells in _records(path, encoding, separator) if any(map(str.strip, cells)))
    if count - 1 - skip > most_rows:
        raise FileFault(path, "too-many-rows")
    records = _records(path, encoding, separator)
    for _ in range(skip):
        next(records)
    yield from records


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 by their mark; else UTF-8 if that is what most of the text is, else Windows-1252.

    A UTF-8 file with some bytes of another encoding (a row pasted from elsewhere) stays UTF-8: what cannot be read
    becomes U+FFFD, and is told cell by cell.
    """
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        marked = next((encoding for mark, encoding in _BOMS if start.startswith(mark)), None)
        if marked == "utf-16":
            return marked
        if b"\0" in start and not marked:
            return _unmarked_utf16(path, start)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        good = bad = 0
        chunk = start
        while chunk:
            if b"\0" in chunk:
                raise FileFault(path, "broken-file", "it holds NUL bytes")
            text = decoder.decode(chunk)
            unreadable = text.count("\ufffd")
            bad += unreadable
            good += len(text) - len(text.encode("ascii", "ignore")) - unreadable
            chunk = file.read(_CHUNK)
    if marked:
        return marked
    return "utf-8" if good >= bad else "cp1252"


def _unmarked_utf16(path: Path, start: bytes) -> str:
    """UTF-16 without its mark, known by two first letters in ASCII, of which every second byte is 0."""
    for encoding in ("utf-16-le", "utf-16-be"):
        letters = start[:4].decode(encoding, "replace")
        if letters.isascii() and letters.isprintable():
            return encoding
    raise FileFault(path, "broken-file", "it holds NUL bytes")


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator, and how many rows to skip before the header: 1 where a `sep=;` row says which it is."""
    for line in _lines(path, encoding):
        if line.strip():
            named = line.strip().strip('"').removeprefix("sep=")
            if len(named) == 1 and line.strip().strip('"').startswith("sep="):
                return named, 1
            # The first of the longest: a comma where none of the three occurs, as in a table of one column.
            return max(_SEPARATORS, key=lambda separator: len(next(csv.reader([line], delimiter=separator)))), 0
    raise FileFault(path, "no-header")


def _records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(path, encoding), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        reason = "too-long" if "field larger" in str(error) else "open-quote"
        raise FileFault(path, reason, line=start) from None


def _lines(path: Path, encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(path.open("rb"), encoding=encoding, errors="replace", newline="") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE:
                raise FileFault(path, "not-a-table", "a line is longer than a million characters", line=number)
            yield line
