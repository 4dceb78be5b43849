"""One line of a provider's file of completions: each cell brought to its normal form and checked."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from services.training.domain.model import Completion
from shared import reference, referral_codes, text
from shared.rows import RowFaults, one_of, read_cells
from shared.text import TextFault

__all__ = ["PARSERS", "RowFaults", "check"]


def check(fields: Mapping[str, str], today: date) -> Completion:
    """A completion from its cells, as typed, by the name of their column. Raises RowFaults."""

    def contradictions(cells: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
        if cells["completed_on"] is not None and cells["completed_on"] > today:
            yield "completed_on", "future-date"

    cells = read_cells("completions", fields, PARSERS, contradictions)
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
    "result": one_of("result"),
    "skills": _skills,
}
"""How each column is read; the others of a sheet are passed over."""
