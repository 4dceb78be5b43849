"""What is written of people in the privacy tests, and how it is found wherever it turns up."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.files import read_rows
from shared import reference
from tests.journey.conftest import Pilot

CANARY: Final = {
    "form_no": "CANARY-1",
    "name_km": "គំរូ កាណារីលឿង",
    "name_latin": "Kumru Kanary Loeung",
    "sex": "female",
    "birth_date": "1987-03-09",
    "phone": "019 077 1234",
    "phone_owner": "self",
    "id_number": "099771234",
    "commune": "150101",
    "needs": "training;job;poverty;health-care;distress",
    "consent": "services;employment;messages;social-protection",
    "consent_given": "signed",
    "debt_usd": "771234",
    "note": "canary-note of the counsellor",
}
PARTIAL: Final[dict[str, Any]] = {
    "person": {
        "name_km": "គំរូ កាណារីខៀវ",
        "name_latin": "Kumru Kanary Khiev",
        "birth_date": "1987-03-10",
        "phone": "019 077 1235",
        "phone_owner": "family",
        "id_number": "099771235",
        "outside_ids": {"primero": "CANARY-PRIMERO-7"},
        "idpoor_level": "idpoor-1",
        "address": "canary-note lane 7",
        "note": "canary-note of the border",
    },
    "case": {"broker": "Canary Broker of Poipet", "vulnerabilities": ["trafficked"], "unpaid_wages_usd": 771235},
    "household": [{"relation": "child", "name": "Kumru Kanary Toch", "birth_date": "1999-03-11"}],
}
"""Somebody taken up with what is known, of whom two then write different things."""
OTHERS: Final = ("Kumru Kanary Leng", "CANARY-PRIMERO-8", "Canary Broker of Osmach")
"""What edits say that end in a conflict."""
IDENTITY_STORE: Final = ("intake.identity", "intake.sealed", "intake.change")
WORDS: Final = ("name_km", "name_latin", "note", "phone", "id_number")
"""Columns whose cells are looked for as they were typed."""
HIDDEN: Final = frozenset(code for code, need in reference.needs().items() if not need.publishable)
"""Needs that never leave intake."""
NUMBER: Final = re.compile(r"(?<![0-9a-fA-F])\+?(\d{8,12})(?![0-9a-fA-F])")
LAST_CENTURY: Final = re.compile(r"(?<!\d)(?!1990-12-31)19\d\d-\d\d-\d\d")
"""A birth date: nothing else in this system happened then, but for the example in the sentence about dates."""


RANDOM: Final = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[0-9]*[a-f])[0-9a-f]{16,}\b")
"""Ids of our own making and digests: among thousands of them some hold the digits of somebody's number by chance."""
ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


class Secrets:
    """All that was written of people in this run."""

    def __init__(self, pilot: Pilot) -> None:
        files = [file.path for file in pilot.inputs.files if file.kind == "intake"]
        rows = [CANARY, *(row.fields for file in files for row in read_rows(file, "intake"))]
        # A cell that is no more than a word or two of everyday language would be found everywhere.
        self.words = {cell.strip() for row in rows for name in WORDS if len(cell := row.get(name, "")) > 7}
        self.words |= {*_texts(PARTIAL), *OTHERS}
        rows.append(PARTIAL["person"])
        self.numbers = {_national(row[name]) for row in rows for name in ("phone", "id_number") if row.get(name)} - {""}

    def found_in(self, text: str) -> set[str]:
        text = RANDOM.sub("", text)
        words = {word for word in self.words if word in text}
        numbers = {number for number in NUMBER.findall(text) if _national(number) in self.numbers}
        return words | numbers | set(LAST_CENTURY.findall(text))


def _texts(value: Any) -> Iterator[str]:
    """Texts of more than a word or two, and at any depth."""
    if isinstance(value, str) and len(value) > 12:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _national(number: str) -> str:
    """A telephone's or card's digits without country code and leading zeros, of whatever script."""
    digits = "".join(str(int(each)) for each in number if each.isdecimal())
    return digits.removeprefix("855").lstrip("0") if len(digits) >= 8 else ""
