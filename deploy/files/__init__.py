"""Files that centres, providers and employers send: opened row by row, and handed back with what to correct."""

from deploy.files.faults import FileFault
from deploy.files.opening import LONGEST_CELL, MOST_BYTES, MOST_ROWS, Row, read_rows
from deploy.files.report import REPORT_COLUMNS, RefusedRow, write_report

__all__ = [
    "LONGEST_CELL",
    "MOST_BYTES",
    "MOST_ROWS",
    "REPORT_COLUMNS",
    "FileFault",
    "RefusedRow",
    "Row",
    "read_rows",
    "write_report",
]
