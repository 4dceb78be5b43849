"""XLSX workbooks as they come."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from deploy import files
from deploy.files import FileFault, Row, read_rows, workbook


def written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.create_sheet("second").append(["not", "read"])
    book.save(path)
    return path


def fault_of(path: Path) -> FileFault:
    with pytest.raises(FileFault) as raised:
        list(read_rows(path))
    return raised.value


def test_values_come_as_somebody_would_type_them(tmp_path: Path) -> None:
    values = [
        12345678,
        5500.0,
        12.5,
        True,
        date(1990, 5, 12),
        datetime(2025, 8, 1),
        datetime(2025, 8, 1, 10, 30),
        "គំរូ",
        None,
    ]
    path = written(tmp_path / "named-wrongly.csv", [[f"c{number}" for number in range(9)], values])
    (row,) = read_rows(path)
    assert list(row.fields.values()) == [
        "12345678", "5500", "12.5", "yes", "1990-05-12", "2025-08-01", "2025-08-01 10:30:00", "គំរូ", "",
    ]  # fmt: skip
    assert row.line == 2


def test_formulas_are_a_fault_of_their_cell(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rows.xlsx", [["a", "b"], ["=1+1", 2], [ArrayFormula("A3", "=SUM(B1:B2)"), 2], ["#N/A", 2]]
    )
    assert [row.faults for row in read_rows(path)] == [{"a": "formula"}] * 3
    assert next(read_rows(path)).fields["a"] == "=1+1"


def test_empty_rows_are_passed_over_and_lines_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.xlsx", [[], ["a", "b"], [], ["1", None], [None, "  "], ["2", "x", None, None]])
    assert list(read_rows(path)) == [Row(4, {"a": "1", "b": ""}), Row(6, {"a": "2", "b": "x"})]


def test_a_gap_in_the_rows_keeps_the_lines(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A1000"] = "a", "1"
    book.save(tmp_path / "rows.xlsx")
    assert list(read_rows(tmp_path / "rows.xlsx")) == [Row(1000, {"a": "1"})]


def test_a_workbook_cut_short_or_changed_is_told_in_one_sentence(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.xlsx", [["a"], *[[f"text {number}"] for number in range(500)]]).read_bytes()
    path = tmp_path / "rows.xlsx"
    for damaged in (whole[: len(whole) // 2], whole[:10], whole[:-10], whole[:300] + b"\0" * 100 + whole[400:]):
        path.write_bytes(damaged)
        assert fault_of(path).reason == "broken-file"


def packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_other_packages_are_no_table(tmp_path: Path) -> None:
    assert fault_of(packed(tmp_path / "rows.ods", {"mimetype": "application/vnd.oasis"})).reason == "not-a-table"
    assert fault_of(packed(tmp_path / "rows.xlsx", {"xl/workbook.xml": "<no"})).reason == "broken-file"


def test_a_sheet_that_is_no_xml_is_told_with_its_line(tmp_path: Path) -> None:
    source = written(tmp_path / "whole.xlsx", [["a"], ["1"], ["2"], ["3"]])
    parts = {}
    with zipfile.ZipFile(io.BytesIO(source.read_bytes())) as package:
        for name in package.namelist():
            parts[name] = package.read(name).decode()
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index('<row r="3"')]
    fault = fault_of(packed(tmp_path / "rows.xlsx", parts))
    assert fault.reason == "broken-file"
    assert fault.line is not None


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "rows.xlsx", [["a"], *[["x" * 3_000]] * 50])
    monkeypatch.setattr(workbook, "_MOST_UNPACKED", 10_000)
    assert fault_of(path).reason == "file-too-large"


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.opening, "MOST_ROWS", 3)
    path = written(tmp_path / "rows.xlsx", [["a"], *[["1"]] * 4])
    assert (fault_of(path).reason, fault_of(path).line) == ("too-many-rows", 5)
