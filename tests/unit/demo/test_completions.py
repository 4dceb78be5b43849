"""Sheets come back filled in: as many completions as asked for, and the slips told to the last row."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from deploy.demo.inputs import fill_in_sheets
from deploy.files import read_rows
from shared import referral_codes
from tests.unit.demo.reading import Office
from tests.unit.demo.test_inputs import hold

TODAY = date(2026, 11, 24)
SKILLS = {f"sewing-{letter}": ("machine-sewing", "overlock-sewing") for letter in "abcdefgh"}
LENGTHS = {"a": 120, "b": 90, "c": 80, "d": 70, "e": 50, "f": 41, "g": 20, "h": 3}


def sheets(lengths: dict[str, int]) -> dict[str, list[dict[str, str]]]:
    draw = Random(3)
    return {
        f"provider-{letter}": [
            {
                "code": referral_codes.mint(draw.randrange),
                "kind": "prior-learning" if number % 10 == 9 else "course",
                "course": "" if number % 10 == 9 else f"sewing-{letter}",
                "requested_on": TODAY.isoformat(),
            }
            for number in range(length)
        ]
        for letter, length in lengths.items()
    }


def office(of: dict[str, list[dict[str, str]]]) -> Office:
    return Office(TODAY, {row["code"]: row["course"] for rows in of.values() for row in rows}, SKILLS)


@pytest.mark.parametrize("seed", [1, 7, 99])
def test_four_hundred_completions_over_eight_providers(tmp_path: Path, seed: int) -> None:
    run = sheets(LENGTHS)
    files = fill_in_sheets(tmp_path, run, SKILLS, seed, TODAY)
    assert {file.sender for file in files} == set(run)
    assert sum(file.accepted for file in files) == 400
    service = office(run)
    for file in files:
        hold(service, file)
    assert sum(file.waiting for file in files) >= 3
    again = [file for file in files if file.accepted == 0]
    assert len(again) == 1
    assert again[0].repeated > 0
    assert 0 < sum(file.not_passed for file in files) < 60


def test_slips_are_of_many_kinds(tmp_path: Path) -> None:
    run = sheets(LENGTHS)
    reasons: Counter[str] = Counter()
    for seed in range(5):
        for file in fill_in_sheets(tmp_path, run, SKILLS, seed, TODAY):
            reasons.update(refusal.reason for refusal in file.refusals)
    assert set(reasons) >= {"wrong-check-digits", "future-date", "changed", "formula", "unknown-skill", "not-digits"}


def test_fewer_rows_than_asked_for_are_all_filled_in(tmp_path: Path) -> None:
    run = sheets({"a": 12, "b": 5, "c": 0})
    files = fill_in_sheets(tmp_path, run, SKILLS, 7, TODAY)
    courses = sum(row["kind"] == "course" for rows in run.values() for row in rows)
    assert sum(file.accepted for file in files) == courses
    service = office(run)
    for file in files:
        hold(service, file)


def test_no_sheets_no_files(tmp_path: Path) -> None:
    assert fill_in_sheets(tmp_path, {}, SKILLS, 7, TODAY) == []
    assert fill_in_sheets(tmp_path, sheets({"a": 0}), SKILLS, 7, TODAY) == []


def test_the_same_seed_fills_in_the_same(tmp_path: Path) -> None:
    run = sheets(LENGTHS)
    one = fill_in_sheets(tmp_path / "one", run, SKILLS, 7, TODAY)
    other = fill_in_sheets(tmp_path / "other", run, SKILLS, 7, TODAY)
    for first, second in zip(one, other, strict=True):
        assert list(read_rows(first.path)) == list(read_rows(second.path))
        assert first.refusals == second.refusals
