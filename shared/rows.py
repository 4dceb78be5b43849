"""Rows of files as people fill them in: each cell brought to its normal form, every fault collected by its column.

Which columns a file has, which must be filled and how long each may be: `shared/reference/columns.csv`. How a column
is read, and what its cells must agree on, is the rule of the service that takes the file.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from shared import reference, text
from shared.text import TextFault

Parser = Callable[[str], Any]
Contradictions = Callable[[Mapping[str, Any]], Iterable[tuple[str, ...]]]
"""From the cells to (column to correct, reason, other columns that it hangs on)."""


class RowFaults(Exception):
    """A row that cannot be taken: (column, code of `shared/reference/reasons.csv`), in the order of the columns."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_cells(
    kind: Literal["intake", "vacancies", "completions"],
    fields: Mapping[str, str],
    parsers: Mapping[str, Parser],
    contradictions: Contradictions = lambda _: (),
) -> dict[str, Any]:
    """The cells of a row by their column, each as its parser reads it, None where empty.

    Raises RowFaults with everything to correct. A column that the file does not have is told as the field `fields`,
    since its name may be anything; a contradiction is told only where the columns it hangs on are sound.
    """
    columns = reference.columns(kind)
    faults = [("fields", "unknown-column")] if fields.keys() - columns.keys() else []
    cells: dict[str, Any] = {}
    for name, parse in parsers.items():
        cells[name] = None
        try:
            written = fields.get(name)  # most cells of a form are empty
            typed = text.cell(written, columns[name].longest) if written else ""
            if typed:
                cells[name] = parse(typed)
            elif columns[name].required:
                raise TextFault("required")
        except TextFault as fault:
            faults.append((name, fault.reason))
    faulty = {name for name, _ in faults}
    faults += [(name, reason) for name, reason, *others in contradictions(cells) if not faulty & {name, *others}]
    if faults:
        raise RowFaults(faults)
    return cells


def form_number(typed: str) -> str:
    """A number that somebody's own list gives a row."""
    return text.ascii_digits(typed).upper()


def commune(typed: str) -> str:
    """A commune that there is, by its code of six digits; five where a leading zero was lost."""
    code = text.place_code(typed)
    if reference.commune(code) is None:
        raise TextFault("unknown-commune")
    return code


def occupation(typed: str) -> str:
    """An ISCO-08 unit group that there is."""
    code = text.place_code(typed, digits=4)
    group = reference.occupations().get(code)
    if group is None or group.level != 4:
        raise TextFault("unknown-code")
    return code


def one_of(kind: reference.Kind) -> Callable[[str], str]:
    """A code of a list, or its title or usual word in Khmer or English."""
    return lambda typed: reference.resolve(kind, typed)


def some_of(kind: reference.Kind) -> Callable[[str], tuple[str, ...]]:
    """Several of them, separated by semicolons."""
    return lambda typed: reference.resolve_all(kind, typed)
