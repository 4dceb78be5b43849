"""`reintegration reconcile`: which moment is meant, and what it says."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import typer

from deploy.oracle.reconciling import Reconciliation, Written
from deploy.reconcile import as_text, moment

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
PERSON = UUID(int=0xA0)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-01", "2026-02-28T17:00"),  # the day begins in Cambodia seven hours before it does in UTC
        ("2026-03-01T06:30", "2026-02-28T23:30"),
        ("2026-03-01T06:30Z", "2026-03-01T06:30"),
        ("2026-03-01T06:30:15+02:00", "2026-03-01T04:30:15"),
        (" 2026-03-01 ", "2026-02-28T17:00"),
    ],
)
def test_a_moment_without_an_offset_is_cambodias(text: str, utc: str) -> None:
    assert moment(text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yesterday", "a date such as"),
        ("", "a date such as"),
        ("2026-02-30", "a date such as"),
        ("0001-01-01", "older than 2000"),
        ("9999-12-31", "lies ahead"),
    ],
)
def test_what_is_no_moment_is_refused(text: str, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        moment(text)


def test_it_says_what_is_missing_where_and_since_when() -> None:
    found = Reconciliation(NOW - timedelta(days=1), NOW, timedelta(seconds=60))
    hours_old = [Written(UUID(int=number), PERSON, "a.type.v1", NOW - timedelta(hours=3), False) for number in range(9)]
    found.write_down("intake", hours_old)
    assert as_text(found).startswith("nothing is missing\n")
    found.ask("intake", "training", hours_old, {0: "waiting", **dict.fromkeys(range(1, 8))})
    found.unreadable["training"] = 2
    verdict, missing, waiting, unreadable, total = as_text(found).splitlines()
    assert verdict == "missing: 7"
    assert missing.startswith("MISSING: 7 a.type.v1 from intake to training, the oldest 3.0 h old: 00000000-")
    assert missing.endswith(" …")
    assert waiting == (
        "parked, waiting for an operator: 1 a.type.v1 from intake to training, the oldest 3.0 h old: "
        "00000000-0000-0000-0000-000000000000 of 00000000-0000-0000-0000-0000000000a0"
    )
    assert unreadable.startswith("parked at training without a readable id: 2")
    assert total == "9 events written since 2026-03-01 09:00:00 in Cambodia; 9 effects expected, 1 found"
