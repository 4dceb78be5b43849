"""Referral codes: what a person carries from one office to the next, and can read out over the phone.

Ten random digits and two check digits by ISO 7064 MOD 97-10, written in fours: `4821-0937-5518`. The check digits
catch every wrong digit and every swap of two neighbours. The first digit is never 0, and the dashes belong to the
code, so that no spreadsheet takes it for a number and drops a zero or shows 4.82109E+11.
"""

import re
import secrets
from collections.abc import Callable
from typing import Final

from shared.text import TextFault, ascii_digits, clean

RANDOM_DIGITS: Final = 10
CHECK_DIGITS: Final = 2
_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")


def mint(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code. `randbelow(n)` gives a number from 0 to n-1; the caller keeps codes unique."""
    lowest = 10 ** (RANDOM_DIGITS - 1)
    return _written(str(lowest + randbelow(9 * lowest)))


def check(text: str) -> str:
    """The code in its written form, however it was typed: Khmer digits, blanks and dashes are understood.

    Raises `TextFault` with `not-digits`, `wrong-length` or `wrong-check-digits`.
    """
    digits = _SEPARATORS.sub("", ascii_digits(clean(text)))
    if not (digits.isascii() and digits.isdigit()):
        raise TextFault("not-digits" if digits else "wrong-length")
    if len(digits) != RANDOM_DIGITS + CHECK_DIGITS:
        raise TextFault("wrong-length")
    # Compared whole, not by the remainder: 00 and 97 leave the same one, and a code must have one form only.
    if (code := _written(digits[:RANDOM_DIGITS])) != _in_fours(digits):
        raise TextFault("wrong-check-digits")
    return code


def _written(random_digits: str) -> str:
    """The code of these ten digits. ISO 7064 MOD 97-10: the whole number leaves 1 when divided by 97."""
    check_digits = 98 - int(random_digits) * 100 % 97
    return _in_fours(f"{random_digits}{check_digits:02}")


def _in_fours(digits: str) -> str:
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))
