"""What people type into forms and tables, brought to one form or refused with a reason.

Pure: no clock, no file, no list of codes. Every function takes one cell's text and returns its normal form; given that
normal form again it returns it unchanged. What cannot be right raises `TextFault` with a code of
`shared/reference/reasons.csv`, never with the text itself, which may be somebody's name.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from shared import khmer

LONGEST_LIST: Final = 40
"""Most codes that one cell may list."""

EARLIEST: Final = date(1900, 1, 1)
"""No date of a living person lies before this one."""

_DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩๐๑๒๓๔๕๖๗๘๙", "01234567890123456789")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE: Final = re.compile("[\u00ad\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_BLANKS: Final = re.compile(r"\s+")
_LATIN_ACCENT: Final = re.compile("[\u0300-\u036f]")
_BLANK_IN_KHMER: Final = re.compile("(?<=[\u1780-\u17dd]) (?=[\u1780-\u17dd])")
_LATIN: Final = re.compile("[A-Za-z]")
# The bytes of Khmer in UTF-8 begin with E1 9E or E1 9F; this is how two such letters look when read as Windows-1252.
_MISREAD_KHMER: Final = re.compile("(?:\u00e1[\u017e\u0178\u009e\u009f].?\\s?){2}")
_ISO_DATE: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_LOCAL_DATE: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_SHORT_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", re.ASCII)
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NUMBER: Final = re.compile(r"-?(\d{1,12}|\d{1,3}(?:[, ]\d{3}){1,3})(?:\.0+)?", re.ASCII)
_PASSPORT: Final = re.compile(r"[A-Z]{1,2}\d{6,9}", re.ASCII)


class TextFault(ValueError):
    """A cell that cannot be taken; `reason` is a code of `shared/reference/reasons.csv`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ascii_digits(text: str) -> str:
    """Khmer digits (and Thai ones, which some returnees write) as 0 to 9; everything else as it is."""
    return text.translate(_DIGITS)


def clean(text: str) -> str:
    """One line as it is kept: NFC, single blanks, no control character and nothing invisible.

    The joiners U+200C and U+200D stay, since they change how Khmer is drawn.
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # most cells are: nothing to change but the ends
        return text.strip()
    text = _INVISIBLE.sub("", _CONTROL.sub("", _BLANKS.sub(" ", text)))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def cell(text: str, limit: int = 4_000) -> str:
    """A typed text, cleaned, of at most `limit` characters.

    Raises `formula`, `unreadable-text` (bytes that could not be decoded), `damaged-text` (Khmer that was saved in a
    Western encoding: `áž…` or nothing but question marks) or `too-long`.
    """
    misread = _MISREAD_KHMER.search(text)
    text = clean(text)
    if text.startswith("="):
        raise TextFault("formula")
    if "\ufffd" in text:
        raise TextFault("unreadable-text")
    if misread or (text.count("?") > 1 and not any(map(str.isalnum, text))):
        raise TextFault("damaged-text")
    if len(text) > limit:
        raise TextFault("too-long")
    return text


def khmer_name(text: str, limit: int = 100) -> str:
    """A name in Khmer letters; raises `wrong-script` where it holds none, and what `cell` raises."""
    text = cell(text, limit)
    if not khmer.has_khmer(text):
        raise TextFault("wrong-script")
    return text


def latin_name(text: str, limit: int = 100) -> str:
    """A name in Latin letters; raises `wrong-script` where it holds none or holds Khmer, and what `cell` raises."""
    text = cell(text, limit)
    if khmer.has_khmer(text) or not _LATIN.search(text):
        raise TextFault("wrong-script")
    return text


def search_key(name: str) -> str:
    """What two spellings of one name have in common: for comparing and hashing, never shown.

    Letters and digits only, lower case, without Latin accents; Khmer digits as ASCII, Khmer syllables in one order,
    and no blank between two Khmer letters, where people put one or not as they like.
    """
    key = ascii_digits(_JOINERS.sub("", clean(name)))
    key = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", key).casefold())
    key = unicodedata.normalize("NFKC", _LATIN_ACCENT.sub("", key)).casefold()
    key = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in key)
    return khmer.folded(_BLANK_IN_KHMER.sub("", _BLANKS.sub(" ", key).strip()))


def parse_date(text: str) -> date:
    """A date written YYYY-MM-DD or DD/MM/YYYY (`-`, `/` and `.` alike, Khmer digits too).

    Raises `not-a-date`, `short-year` (two digits), `too-early` (before 1900) or `buddhist-year` (2400 and later). A
    year of the Buddhist era is not converted: in Cambodia it changes at Visak Bochea, in spring, so that one civil
    year meets two of them, and which one a form means cannot be known from the date of birth alone.
    """
    text = ascii_digits(clean(text))
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _LOCAL_DATE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise TextFault("short-year" if _SHORT_DATE.fullmatch(text) else "not-a-date")
    if 2400 <= year < 2700:
        raise TextFault("buddhist-year")
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise TextFault("not-a-date") from None
    if parsed < EARLIEST:
        raise TextFault("too-early")
    return parsed


def place_code(text: str, digits: int = 6) -> str:
    """An official place code; one leading zero lost in a spreadsheet is put back. Raises `not-a-code`."""
    text = _whole(text)
    if not _is_number(text) or len(text) not in (digits - 1, digits):
        raise TextFault("not-a-code")
    return text.zfill(digits)


def identity_number(text: str) -> str:
    """A national card's nine digits (one lost leading zero is put back) or a passport's number; raises `not-an-id`."""
    text = re.sub(r"[ .()-]", "", _whole(text)).upper()
    if _is_number(text) and len(text) in (8, 9):
        return text.zfill(9)
    if _PASSPORT.fullmatch(text):
        return text
    raise TextFault("not-an-id")


def phone(text: str) -> str:
    """A telephone number in E.164. Without a `+` it is a Cambodian one, lost leading zero or not.

    Raises `not-a-phone`. Cambodian numbers have eight or nine digits after the 0.
    """
    text = re.sub(r"[ .()\-]", "", _whole(text))
    if text.startswith("00"):
        text = "+" + text[2:]
    if re.fullmatch(r"\+[1-9][0-9]{7,14}", text) and not text.startswith("+855"):
        return text
    national = text.removeprefix("+855") if text.startswith("+") else re.sub(r"^855(?=0?[0-9]{8,9}$)", "", text)
    national = national.removeprefix("0")
    if re.fullmatch(r"[1-9][0-9]{7,8}", national):
        return "+855" + national
    raise TextFault("not-a-phone")


def code(text: str) -> str:
    """A code in lower-case kebab form, however it was typed; raises `not-a-code`."""
    text = re.sub(r"[\s_-]+", "-", ascii_digits(cell(text)).casefold()).strip("-")
    if not _CODE.fullmatch(text):
        raise TextFault("not-a-code")
    return text


def codes(text: str) -> tuple[str, ...]:
    """The codes of a cell, separated by `;`, each once, as typed first; raises `not-a-code` or `too-many`."""
    found = dict.fromkeys(code(part) for part in split(text))
    if len(found) > LONGEST_LIST:
        raise TextFault("too-many")
    return tuple(found)


def split(text: str) -> tuple[str, ...]:
    """The parts of a cell separated by `;` (or a comma or a new line), cleaned, without empty ones."""
    return tuple(part for part in map(clean, re.split(r"[;；,\n]", text)) if part)


def joined(parts: Iterable[str]) -> str:
    """Codes as one cell, the way `codes` reads them."""
    return ";".join(parts)


def whole_number(text: str, low: int, high: int) -> int:
    """A whole number between low and high, with or without thousands marks and a dollar sign.

    Raises `not-a-number` or `out-of-range`.
    """
    text = re.sub(r"^(?:usd|\$)\s*|\s*(?:usd|\$)$", "", ascii_digits(cell(text)).casefold())
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise TextFault("not-a-number")
    number = int(re.sub(r"[, ]", "", match[1])) * (-1 if text.startswith("-") else 1)
    if not low <= number <= high:
        raise TextFault("out-of-range")
    return number


def _whole(text: str) -> str:
    """Cleaned, Khmer digits as ASCII, and without the `.0` that a spreadsheet puts behind a number."""
    return re.sub(r"(?<=\d)\.0$", "", ascii_digits(cell(text)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
