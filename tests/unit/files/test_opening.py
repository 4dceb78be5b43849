"""CSV files as they come: encodings, separators, faults of cells and of whole files."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import files
from deploy.files import FileFault, Row, read_rows

Write = Callable[[bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: bytes | str) -> Path:
        path = tmp_path / "rows.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def fields(path: Path) -> list[dict[str, str]]:
    return [row.fields for row in read_rows(path)]


def fault_of(path: Path, kind: str | None = None) -> FileFault:
    with pytest.raises(FileFault) as raised:
        list(read_rows(path, kind))  # type: ignore[arg-type]
    return raised.value


TABLE = "form_no,name_km,note\nA-1,គំរូ,née\nA-2,ស្វាយ,\n"
CELLS = [
    {"form_no": "A-1", "name_km": "គំរូ", "note": "née"},
    {"form_no": "A-2", "name_km": "ស្វាយ", "note": ""},
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(write: Write, encoding: str, separator: str, end: str) -> None:
    content = TABLE.replace(",", separator).replace("\n", end)
    assert fields(write(content.encode(encoding))) == CELLS


def test_utf16_with_its_mark_in_either_order(write: Write) -> None:
    assert fields(write(b"\xfe\xff" + TABLE.encode("utf-16-be"))) == CELLS
    assert fields(write(b"\xff\xfe" + TABLE.encode("utf-16-le"))) == CELLS


def test_windows_1252_is_known_by_what_is_not_utf8(write: Write) -> None:
    content = "vacancy_no;employer\nN° 1;Café–Modèle\n".encode("cp1252")
    assert fields(write(content)) == [{"vacancy_no": "N° 1", "employer": "Café–Modèle"}]


def test_a_few_foreign_bytes_in_utf8_are_told_cell_by_cell(write: Write) -> None:
    rows = list(read_rows(write(TABLE.encode() + b"A-3,\xe1\x9e\x80,caf\xe9\n")))
    assert [row.faults for row in rows] == [{}, {}, {"note": "unreadable-text"}]
    assert rows[2].fields["name_km"] == "ក"


def test_utf16_cut_short_marks_its_last_cell(write: Write) -> None:
    rows = list(read_rows(write(TABLE.encode("utf-16")[:-3])))
    assert rows[-1].faults == {"name_km": "unreadable-text"}  # half of the separator behind it is lost


def test_lines_are_those_of_the_file(write: Write) -> None:
    rows = list(read_rows(write('a,b\n\n1,"two\nlines"\n,,\n  , \n2,x\n')))
    assert rows == [Row(3, {"a": "1", "b": "two\nlines"}), Row(7, {"a": "2", "b": "x"})]


def test_a_row_that_names_the_separator(write: Write) -> None:
    assert list(read_rows(write("sep=;\na;b\n1,5;2\n"))) == [Row(3, {"a": "1,5", "b": "2"})]


def test_short_rows_have_empty_cells_and_long_ones_are_a_fault(write: Write) -> None:
    short, trailing, long = read_rows(write("a,b,c\n1\n1,2,3,,\n1,2,Sok, Dara\n"))
    assert short == Row(2, {"a": "1", "b": "", "c": ""})
    assert trailing == Row(3, {"a": "1", "b": "2", "c": "3"})
    assert long == Row(4, {"a": "1", "b": "2", "c": "Sok, Dara"}, {"c": "extra-cells"})


@pytest.mark.parametrize("cell", ["=1+1", " =HYPERLINK(1)", "'=1+1", "#REF!", "#N/A"])
def test_formulas_are_a_fault_of_their_cell(write: Write, cell: str) -> None:
    (row,) = read_rows(write(f"a,b\n{cell},2\n"))
    assert row.faults == {"a": "formula"}


@pytest.mark.parametrize("cell", ["+855 12 000 000", "-", "- none", "@home", "1=1", "'tis"])
def test_signs_alone_are_no_formula(write: Write, cell: str) -> None:
    assert list(read_rows(write(f"a,b\n{cell},2\n"))) == [Row(2, {"a": cell, "b": "2"})]


def test_long_cells(write: Write) -> None:
    at_limit, above = read_rows(write(f"a,b\n{'x' * files.LONGEST_CELL},1\n{'x' * (files.LONGEST_CELL + 1)},1\n"))
    assert (at_limit.faults, above.faults) == ({}, {"a": "too-long"})
    assert len(above.fields["a"]) == files.LONGEST_CELL + 1


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", "no-header", None),
        (b"\n \n\xef\xbb\xbf\n", "no-header", None),
        (b"\xef\xbb\xbf", "no-header", None),
        (b"a,,c\n1,2,3\n", "no-header", None),
        (b"a,A\n1,2\n", "repeated-column", None),
        (b"a,b\n1,\x002\n", "broken-file", None),
        (b"\x00\x01\x00\x02" * 99, "broken-file", None),
        (b'a,b\n1,2\n3,"4\n5,6\n', "open-quote", 3),
        (b'a,b\n1,"2" x\n', "open-quote", 2),
        (b"a,b\n" + b"x" * 200_000, "too-long", 2),
        (b"a,b\n" + b"x" * 1_000_001, "not-a-table", 2),
        (b",".join(b"c%d" % number for number in range(101)), "too-many-columns", 1),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not-a-table", None),
        (b"PK\x03\x04 cut short", "broken-file", None),
    ],
)
def test_files_that_are_refused_whole(write: Write, content: bytes, reason: str, line: int | None) -> None:
    fault = fault_of(write(content))
    assert (fault.reason, fault.line) == (reason, line)
    assert str(fault).startswith("rows.csv")
    assert "Traceback" not in str(fault)
    assert fault.sentence("km") != fault.sentence("en")


def test_the_first_fault_comes_before_the_first_row(write: Write) -> None:
    with pytest.raises(FileFault):
        next(read_rows(write("a,b\n" + "1,2\n" * 50_000 + '3,"4\n')))


def test_limits_of_size(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.opening, "MOST_ROWS", 3)
    assert len(fields(write("a\n1\n\n2\n3\n"))) == 3
    assert fault_of(write("a\n1\n2\n3\n4\n")).reason == "too-many-rows"
    monkeypatch.setattr(files.opening, "MOST_BYTES", 10)
    assert fault_of(write("a\n" + "1" * 9)).reason == "file-too-large"


def test_limits_are_those_that_the_sentences_name() -> None:
    assert (files.MOST_BYTES, files.MOST_ROWS, files.LONGEST_CELL) == (64 * 2**20, 200_000, 4_000)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "nothing.csv").reason == "no-file"
    assert fault_of(tmp_path).reason == "no-file"


COMPLETIONS = "code,course,completed_on,result"


def test_columns_are_known_by_name_or_title_in_any_order(write: Write) -> None:
    for header in (COMPLETIONS, "Code;COURSE;completed on;Result", "លេខកូដបញ្ជូន,វគ្គ,ថ្ងៃបញ្ចប់វគ្គ,លទ្ធផល"):
        separator = ";" if ";" in header else ","
        (row,) = read_rows(write(f"{header}\n{separator.join('1234')}\n"), "completions")
        assert row.fields == {"code": "1", "course": "2", "completed_on": "3", "result": "4"}
    (row,) = read_rows(write("result,Referral code,completed_on,course\n4,1,3,2\n"), "completions")
    assert row.fields == {"code": "1", "course": "2", "completed_on": "3", "result": "4"}


def test_an_unknown_column_gets_a_hint(write: Write) -> None:
    fault = fault_of(write("code,course,completedon,result\n"), "completions")
    assert (fault.reason, fault.detail) == ("unknown-column", "completedon: do you mean completed_on?")
    assert "known are code, course" in fault_of(write(f"{COMPLETIONS},zzz\n"), "completions").detail


def test_needed_columns_must_be_there(write: Write) -> None:
    fault = fault_of(write("code,result\n"), "completions")
    assert (fault.reason, fault.detail) == ("missing-column", "course, completed_on")


def test_the_columns_of_a_report_are_passed_over(write: Write) -> None:
    content = f"{COMPLETIONS},line,field,reason,what_to_do_en,what_to_do_km\n1,2,3,4,=5,x,y,z,z\n"
    (row,) = read_rows(write(content), "completions")
    assert row == Row(2, {"code": "1", "course": "2", "completed_on": "3", "result": "4"})


def test_memory_stays_flat(write: Write) -> None:
    path = write("a,b,c\n" + f"{'x' * 100},{'គ' * 30},{'y' * 50}\n" * 20_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_rows(path)) == 20_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 4


def test_what_a_sheet_only_shows_is_passed_over(write: Write) -> None:
    (row,) = read_rows(write("code,kind,course,requested_on,completed_on,result\n1,course,2,=x,3,4\n"), "completions")
    assert row == Row(2, {"code": "1", "course": "2", "completed_on": "3", "result": "4"})
