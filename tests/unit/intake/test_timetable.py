"""A ministry's own norms: read when intake is put together, or refused with the line that is wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.intake import timetable
from services.intake.domain import clock

TABLE = "kind,priority,after_hours,step\n*,emergency,1,escalate\n*,urgent,2,escalate\n*,normal,3,escalate\n"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    clock.put_in_force(clock.shipped())


def test_without_a_table_the_shipped_norms_are_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REINTEGRATION_REFERRAL_CLOCK", raising=False)
    timetable.put_norms_in_force()
    assert clock.norm("health", "normal") == clock.shipped()["*", "normal"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table_is_taken_in_place_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "clock.csv"
    table.write_text(TABLE, encoding=encoding)
    monkeypatch.setenv("REINTEGRATION_REFERRAL_CLOCK", str(table))
    timetable.put_norms_in_force()
    assert [step.after for step in clock.norm("health", "normal")] == [timedelta(hours=3)]


@pytest.mark.parametrize(("text", "told"), [(None, "no table of this name"), (TABLE + "*,soon,1,remind\n", "line 5")])
def test_a_table_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None, told: str
) -> None:
    table = tmp_path / "clock.csv"
    if text is not None:
        table.write_text(text, encoding="utf-8")
    monkeypatch.setenv("REINTEGRATION_REFERRAL_CLOCK", str(table))
    with pytest.raises(ValidationError, match=told):
        timetable.put_norms_in_force()
