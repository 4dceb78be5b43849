"""Reports can be corrected and sent again, lose nothing, run nothing, and are read by their owner only."""

import csv
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.files import REPORT_COLUMNS, RefusedRow, read_rows, write_report
from deploy.files.guarding import guarded, unguarded

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffd") | st.sampled_from("'=+-@\t\r\n\",;ក"))


def refused(*rows: dict[str, str]) -> list[RefusedRow]:
    return [RefusedRow(line, fields, "a", "formula") for line, fields in enumerate(rows, start=2)]


@given(CELLS)
def test_guarding_can_be_undone(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in tuple("=+-@\t\r")


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS, "form_no": st.just("A-1")}), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_report_is_read_back_as_it_was(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    path = tmp_path / "report.csv"
    assert write_report(path, refused(*rows)) == len(rows)
    assert [row.fields for row in read_rows(path)] == rows


def test_a_report_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    write_report(path, [RefusedRow(7, {"form_no": "A-1", "birth_date": "12/05/90"}, "birth_date", "short-year")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    ((*header,), (*cells,)) = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert header == ["form_no", "birth_date", *REPORT_COLUMNS]
    assert cells[2:5] == ["7", "birth_date", "short-year"]
    assert cells[5].startswith("The year has two digits only.")
    assert "ខ្ទង់" in cells[6]


def test_only_its_owner_may_read_a_report(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("an older report that anybody could read")
    path.chmod(0o644)
    write_report(path, refused({"a": "1"}))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_report_that_cannot_be_finished_leaves_nothing_and_keeps_the_older_one(tmp_path: Path) -> None:
    def rows() -> Iterator[RefusedRow]:
        yield from refused({"a": "1"})
        raise RuntimeError("the service went away")

    path = tmp_path / "report.csv"
    path.write_text("older")
    with pytest.raises(RuntimeError):
        write_report(path, rows())
    assert [found.name for found in tmp_path.iterdir()] == ["report.csv"]
    assert path.read_text() == "older"


def test_a_corrected_report_is_a_file_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    fields = {"code": "4821-0937-5518", "course": "x", "completed_on": "=1+1", "result": "passed"}
    write_report(path, [RefusedRow(2, fields, "completed_on", "formula")])
    (row,) = read_rows(path, "completions")
    assert row.fields == fields
    assert row.faults == {"completed_on": "formula"}
    path.write_text(path.read_text("utf-8-sig").replace("'=1+1", "01/11/2026"), "utf-8")
    (row,) = read_rows(path, "completions")
    assert (row.fields["completed_on"], row.faults) == ("01/11/2026", {})
