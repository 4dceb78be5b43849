"""A clock that a test sets wrong: what rules and ids go by jumps with the file, and is right without it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from shared import failpoints
from shared.work import new_id, utc_now

HOUR = 3_600
SLACK = timedelta(minutes=10)
"""Far more than a busy machine stands still, far less than a jump."""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REINTEGRATION_CLOCK_OFFSET", str(tmp_path / "clock"))
    failpoints._clock_file.cache_clear()
    yield tmp_path / "clock"
    failpoints._clock_file.cache_clear()


def off() -> timedelta:
    return utc_now() - datetime.now(UTC)


def born(identity: str) -> datetime:
    return datetime.fromtimestamp((UUID(identity).int >> 80) / 1_000, UTC)


def test_without_the_switch_the_clock_is_right() -> None:
    assert failpoints.clock_offset() == 0
    assert abs(off()) < SLACK


def test_the_clock_jumps_with_what_stands_in_the_file(file: Path) -> None:
    assert abs(off()) < SLACK
    for hours in (1, -1, 0):
        file.write_text(str(hours * HOUR))
        assert abs(off() - timedelta(hours=hours)) < SLACK


def test_ids_are_made_by_the_same_clock(file: Path) -> None:
    for hours in (1, -1, 0):
        file.write_text(str(hours * HOUR))
        made = new_id()
        assert UUID(made).version == 7
        assert abs(born(made) - datetime.now(UTC) - timedelta(hours=hours)) < SLACK
    assert len({new_id() for _ in range(1_000)}) == 1_000


def test_a_file_without_a_number_is_no_clock(file: Path) -> None:
    file.write_text("soon")
    with pytest.raises(ValueError, match="soon"):
        utc_now()
