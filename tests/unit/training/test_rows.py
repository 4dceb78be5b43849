"""A row of a provider's file, as typed."""

from datetime import date

import pytest

from services.training.domain.model import Completion
from services.training.domain.rows import PARSERS, RowFaults, check
from shared import reference, referral_codes
from shared.local_time import day
from tests.unit.training.learning import NOW

TODAY = date(2026, 5, 4)
CODE = referral_codes.mint(lambda _: 0)
ROW = {"code": CODE, "course": "welding-basic", "completed_on": "2026-05-03", "result": "passed", "skills": ""}
TAKEN = Completion(CODE, "welding-basic", date(2026, 5, 3), "passed")


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"code": CODE.replace("-", "")},
        {"code": CODE.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")).replace("-", " ")},
        {"course": " Welding  basic "},
        {"completed_on": "03/05/2026"},
        {"completed_on": "០៣/០៥/២០២៦"},
        {"result": "Passed"},
        {"result": "ជាប់"},
        {"kind": "course", "requested_on": "whenever"},
    ],
)
def test_the_same_row_however_it_is_typed(typed: dict[str, str]) -> None:
    assert check({**ROW, **typed}, TODAY) == TAKEN


def test_skills_are_those_shown_in_one_order() -> None:
    assert check({**ROW, "skills": "Cutting metal; arc-welding;arc-welding"}, TODAY).skills == (
        "arc-welding",
        "metal-cutting",
    )


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"code": ""}, "code", "required"),
        ({"code": CODE[:-1] + str((int(CODE[-1]) + 1) % 10)}, "code", "wrong-check-digits"),
        ({"code": CODE[:-2]}, "code", "wrong-length"),
        ({"code": "O" + CODE[1:]}, "code", "not-digits"),
        ({"course": ""}, "course", "required"),
        ({"course": "ផ្សារដែក"}, "course", "not-a-code"),
        ({"course": "w" * 61}, "course", "too-long"),
        ({"completed_on": "last week"}, "completed_on", "not-a-date"),
        ({"completed_on": "2026-05-05"}, "completed_on", "future-date"),
        ({"completed_on": "03/05/26"}, "completed_on", "short-year"),
        ({"result": "pasd"}, "result", "unknown-code"),
        ({"result": "=1+1"}, "result", "formula"),
        ({"skills": "machine-sewng"}, "skills", "unknown-skill"),
        ({"name": "somebody"}, "fields", "unknown-column"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_reason(typed: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(RowFaults) as found:
        check({**ROW, **typed}, TODAY)
    assert found.value.faults == [(field, reason)]
    assert reason in reference.reasons()


def test_every_fault_of_a_row_is_told_in_the_order_of_its_columns() -> None:
    with pytest.raises(RowFaults) as found:
        check({}, TODAY)
    assert found.value.faults == [(name, "required") for name in ("code", "course", "completed_on", "result")]


def test_the_columns_of_the_list_are_read_and_no_others() -> None:
    columns = reference.columns("completions")
    assert list(PARSERS) == [name for name, column in columns.items() if not column.ignored]


def test_the_day_is_cambodias() -> None:
    assert day(NOW.replace(hour=16, minute=59)) == date(2026, 5, 4)
    assert day(NOW.replace(hour=17)) == date(2026, 5, 5)
