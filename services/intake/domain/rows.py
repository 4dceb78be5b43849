"""One line of a centre's form: each cell brought to its normal form and checked, then the cells against each other."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from services.intake.domain.model import Identity
from shared import text
from shared.rows import RowFaults, commune, form_number, occupation, one_of, read_cells, some_of

__all__ = ["PARSERS", "Form", "RowFaults", "check"]

MOST_DEBT: Final = 1_000_000
"""US dollars."""


class Form(NamedTuple):
    """A line that passed every check. `identity` goes to the identity store, the rest is the case's."""

    form_no: str
    identity: Identity
    sex: str
    language: str
    id_missing_reason: str | None
    commune: str
    return_date: date | None
    border_point: str | None
    sector: str | None
    occupation: str | None
    skills: tuple[str, ...]
    needs: tuple[str, ...]
    consent: tuple[str, ...]
    consent_given: str | None
    debt_usd: int | None


def check(fields: Mapping[str, str], today: date) -> Form:
    """A form from its cells, as typed, by the name of their column. Raises RowFaults."""
    cells = read_cells("intake", fields, PARSERS, lambda cells: _contradictions(cells, today))
    return _form(cells)


def _contradictions(cells: Mapping[str, Any], today: date) -> Iterator[tuple[str, ...]]:
    """What no cell shows alone: the column to correct, the reason, and the other columns that it hangs on."""
    if not (cells["name_km"] or cells["name_latin"]):
        yield "name_km", "required", "name_latin"
    for name in ("birth_date", "return_date"):
        if cells[name] and cells[name] > today:
            yield name, "future-date"
    if cells["birth_date"] and cells["return_date"] and cells["return_date"] < cells["birth_date"] <= today:
        yield "birth_date", "contradiction", "return_date"
    if cells["phone_owner"] is not None and (cells["phone"] is None) != (cells["phone_owner"] == "none"):
        yield "phone_owner", "contradiction", "phone"
    if cells["id_number"] and cells["id_missing_reason"]:
        yield "id_missing_reason", "contradiction", "id_number"
    if cells["consent"] and not cells["consent_given"]:
        yield "consent_given", "required", "consent"
    if cells["consent_given"] and not cells["consent"]:
        yield "consent_given", "contradiction", "consent"


def _form(cells: Mapping[str, Any]) -> Form:
    return Form(
        form_no=cells["form_no"],
        identity=Identity(
            cells["name_km"],
            cells["name_latin"],
            cells["birth_date"],
            cells["phone"],
            cells["phone_owner"] if cells["phone"] else None,
            cells["id_number"],
            cells["note"],
        ),
        sex=cells["sex"],
        language=cells["language"] or "km",
        id_missing_reason=cells["id_missing_reason"],
        commune=cells["commune"],
        return_date=cells["return_date"],
        border_point=cells["border_point"],
        sector=cells["sector_abroad"],
        occupation=cells["occupation"],
        skills=cells["skills"] or (),
        needs=cells["needs"] or (),
        consent=cells["consent"] or (),
        consent_given=cells["consent_given"],
        debt_usd=cells["debt_usd"],
    )


PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "form_no": form_number,
    "name_km": text.khmer_name,
    "name_latin": text.latin_name,
    "sex": one_of("sex"),
    "birth_date": text.parse_date,
    "phone": text.phone,
    "phone_owner": one_of("phone-owner"),
    "language": one_of("language"),
    "id_number": text.identity_number,
    "id_missing_reason": one_of("id-missing-reason"),
    "commune": commune,
    "return_date": text.parse_date,
    "border_point": one_of("border-point"),
    "sector_abroad": one_of("sectors"),
    "occupation": occupation,
    "skills": some_of("skills"),
    "needs": some_of("needs"),
    "consent": some_of("consent-purpose"),
    "consent_given": one_of("consent-given"),
    "debt_usd": lambda typed: text.whole_number(typed, 0, MOST_DEBT),
    "note": str,
}
"""How each column is read; the columns of the list, no more and no fewer."""
