"""The demo's files hold what was planted, to the last row, as dirty as was asked for, and resemble nobody."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from deploy.demo.inputs import InputFile, Inputs, corrected, write_inputs
from deploy.files import RefusedRow, read_rows, write_report
from shared import reference
from shared.text import identity_number, phone
from tests.unit.demo.reading import Office, made_up

TODAY = date(2026, 11, 24)
KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return write_inputs(tmp_path_factory.mktemp("inputs"), seed=7, today=TODAY)


def hold(office: Office, file: InputFile) -> None:
    """Every row is answered as was planted, and no row is left over."""
    answers = dict(office.answers(file))
    expected = {refusal.line: (refusal.field, refusal.reason) for refusal in file.refusals}
    assert {line: answer[1:] for line, answer in answers.items() if answer[0] == "refused"} == expected
    counts = Counter(status for status, _, _ in answers.values())
    assert (counts["accepted"], counts["repeated"], counts["waiting"]) == (file.accepted, file.repeated, file.waiting)
    assert len(answers) == file.rows


@pytest.mark.parametrize("seed", [1, 7, 20_260_218])
def test_what_was_planted_is_what_is_found(tmp_path: Path, seed: int) -> None:
    office = Office(TODAY)
    for file in write_inputs(tmp_path, seed, TODAY).files:
        hold(office, file)


def test_another_day_moves_the_dates_and_nothing_else(tmp_path: Path) -> None:
    for today in (date(2026, 2, 18), date(2028, 2, 29), date(2030, 12, 31)):
        office = Office(today)
        for file in write_inputs(tmp_path, 7, today).files:
            hold(office, file)


def test_the_pilot_is_large_enough(inputs: Inputs) -> None:
    assert sum(file.accepted for file in inputs.of("intake")) >= 600
    assert sum(file.accepted for file in inputs.of("vacancies")) == 300
    assert {file.sender for file in inputs.of("intake")} == {"oddar-meanchey", "pursat", "preah-vihear"}
    assert len(inputs.providers) == 8


def test_the_files_are_dirty_in_every_way_asked_for(inputs: Inputs) -> None:
    reasons = {refusal.reason for file in inputs.files for refusal in file.refusals}
    assert reasons >= {
        "unknown-commune", "future-date", "formula", "unknown-code", "changed", "too-long", "unreadable-text",
        "damaged-text", "extra-cells", "buddhist-year", "short-year", "not-a-date", "not-a-phone", "not-an-id",
        "required",
    }  # fmt: skip
    starts = [file.path.read_bytes()[:3] for file in inputs.files]
    assert {b"\xef\xbb\xbf", b"PK\x03"} <= set(starts)
    assert any(start.startswith(b"\xff\xfe") for start in starts)
    intake = [row.fields for file in inputs.of("intake") for row in read_rows(file.path, file.kind)]
    assert any("/" in row["birth_date"] for row in intake)
    assert any("-" in row["birth_date"] for row in intake)
    assert any(set(row["birth_date"]) & set("០១២") for row in intake)
    assert any(row["phone"].startswith("19") for row in intake)
    assert any(row["commune"] == "20101" for row in intake)
    assert any(not row["id_number"] and row["id_missing_reason"] for row in intake)
    assert any(not row["id_number"] and not row["id_missing_reason"] for row in intake)
    assert any("\x07" in row["note"] for row in intake)


def test_formulas_stand_in_csv_and_in_workbooks(inputs: Inputs) -> None:
    kinds = {file.path.suffix for file in inputs.files for refusal in file.refusals if refusal.reason == "formula"}
    assert kinds == {".csv", ".xlsx"}


def test_one_file_is_sent_twice(inputs: Inputs) -> None:
    first, second = (file for file in inputs.of("intake") if file.sender == "pursat")
    assert second.path.read_bytes() == first.path.read_bytes()
    assert (second.accepted, second.repeated) == (0, first.accepted + first.repeated)
    assert second.refusals == first.refusals


def good_rows(inputs: Inputs) -> list[dict[str, str]]:
    """The returnees' rows that are right, repeated ones included, without the file that is sent twice."""
    rows = []
    for file in inputs.of("intake"):
        if file.accepted:
            refused = {refusal.line for refusal in file.refusals}
            rows += [row.fields for row in read_rows(file.path, file.kind) if row.line not in refused]
    return rows


def test_nobody_is_resembled(inputs: Inputs) -> None:
    for row in good_rows(inputs):
        assert any(map(made_up, row["name_km"].split())), row["name_km"]
        assert not row["phone"] or phone(row["phone"]).startswith("+855190")
        assert not row["id_number"] or identity_number(row["id_number"]).startswith("099")


def test_returnees_are_as_surveys_found_them(inputs: Inputs) -> None:
    rows = good_rows(inputs)
    women = sum(reference.resolve("sex", row["sex"]) == "female" for row in rows) / len(rows)
    debts = [row["debt_usd"] for row in rows]
    owing = sum(debt not in ("", "0", "០") for debt in debts) / len(rows)
    no_card = sum(not row["id_number"] for row in rows) / len(rows)
    assert 0.60 < women < 0.72
    assert 0.65 < owing < 0.77
    assert 0.10 < no_card < 0.22
    assert {row["commune"][:2] for row in rows} >= {"13", "15", "22"}


def test_four_hundred_completions_can_come_and_some_seats_are_refused(inputs: Inputs) -> None:
    catalogue = json.loads(inputs.catalogue.read_text(encoding="utf-8"))
    courses = [course for provider in catalogue["providers"] for course in provider["courses"]]
    assert len({course["course"] for course in courses}) == len(courses)
    assert sum(course["seats"] for course in courses) >= 500
    for course in courses:
        assert set(course["skills"]) <= set(reference.skills())
        assert course["occupation"] is None or reference.occupations()[course["occupation"]].level == 4
        assert course["sector"] in reference.sectors()
    assert inputs.skills == {course["course"]: tuple(course["skills"]) for course in courses}


def seated(inputs: Inputs) -> tuple[int, int]:
    """How many find a seat and how many do not, if each asks for the course of her trade in her province."""
    seats = {
        (provider.province, course.sector): course.seats
        for provider in inputs.providers
        for course in provider.courses
        if course.occupation
    }
    asking = Counter(
        (row["commune"].translate(KHMER_DIGITS)[:2], reference.resolve("sectors", row["sector_abroad"]))
        for row in good_rows(inputs)
        if "training" in row["needs"].lower() and "services" in row["consent"] and row["sector_abroad"]
    )
    found = sum(min(people, seats.get(place, 0)) for place, people in asking.items())
    return found, sum(asking.values()) - found


def test_seats_are_scarce_here_and_there(inputs: Inputs) -> None:
    found, refused = seated(inputs)
    assert found >= 400
    assert refused >= 20


def test_the_same_seed_gives_the_same_rows(tmp_path: Path, inputs: Inputs) -> None:
    again = write_inputs(tmp_path / "again", 7, TODAY)
    for one, other in zip(inputs.files, again.files, strict=True):
        assert list(read_rows(one.path)) == list(read_rows(other.path))
        assert one.refusals == other.refusals
    assert again.catalogue.read_bytes() == inputs.catalogue.read_bytes()
    other_seed = write_inputs(tmp_path / "other", 8, TODAY)
    assert list(read_rows(other_seed.files[0].path)) != list(read_rows(inputs.files[0].path))


def test_a_corrected_report_is_accepted(tmp_path: Path, inputs: Inputs) -> None:
    office = Office(TODAY)
    for file in inputs.files:
        hold(office, file)
    for file in inputs.files:
        if not file.accepted:
            continue
        rows = {row.line: row.fields for row in read_rows(file.path, file.kind)}
        report = tmp_path / "report.csv"
        refused = [RefusedRow(told.line, rows[told.line], told.field, told.reason) for told in file.refusals]
        assert write_report(report, refused) == len(file.refusals)
        put_right = corrected(report, file, tmp_path / "corrected.csv")
        assert put_right.accepted >= len(file.refusals) - 2
        assert {refusal.reason for refusal in put_right.refusals} == {"changed"}
        hold(office, put_right)


def test_a_report_with_a_line_that_was_right_is_not_believed(tmp_path: Path, inputs: Inputs) -> None:
    file = inputs.files[0]
    refused = {refusal.line for refusal in file.refusals}
    right = next(row for row in read_rows(file.path, file.kind) if row.line not in refused)
    write_report(tmp_path / "report.csv", [RefusedRow(right.line, right.fields, "sex", "required")])
    with pytest.raises(ValueError, match=f"holds line {right.line}"):
        corrected(tmp_path / "report.csv", file, tmp_path / "corrected.csv")
