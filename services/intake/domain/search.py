"""What a person is found by: her names in either script, her telephone, the numbers of her documents.

Each is brought to the form in which two spellings of it are the same. What is kept of these terms is a keyed digest
(`services/intake/blind.py`), never the term.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.intake.domain.model import Identity
from shared import text

LONGEST: Final = 200
"""Characters of a name that are looked at."""

Term = tuple[str, str]
"""What sort of thing it is (`name`, `word`, `phone`, `document`), and its normal form."""

_NOT_IN_NUMBERS: Final = re.compile(r"[\W_]+")


def terms(identity: Identity) -> Iterator[Term]:
    """Everything that an identity is found by."""
    for name in (identity.name_km, identity.name_latin):
        if name:
            yield from whole_name(name)
            yield from words(name)
    if identity.phone:
        yield "phone", identity.phone
    for number in (identity.id_number, *(identity.outside_ids or {}).values()):
        if number:
            yield from document(number)


def whole_name(typed: str) -> Iterator[Term]:
    """A whole name without its blanks, which people put one or not as they like; none of what holds no letter."""
    if key := text.search_key(typed[:LONGEST]).replace(" ", ""):
        yield "name", key


def words(typed: str) -> Iterator[Term]:
    """The words of a name, in any order; a Khmer one has those that are typed apart."""
    found = dict.fromkeys(word for part in text.clean(typed[:LONGEST]).split(" ") for word in _words(part))
    for word in found:
        yield "word", word


def _words(part: str) -> list[str]:
    return text.search_key(part).split()


def phone(typed: str) -> Iterator[Term]:
    """A telephone number, however it is typed; raises TextFault `not-a-phone`."""
    yield "phone", text.phone(typed)


def document(typed: str) -> Iterator[Term]:
    """The number of a card, passport or file, of whatever office; none of what holds no digit.

    A national card's lost leading zero is put back, as where its number was taken.
    """
    number = _NOT_IN_NUMBERS.sub("", text.ascii_digits(text.clean(typed[:LONGEST]))).upper()
    if len(number) == 8 and number.isdecimal():
        number = number.zfill(9)
    if any(map(str.isdecimal, number)):
        yield "document", number
