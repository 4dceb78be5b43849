"""One line of an employer's file: each cell brought to its normal form and checked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from services.employment.domain.model import Vacancy, vacancy_id
from shared import text
from shared.rows import RowFaults, commune, form_number, occupation, read_cells, some_of

__all__ = ["RowFaults", "check"]

MOST_SEATS: Final = 10_000
MOST_WAGE: Final = 100_000
"""US dollars a month."""


def check(fields: Mapping[str, str], now: datetime) -> Vacancy:
    """A vacancy from its cells, as typed, by the name of their column. Raises RowFaults."""
    cells = read_cells("vacancies", fields, PARSERS)
    return Vacancy(
        vacancy_id(cells["employer"], cells["vacancy_no"]),
        cells["employer"],
        cells["vacancy_no"],
        cells["occupation"],
        cells["skills"] or (),
        cells["commune"],
        cells["seats"],
        0,
        cells["wage_usd"],
        cells["closes"],
        now,
    )


PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "vacancy_no": form_number,
    "employer": text.code,
    "occupation": occupation,
    "skills": some_of("skills"),
    "commune": commune,
    "seats": lambda typed: text.whole_number(typed, 1, MOST_SEATS),
    "wage_usd": lambda typed: text.whole_number(typed, 0, MOST_WAGE),
    "closes": text.parse_date,
}
"""How each column is read; the columns of the list, no more and no fewer."""
