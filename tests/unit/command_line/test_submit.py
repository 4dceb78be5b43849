"""Rows go out in batches that a service takes, and refused ones come back under a name that is free."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.files import Row
from deploy.submit import MOST_BYTES, MOST_ROWS, Submission, Told, _batches, _beside, _told
from deploy.terminal import Failure


def rows(number: int, cell: str = "x") -> Iterator[Row]:
    return (Row(line, {"note": cell}) for line in range(2, 2 + number))


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1_250])
def test_batches_hold_all_rows_in_order(number: int) -> None:
    batches = list(_batches(rows(number)))
    assert [row.line for batch in batches for row in batch] == list(range(2, 2 + number))
    assert [len(batch) for batch in batches[:-1]] == [MOST_ROWS] * max(0, len(batches) - 1)
    assert all(batches)


def test_batches_stay_below_what_a_service_takes() -> None:
    long = "ស" * 4_000
    batches = list(_batches(rows(300, long)))
    assert sum(map(len, batches)) == 300
    for batch in batches:
        assert sum(len(row.fields["note"].encode()) for row in batch) <= MOST_BYTES


def test_a_row_larger_than_a_batch_goes_alone() -> None:
    batches = list(
        _batches(iter([Row(2, {"note": "a"}), Row(3, {"note": "x" * (MOST_BYTES + 1)}), Row(4, {"note": "b"})]))
    )
    assert [[row.line for row in batch] for batch in batches] == [[2], [3], [4]]


def test_a_report_takes_a_name_that_is_free(tmp_path: Path) -> None:
    file = tmp_path / "forms.xlsx"
    names = []
    for _ in range(3):
        report = _beside(file)
        report.touch()
        names.append(report.name)
    assert names == ["forms.xlsx.report.csv", "forms.xlsx.report-2.csv", "forms.xlsx.report-3.csv"]


def test_a_row_with_a_fault_of_its_own_is_told_without_an_answer() -> None:
    row = Row(7, {"note": "=1+1"}, {"note": "formula"})
    assert _told(row, None) == Told(row, "refused", {}, "note", "formula")


def test_a_row_that_was_not_answered_is_no_success() -> None:
    with pytest.raises(Failure, match="line 7"):
        _told(Row(7, {}), None)


def test_a_status_from_the_future_is_no_success() -> None:
    with pytest.raises(Failure, match="does not know"):
        Submission("f", "intake", False).add(Told(Row(7, {}), "deferred"))


def test_counts_and_reasons_are_told_the_commonest_first() -> None:
    submission = Submission("forms.csv", "intake", True, report="forms.csv.report.csv")
    for reason in ("required", "formula", "required"):
        submission.add(Told(Row(2, {}), "refused", {}, "note", reason))
    submission.add(Told(Row(3, {}), "accepted"))
    text = submission.as_text().splitlines()
    assert (
        text[0]
        == "forms.csv: 4 rows, 1 accepted, 0 repeated, 0 waiting, 3 refused. Nothing was kept: this was a dry run."
    )
    assert [line.split()[:2] for line in text[1:3]] == [["2", "required:"], ["1", "formula:"]]
    assert "send that file" in text[3]
