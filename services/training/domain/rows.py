"""One line of a provider's file of completions: each cell brought to its normal form and checked."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from services.training.domain.model import Completion
from shared import reference, referral_codes, text
from shared.text import TextFault


class RowFaults(Exception):
    """A line that cannot be taken: (column, code of `shared/reference/reasons.csv`), in the order of the columns."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def check(fields: Mapping[str, str], today: date) -> Completion:
    """A completion from its cells, as typed, by the name of their column. Raises RowFaults with everything to correct.

    Which columns there are, which must be filled and how long each may be: `shared/reference/columns.csv`. A column
    that is not one of them is told as the field `fields`, since its name may be anything.
    """
    columns = reference.columns("completions")
    faults = [("fields", "unknown-column")] if fields.keys() - columns.keys() else []
    cells: dict[str, Any] = {}
    for name, parse in PARSERS.items():
        try:
            typed = text.cell(fields.get(name, ""), columns[name].longest)
            if not typed and columns[name].required:
                raise TextFault("required")
            cells[name] = parse(typed) if typed else None
            if name == "completed_on" and cells[name] > today:
                raise TextFault("future-date")
        except TextFault as fault:
            faults.append((name, fault.reason))
    if faults:
        raise RowFaults(faults)
    return Completion(cells["code"], cells["course"], cells["completed_on"], cells["result"], cells["skills"] or ())


def _skills(typed: str) -> tuple[str, ...]:
    try:
        return tuple(sorted(reference.resolve_all("skills", typed)))
    except TextFault as fault:
        # A word that is no skill at all is none of the course's either, and that says better what to do.
        raise TextFault("unknown-skill" if fault.reason == "unknown-code" else fault.reason) from None


PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "code": referral_codes.check,
    "course": text.code,
    "completed_on": text.parse_date,
    "result": lambda typed: reference.resolve("result", typed),
    "skills": _skills,
}
"""How each column is read; the others of a sheet are passed over."""
