"""What goes wrong in real intake files: each fault spoils one clean row, with the reason and the right cell told."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from deploy.demo.planted import EXTRA_CELL, Cells, Planted
from deploy.demo.typing_habits import day_first, khmer_digits

Spoil = Callable[[Cells, date], Cells]
TEXT_FILES: Final = frozenset({"utf-8-sig", "utf-16"})
EVERY_FILE: Final = TEXT_FILES | {"xlsx"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one column; `spoil` gives the cells as typed, and the clean row those that put it right."""

    column: str
    reason: str
    spoil: Spoil
    formats: frozenset[str] = EVERY_FILE

    def plant(self, clean: Cells, typed: Cells, today: date) -> Planted:
        """The row as typed, with this fault."""
        spoilt = self.spoil(clean, today)
        correction = {column: str(clean[column]) for column in spoilt if column in clean}
        return Planted(typed | spoilt, "refused", self.column, self.reason, correction)


def _set(**cells: str) -> Spoil:
    return lambda clean, today: dict(cells)


def _misread(text: str) -> str:
    """As a program shows it that takes UTF-8 for Windows-1252 and drops the bytes that this one lacks."""
    return text.encode().decode("cp1252", "ignore")


FAULTS: Final = (
    Fault("name_km", "required", _set(name_km="", name_latin="")),
    Fault("name_km", "damaged-text", _set(name_km="????? ????")),
    Fault("name_km", "damaged-text", lambda clean, today: {"name_km": _misread(str(clean["name_km"]))}),
    Fault("name_latin", "wrong-script", lambda clean, today: {"name_latin": clean["name_km"]}),
    Fault("sex", "unknown-code", _set(sex="x")),
    Fault("birth_date", "future-date", lambda clean, today: {"birth_date": f"{today.year + 3}-05-12"}),
    Fault("birth_date", "future-date", lambda clean, today: {"birth_date": khmer_digits(f"12/05/{today.year + 1}")}),
    Fault("birth_date", "buddhist-year", _set(birth_date="១២/០៥/២៥៣៣")),
    Fault("birth_date", "not-a-date", _set(birth_date="31/02/1990")),
    Fault("birth_date", "not-a-date", _set(birth_date="12/25/1990")),
    Fault("birth_date", "short-year", _set(birth_date="12/05/90")),
    Fault("phone", "not-a-phone", _set(phone="019 090 001 / 019 090 002", phone_owner="self")),
    Fault("id_number", "not-an-id", _set(id_number="12345", id_missing_reason="")),
    Fault("id_missing_reason", "unknown-code", _set(id_number="", id_missing_reason="in the forest")),
    Fault("phone_owner", "contradiction", _set(phone="019 090 003", phone_owner="none")),
    Fault("commune", "unknown-commune", lambda clean, today: {"commune": f"{str(clean['commune'])[:2]}9901"}),
    Fault("commune", "unknown-commune", _set(commune="990101")),
    Fault("commune", "not-a-code", _set(commune="ភូមិគំរូ")),
    Fault("return_date", "future-date", lambda clean, today: {"return_date": day_first(str(today + timedelta(400)))}),
    Fault("border_point", "unknown-code", _set(border_point="poipett")),
    Fault("sector_abroad", "unknown-code", _set(sector_abroad="konstruction")),
    Fault("occupation", "unknown-code", _set(occupation="7999")),
    Fault("skills", "unknown-code", _set(skills="machine-sewing;overlok-sewing")),
    Fault("needs", "unknown-code", _set(needs="trainning;job")),
    Fault("consent_given", "required", _set(consent="services", consent_given="")),
    Fault("debt_usd", "formula", _set(debt_usd="=1+1")),
    Fault("debt_usd", "not-a-number", _set(debt_usd="about 5 thousand")),
    Fault("debt_usd", "out-of-range", _set(debt_usd="-500")),
    Fault("note", "formula", _set(note="=1+1")),
    Fault("note", "too-long", _set(note="ជួប " * 400)),
    Fault("note", "too-long", _set(note="abc " * 1_100)),
    Fault("note", "extra-cells", _set(**{"note": "came with her brother", EXTRA_CELL: " and his wife"}), TEXT_FILES),
    # A byte of Windows-1252 in a file of UTF-8, as when a row is pasted by a program that knows no better.
    Fault("note", "unreadable-text", _set(note="met at the caf\udce9"), frozenset({"utf-8-sig"})),
)  # fmt: skip

ODDITIES: Final[tuple[Cells, ...]] = (
    {"note": "came\x07 twice\x0b"},  # control characters
    {"id_number": "", "id_missing_reason": "pawned"},
    {"id_number": "", "id_missing_reason": ""},  # nobody asked; she is registered all the same
    {"id_number": "", "id_missing_reason": "បាត់"},
    {"phone": "", "phone_owner": "គ្មាន"},
    {"consent": "", "consent_given": ""},
    {"birth_date": ""},
    {"occupation": "", "skills": "", "sector_abroad": ""},
    {"sector_abroad": "កសិកម្ម", "border_point": "ប៉ោយប៉ែត"},
    {"commune": "20101"},  # Battambang, and its leading zero lost
    {"commune": "010201"},
    {"name_km": "\u1781\u17c2\u17d2\u1798\u179a គំរូ"},  # a vowel before what stands under the line
    {"needs": "Training; JOB", "language": "ខ្មែរ"},
    {"debt_usd": "$ 5,500"},
)
"""Cells that look wrong and are right: each goes into a row that must be accepted."""


def repeated(row: Planted) -> Planted:
    """The same row once more, in the same file."""
    return replace(row, outcome="repeated")


def changed(row: Planted, draw: random.Random) -> Planted:
    """The same form number with another birth date: which of the two is right, only the centre knows."""
    return Planted(
        row.cells | {"birth_date": f"19{draw.randint(60, 69)}-01-{draw.randint(10, 28)}"},
        "refused",
        "form_no",
        "changed",
    )
