"""What a person reads: a template of the catalogue in her language, filled with the titles of codes."""

import math
import string
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from shared import reference
from shared.reference import Language

MOST_LISTED: Final = 3
"""Of a longer list a text names so many and counts the rest: a long text is not read, and costs by the part."""

GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE: Final = frozenset("^{}\\[~]|€")
"""GSM 03.38: the characters of one unit, and those that take two. Any other makes the whole text UCS-2."""


class NoText(LookupError):
    """This build has no text for a template: it was made by a newer one."""


def text(template: str, fields: Mapping[str, Any], language: Language) -> str:
    """The text of a template, filled. Raises NoText."""
    try:
        pattern = templates(language)[template]
    except KeyError:
        raise NoText(template) from None
    return pattern.format(**{name: FILL[name](fields[name], language) for name in placeholders(pattern)})


@cache
def templates(language: Language) -> Mapping[str, str]:
    """A language's templates by name."""
    return cast(Mapping[str, str], _catalogue(language)["templates"])


@cache
def placeholders(pattern: str) -> frozenset[str]:
    """The names of the fields in a template."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


def sms_parts(message: str) -> int:
    """How many SMS a text takes: 160 units of GSM-7 in one, 153 a part; 70 and 67 of UCS-2, which Khmer needs."""
    if GSM.union(GSM_TWICE).issuperset(message):
        units, whole, part = len(message) + sum(letter in GSM_TWICE for letter in message), 160, 153
    else:
        units, whole, part = len(message.encode("utf-16-be")) // 2, 70, 67
    return 1 if units <= whole else math.ceil(units / part)


@cache
def _catalogue(language: Language) -> Mapping[str, Mapping[str, Any]]:
    source = files(__package__).joinpath("catalogue", f"{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _phrase(name: str, language: Language, **fields: object) -> str:
    pattern: str = _catalogue(language)["phrases"][name]
    return pattern.format(**fields)


def _code(code: str, _: Language) -> str:
    return code


def _day(day: str | None, language: Language) -> str:
    if day is None:
        return _phrase("no-date", language)
    on = date.fromisoformat(day)
    month = _catalogue(language)["months"]["names"][on.month - 1]
    return _phrase("date", language, day=on.day, month=month, year=on.year)


def _place(commune: str, language: Language) -> str:
    """The commune with its district, since communes share names. In Khmer with the words for both, as people say it."""
    known = reference.communes().get(commune)
    district = reference.districts().get(commune[:4])
    if known is None or district is None:
        return commune
    if language == "km":
        names = known.unit_type_km + known.title_km, district.unit_type_km + district.title_km
    else:
        names = known.title_en, district.title_en
    return _phrase("place", language, commune=names[0], district=names[1])


def _occupation(code: str, language: Language) -> str:
    return reference.title("occupations", code, language)


def _refusal(code: str, language: Language) -> str:
    return reference.title("refusal", code, language)


def _skills(codes: Sequence[str], language: Language) -> str:
    if not codes:
        return _phrase("nothing-listed", language)
    titles = [reference.title("skills", code, language) for code in codes[:MOST_LISTED]]
    listed = _phrase("separator", language).join(titles)
    rest = len(codes) - MOST_LISTED
    return _phrase("more", language, listed=listed, count=rest) if rest > 0 else listed


FILL: Final[Mapping[str, Callable[[Any, Language], str]]] = {
    "code": _code,
    "next_code": _code,
    "starts": _day,
    "commune": _place,
    "occupation": _occupation,
    "reason": _refusal,
    "skills": _skills,
    "gaps": _skills,
}
"""How each field of a template is made of its codes."""
