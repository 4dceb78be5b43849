"""The coded lists that every service shares: places, occupations, sectors, skills, needs, reasons.

Data only, read once from the CSV files beside this module (`LICENCES.md` says where they come from) and never changed
while running. Titles exist in English and Khmer; of the occupations only those of our sectors have a Khmer one.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from shared.text import LONGEST_LIST, TextFault, clean, search_key, split

Language = Literal["en", "km"]
List = Literal[
    "sex",
    "phone-owner",
    "language",
    "id-missing-reason",
    "consent-purpose",
    "consent-given",
    "border-point",
    "priority",
    "referral-kind",
    "referral-state",
    "consent-end",
    "eligibility",
    "proposal-decision",
    "proposal-reason",
    "scheme",
    "refusal",
    "rerouting",
    "decline",
    "closing",
    "result",
    "goal-area",
    "plan-return",
    "session-kind",
    "session-mode",
    "outreach-channel",
    "outreach-outcome",
    "matter-kind",
    "matter-outcome",
    "birth-precision",
    "return-kind",
    "country",
    "schooling",
    "document",
    "vulnerability",
    "relation",
    "outside-id",
    "idpoor-level",
    "flag",
    "flag-outcome",
    "centre",
    "transfer-reason",
    "transfer-decline",
    "reopening",
]
"""The small lists of `codes.csv`."""
Kind = List | Literal["provinces", "districts", "communes", "occupations", "sectors", "skills", "needs", "reasons"]
"""Everything that has titles."""
FileKind = Literal["intake", "vacancies", "completions"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its titles; what every list has in common."""

    code: str
    title_en: str
    title_km: str

    def title(self, language: Language) -> str:
        """The title a person reads; English where there is no Khmer one."""
        return (self.title_km if language == "km" else self.title_en) or self.title_en


@dataclass(frozen=True, slots=True)
class Province(Entry):
    """A province; two digits."""

    iso3166_2: str


@dataclass(frozen=True, slots=True)
class District(Entry):
    """A district, municipality or section (srok, krong, khan); four digits."""

    province: str
    unit_type_en: str
    unit_type_km: str


@dataclass(frozen=True, slots=True)
class Commune(Entry):
    """A commune or quarter (khum, sangkat); six digits."""

    district: str
    province: str
    unit_type_en: str
    unit_type_km: str


@dataclass(frozen=True, slots=True)
class Occupation(Entry):
    """A group of ISCO-08, level 1 (major) to 4 (unit); `parent` is empty for major groups."""

    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Sector(Entry):
    """A sector of work with its ISCO-08 unit groups, the commonest first."""

    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skill(Entry):
    """A skill; `short_course` says whether a course of some weeks can teach it."""

    sector: str
    short_course: bool


@dataclass(frozen=True, slots=True)
class Need(Entry):
    """A need; one that is not publishable (health, poverty, debt, ...) never leaves intake."""

    publishable: bool


@dataclass(frozen=True, slots=True)
class Code(Entry):
    """A member of a small list; `also` holds other ways in which people write it."""

    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason(Entry):
    """Why a file, row or cell is refused; the titles are sentences that say what is wrong and what to do."""

    level: Literal["file", "row", "cell"]


@dataclass(frozen=True, slots=True)
class Column(Entry):
    """A column of a file; `longest` counts characters, and `required` holds for every row without condition.

    An ignored column stands in a sheet that is filled in and sent back; nobody reads it.
    """

    required: bool
    ignored: bool
    longest: int


E = TypeVar("E", bound=Entry)


@cache
def provinces() -> Mapping[str, Province]:
    """The 25 provinces by code."""
    return _by_code(Province(*_place(row), row["iso3166_2"]) for row in _rows("kh_provinces"))


@cache
def districts() -> Mapping[str, District]:
    """The 210 districts by code."""
    return _by_code(District(*_place(row), row["province_code"], *_unit(row)) for row in _rows("kh_districts"))


@cache
def communes() -> Mapping[str, Commune]:
    """The 1,652 communes by code."""
    return _by_code(
        Commune(*_place(row), row["district_code"], row["province_code"], *_unit(row)) for row in _rows("kh_communes")
    )


def commune(code: str) -> Commune | None:
    """The commune with this six-digit code, if there is one."""
    return communes().get(code)


@cache
def superseded_districts() -> Mapping[str, str]:
    """Codes of districts that went to another province and got a new one there, with that province's code."""
    return MappingProxyType({row["code"]: row["province"] for row in _rows("kh_superseded_districts")})


@cache
def occupations() -> Mapping[str, Occupation]:
    """ISCO-08, all 619 groups by code; the unit groups are those of level 4."""
    khmer = {row["code"]: row["title_km"] for row in _rows("occupations_km")}
    return _by_code(
        Occupation(row["code"], row["title_en"], khmer.get(row["code"], ""), int(row["level"]), row["parent_code"])
        for row in _rows("isco08_groups")
    )


@cache
def sectors() -> Mapping[str, Sector]:
    """Our sectors by code."""
    return _by_code(Sector(*_titled(row), _parts(row["occupations"])) for row in _rows("sectors"))


@cache
def skills() -> Mapping[str, Skill]:
    """Our skills by code."""
    return _by_code(Skill(*_titled(row), row["sector"], row["short_course"] == "yes") for row in _rows("skills"))


@cache
def needs() -> Mapping[str, Need]:
    """The needs that an assessment finds, by code."""
    return _by_code(Need(*_titled(row), row["publishable"] == "yes") for row in _rows("needs"))


@cache
def reasons() -> Mapping[str, Reason]:
    """The reasons for refusing a file, row or cell, by code."""
    levels: dict[str, Literal["file", "row", "cell"]] = {"file": "file", "row": "row", "cell": "cell"}
    return _by_code(Reason(*_titled(row), levels[row["level"]]) for row in _rows("reasons"))


@cache
def codes(name: List) -> Mapping[str, Code]:
    """One of the small lists by code."""
    return _by_code(Code(*_titled(row), _parts(row["also"])) for row in _rows("codes") if row["list"] == name)


@cache
def columns(file: FileKind) -> Mapping[str, Column]:
    """The columns of a kind of file by name, in the order in which a row is checked."""
    return _by_code(
        Column(
            row["column"],
            row["title_en"],
            row["title_km"],
            row["required"] == "yes",
            row["required"] == "ignored",
            int(row["longest"]),
        )
        for row in _rows("columns")
        if row["file"] == file
    )


_LISTS: Final[Mapping[str, Callable[[], Mapping[str, Entry]]]] = {
    "provinces": provinces,
    "districts": districts,
    "communes": communes,
    "occupations": occupations,
    "sectors": sectors,
    "skills": skills,
    "needs": needs,
    "reasons": reasons,
}


def title(kind: Kind, code: str, language: Language) -> str:
    """What a person reads for a code; the code itself where the list does not know it, since lists are open."""
    entry = _entries(kind).get(code)
    return entry.title(language) if entry else code


def resolve(kind: Kind, text: str) -> str:
    """The code that somebody meant who typed it, its English or Khmer title, or another usual word for it.

    Raises `TextFault` with `unknown-code`.
    """
    if clean(text) in _entries(kind):
        return clean(text)
    code = _spellings(kind).get(search_key(text))
    if code is None:
        raise TextFault("unknown-code")
    return code


def resolve_all(kind: Kind, text: str) -> tuple[str, ...]:
    """The codes of a cell, separated by `;`, each once, in the order typed; raises `unknown-code` or `too-many`."""
    found = dict.fromkeys(resolve(kind, part) for part in split(text))
    if len(found) > LONGEST_LIST:
        raise TextFault("too-many")
    return tuple(found)


@cache
def _spellings(kind: Kind) -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for entry in _entries(kind).values():
        for spelling in (entry.code, entry.title_en, entry.title_km, *(entry.also if isinstance(entry, Code) else ())):
            spellings.setdefault(search_key(spelling), entry.code)
    spellings.pop("", None)
    return spellings


def _entries(kind: Kind) -> Mapping[str, Entry]:
    return _LISTS[kind]() if kind in _LISTS else codes(kind)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), strict=True)


def _by_code(entries: Iterator[E]) -> Mapping[str, E]:
    return MappingProxyType({entry.code: entry for entry in entries})


def _place(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["code"], row["name_en"], row["name_km"]


def _unit(row: Mapping[str, str]) -> tuple[str, str]:
    return row["unit_type_en"], row["unit_type_km"]


def _titled(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["code"], row["title_en"], row["title_km"]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
