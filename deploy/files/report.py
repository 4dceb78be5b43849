"""The refused rows of a file as a file again: with what to do beside each, to be corrected and sent once more."""

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.files.guarding import guarded
from shared import reference

REPORT_COLUMNS: Final = ("line", "field", "reason", "what_to_do_en", "what_to_do_km")
"""What a report adds behind the columns of the file; passed over when it is sent again."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its line and cells, the column at fault and why."""

    line: int
    fields: Mapping[str, str]
    field: str
    reason: str


def write_report(path: Path, refused: Iterable[RefusedRow]) -> int:
    """Write the rows, all of one file, as CSV that spreadsheets open (UTF-8 with its mark); returns how many.

    It holds personal data: only its owner may read it (mode 0600), and it appears whole or not at all. Raises OSError
    where it cannot be written. `read_rows` gives the cells back as they were.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    count = 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file)
            columns: tuple[str, ...] | None = None
            for row in refused:
                if columns is None:
                    columns = tuple(row.fields)
                    writer.writerow((*columns, *REPORT_COLUMNS))
                told = (reference.title("reasons", row.reason, language) for language in ("en", "km"))
                cells = (*(row.fields[column] for column in columns), str(row.line), row.field, row.reason, *told)
                writer.writerow(map(guarded, cells))
                count += 1
            if columns is None:
                writer.writerow(REPORT_COLUMNS)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return count
