"""One line of an employer's file: each cell brought to its normal form and checked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from services.employment.domain.model import Vacancy, vacancy_id
from shared import reference, text
from shared.text import TextFault

MOST_SEATS: Final = 10_000
MOST_WAGE: Final = 100_000
"""US dollars a month."""


class RowFaults(Exception):
    """A line that cannot be taken: (column, code of `shared/reference/reasons.csv`), in the order of the columns."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def check(fields: Mapping[str, str], now: datetime) -> Vacancy:
    """A vacancy from its cells, as typed, by the name of their column. Raises RowFaults with everything to correct.

    Which columns there are, which must be filled and how long each may be: `shared/reference/columns.csv`. A column
    that is not one of them is told as the field `fields`, since its name may be anything.
    """
    columns = reference.columns("vacancies")
    faults = [("fields", "unknown-column")] if fields.keys() - columns.keys() else []
    cells: dict[str, Any] = {}
    for name, column in columns.items():
        cells[name] = None
        try:
            typed = text.cell(fields.get(name, ""), column.longest)
            if typed:
                cells[name] = PARSERS[name](typed)
            elif column.required:
                raise TextFault("required")
        except TextFault as fault:
            faults.append((name, fault.reason))
    if faults:
        raise RowFaults(faults)
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


def _number(typed: str) -> str:
    return text.ascii_digits(typed).upper()


def _commune(typed: str) -> str:
    code = text.place_code(typed)
    if reference.commune(code) is None:
        raise TextFault("unknown-commune")
    return code


def _occupation(typed: str) -> str:
    code = text.place_code(typed, digits=4)
    group = reference.occupations().get(code)
    if group is None or group.level != 4:
        raise TextFault("unknown-code")
    return code


def _skills(typed: str) -> tuple[str, ...]:
    found = dict.fromkeys(reference.resolve("skills", part) for part in text.split(typed))
    if len(found) > text.LONGEST_LIST:
        raise TextFault("too-many")
    return tuple(found)


PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "vacancy_no": _number,
    "employer": text.code,
    "occupation": _occupation,
    "skills": _skills,
    "commune": _commune,
    "seats": lambda typed: text.whole_number(typed, 1, MOST_SEATS),
    "wage_usd": lambda typed: text.whole_number(typed, 0, MOST_WAGE),
    "closes": text.parse_date,
}
"""How each column is read; the columns of the list, no more and no fewer."""
