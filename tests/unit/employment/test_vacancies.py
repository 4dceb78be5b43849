"""A row of an employer's file, and the vacancy it opens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.employment.domain import rows, vacancies
from services.employment.domain.model import Vacancy, vacancy_id
from services.employment.domain.vacancies import PROPOSE_VACANCY
from shared import reference
from shared.events.employment import VacancyOpened
from shared.kinds import NOTHING
from shared.rejections import Rejected
from tests.unit.employment.strategies import LONG_AGO, NOW, TODAY, vacancy

ROW = {
    "vacancy_no": "LW-12",
    "employer": "lotus-works",
    "occupation": "7112",
    "skills": "bricklaying; teamwork",
    "commune": "150101",
    "seats": "10",
    "wage_usd": "230",
    "closes": "31/12/2026",
}


def faults(**cells: str) -> list[tuple[str, str]]:
    with pytest.raises(rows.RowFaults) as caught:
        rows.check(ROW | cells, NOW)
    return caught.value.faults


def test_a_clean_row() -> None:
    assert rows.check(ROW, NOW) == Vacancy(
        vacancy_id("lotus-works", "LW-12"),
        "lotus-works",
        "LW-12",
        "7112",
        ("bricklaying", "teamwork"),
        "150101",
        10,
        0,
        230,
        date(2026, 12, 31),
        NOW,
    )


def test_a_row_as_people_type_it_is_the_same_vacancy() -> None:
    typed = {
        "vacancy_no": " lw-១២ ",
        "employer": "Lotus  Works",
        "occupation": "៧១១២",
        "skills": f"Laying bricks;{reference.skills()['teamwork'].title_km};bricklaying",
        "commune": "១៥០១០១",
        "seats": "១០",
        "wage_usd": "$230",
        "closes": "2026-12-31",
    }
    assert rows.check(typed, NOW) == rows.check(ROW, NOW)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("vacancy_no", "", "required"),
        ("employer", "", "required"),
        ("employer", "ក្រុមហ៊ុន", "not-a-code"),
        ("occupation", "0000", "unknown-code"),
        ("occupation", "71", "not-a-code"),
        ("skills", "flying", "unknown-code"),
        ("commune", "159999", "unknown-commune"),
        ("seats", "0", "out-of-range"),
        ("seats", "ten", "not-a-number"),
        ("wage_usd", "-1", "out-of-range"),
        ("closes", "31/31/2026", "not-a-date"),
        ("closes", "=TODAY()", "formula"),
    ],
)
def test_a_faulty_cell_is_named_with_its_reason(column: str, cell: str, reason: str) -> None:
    assert faults(**{column: cell}) == [(column, reason)]
    assert reason in reference.reasons()


def test_all_faults_of_a_row_are_told_at_once() -> None:
    assert faults(seats="many", commune="1", wages="230") == [
        ("fields", "unknown-column"),
        ("commune", "not-a-code"),
        ("seats", "not-a-number"),
    ]


def test_the_columns_read_are_the_columns_of_the_list() -> None:
    assert list(rows.PARSERS) == list(reference.columns("vacancies"))


@given(st.dictionaries(st.sampled_from(sorted(ROW)), st.text(max_size=60)))
def test_whatever_stands_in_a_row_it_is_taken_or_its_faults_are_named(cells: dict[str, str]) -> None:
    found: list[tuple[str, str]] = []
    try:
        taken = rows.check(ROW | cells, NOW)
    except rows.RowFaults as faulty:
        found = faulty.faults
    else:
        assert 1 <= taken.seats <= rows.MOST_SEATS
    assert all(column in ROW and reason in reference.reasons() for column, reason in found)


def test_a_vacancy_is_opened_and_begins_to_be_told() -> None:
    decision = vacancies.open_vacancy(None, vacancy(), NOW)
    assert decision.changes == (vacancy(),)
    (event,) = decision.events
    assert (event.subject, event.caseid) == (vacancy().vacancy, None)
    assert isinstance(event.data, VacancyOpened)
    assert (event.data.employer, event.data.seats, event.data.skills) == ("lotus-works", 10, vacancy().skills)
    assert [(timer.name, timer.subject, timer.due_at) for timer in decision.timers] == [
        (PROPOSE_VACANCY, vacancy().vacancy, NOW)
    ]


@given(st.integers(0, 10), st.integers(0, 400))
def test_the_same_row_again_changes_nothing_however_long_after(taken: int, days: int) -> None:
    known = vacancy(taken=taken, closes=TODAY)
    again = vacancy(closes=TODAY, opened_at=NOW + timedelta(days=days))
    assert vacancies.open_vacancy(known, again, again.opened_at) == NOTHING


@pytest.mark.parametrize(
    "other", [{"seats": 11}, {"skills": ()}, {"commune": "150102"}, {"wage_usd": None}, {"closes": TODAY}]
)
def test_the_same_number_with_other_content_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as caught:
        vacancies.open_vacancy(vacancy(), vacancy(**other), NOW)
    assert (caught.value.reason, caught.value.field) == ("changed", "vacancy_no")


def test_a_vacancy_whose_last_day_is_over_is_not_opened() -> None:
    with pytest.raises(Rejected) as caught:
        vacancies.open_vacancy(None, vacancy(closes=LONG_AGO), NOW)
    assert (caught.value.reason, caught.value.field) == ("past-date", "closes")
    assert vacancies.open_vacancy(None, vacancy(closes=TODAY), NOW).events


def test_the_last_day_ends_at_midnight_in_cambodia() -> None:
    last = vacancy(closes=date(2026, 11, 24))
    assert vacancies.open_vacancy(None, last, datetime(2026, 11, 24, 16, 59, tzinfo=UTC)).events
    with pytest.raises(Rejected):
        vacancies.open_vacancy(None, last, datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
