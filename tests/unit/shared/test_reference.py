"""The coded lists are whole, agree with each other and exist in both languages."""

import csv
import hashlib
import re
from collections import Counter
from importlib.resources import files
from typing import get_args

import pytest

from shared import khmer, reference
from shared.events.envelope import Code
from shared.text import TextFault, code, codes, search_key

OWN_LISTS = ("sectors", "skills", "needs", "codes", "reasons", "columns", "occupations_km")


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(reference).joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("kh_provinces", "8f4a72acac15496c278d89ac074efcfa7ab94a7001ddb37510d67d28ceac1d61"),
        ("kh_districts", "92971181d7eb09e3868b3c6c002348d31a96df49f870b7ed72045d9ad52966ac"),
        ("kh_communes", "25fb33e282408b2cdf4affd4cff587085821a4c81284bc9640247af7ac08dea8"),
        ("isco08_groups", "ff779e1b435b8b7e02fbf09caf16faabf4f505d15a745fbb6b8293938a14a6e6"),
    ],
)
def test_files_of_others_are_shipped_unchanged(name: str, digest: str) -> None:
    assert hashlib.sha256(files(reference).joinpath(f"{name}.csv").read_bytes()).hexdigest() == digest


def test_places_nest() -> None:
    assert (len(reference.provinces()), len(reference.districts()), len(reference.communes())) == (25, 210, 1652)
    for code_, commune in reference.communes().items():
        assert reference.districts()[commune.district].province == commune.province == code_[:2]
        assert all("\u1780" <= letter <= "\u17ff" or letter in " ‹›" for letter in commune.title_km)
    assert Counter(
        commune.province for commune in reference.communes().values() if commune.province in ("13", "15", "22")
    ) == {
        "13": 51,
        "15": 49,
        "22": 24,
    }


def test_one_commune() -> None:
    commune = reference.commune("010201")
    assert commune is not None
    assert (commune.title_en, commune.title_km, commune.district) == ("Banteay Neang", "បន្ទាយនាង", "0102")
    assert reference.commune("999999") is None


def test_occupations_are_isco_08() -> None:
    levels = Counter(occupation.level for occupation in reference.occupations().values())
    assert levels == {1: 10, 2: 43, 3: 130, 4: 436}
    assert all(
        not group.parent or group.parent in reference.occupations() for group in reference.occupations().values()
    )


def test_sectors_name_unit_groups_and_skills_name_sectors() -> None:
    for sector in reference.sectors().values():
        for occupation in sector.occupations:
            assert reference.occupations()[occupation].level == 4
            assert khmer.has_khmer(reference.occupations()[occupation].title_km)
        assert sum(skill.sector == sector.code and skill.short_course for skill in reference.skills().values()) >= 2
    assert {skill.sector for skill in reference.skills().values()} == set(reference.sectors())
    assert 80 <= len(reference.skills()) <= 130


@pytest.mark.parametrize("name", OWN_LISTS)
def test_own_lists_have_both_languages_and_no_code_twice(name: str) -> None:
    found = rows(name)
    keys = [(row.get("list") or row.get("file"), row.get("code") or row.get("column")) for row in found]
    assert len(set(keys)) == len(keys)
    for row in found:
        assert None not in row, row
        assert None not in row.values(), row
        assert khmer.has_khmer(row["title_km"]), row
        assert row.get("title_en", "x").strip() == row.get("title_en", "x") != ""


def test_codes_are_codes_as_contracts_want_them() -> None:
    pattern = next(part.pattern for part in get_args(Code) if getattr(part, "pattern", None))
    every = (*reference.sectors(), *reference.skills(), *reference.needs(), *reference.reasons())
    for found in (*every, *(row["code"] for row in rows("codes"))):
        assert re.fullmatch(pattern, found)
        assert code(found) == found
        assert codes(found) == (found,)


def test_what_may_harm_a_person_is_never_published() -> None:
    for need in ("health-care", "disability", "pregnancy", "poverty", "distress", "violence", "debt-advice"):
        assert not reference.needs()[need].publishable
    assert reference.needs()["training"].publishable


def test_every_list_of_the_file_is_declared_and_the_reverse() -> None:
    assert {row["list"] for row in rows("codes")} == set(get_args(reference.List))
    assert {row["level"] for row in rows("reasons")} == {"file", "row", "cell"}
    assert set(rows("needs")[0]) == {"code", "title_en", "title_km", "publishable"}


def test_titles() -> None:
    assert reference.title("skills", "bricklaying", "en") == "Laying bricks"
    assert reference.title("skills", "bricklaying", "km") == "រៀបឥដ្ឋ"
    assert reference.title("communes", "010201", "km") == "បន្ទាយនាង"
    assert reference.title("occupations", "0110", "km") == "Commissioned armed forces officers"
    assert reference.title("result", "passed", "en") == "Passed"
    assert reference.title("skills", "not-known-yet", "km") == "not-known-yet"


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("sex", "ស្រី", "female"),
        ("sex", " F ", "female"),
        ("phone-owner", "គ្មាន", "none"),
        ("id-missing-reason", "Pawned", "pawned"),
        ("sectors", "domestic work", "domestic-work"),
        ("sectors", "សំណង់", "construction"),
        ("border-point", "O’Smach", "osmach"),
        ("skills", "Laying bricks", "bricklaying"),
    ],
)
def test_people_may_write_codes_or_words(kind: reference.Kind, typed: str, meant: str) -> None:
    assert reference.resolve(kind, typed) == meant


@pytest.mark.parametrize("typed", ["", "brick-laying2", "ប្រុស"])
def test_an_unknown_word_is_refused(typed: str) -> None:
    with pytest.raises(TextFault, match=r"^unknown-code$"):
        reference.resolve("skills", typed)


def test_a_cell_may_list_several() -> None:
    assert reference.resolve_all("skills", "Tiling; laying bricks;;tiling") == ("tiling", "bricklaying")
    assert reference.resolve_all("skills", " ") == ()
    with pytest.raises(TextFault, match=r"^unknown-code$"):
        reference.resolve_all("skills", "tiling;tilling")
    with pytest.raises(TextFault, match=r"^too-many$"):
        reference.resolve_all("skills", ";".join(reference.skills()))


def test_no_spelling_means_two_codes_of_one_list() -> None:
    for name in get_args(reference.List):
        seen: dict[str, str] = {}
        for entry in reference.codes(name).values():
            for spelling in {search_key(word) for word in (entry.code, entry.title_en, entry.title_km, *entry.also)}:
                assert seen.setdefault(spelling, entry.code) == entry.code, (name, spelling)


def test_columns_are_in_the_order_of_checking() -> None:
    read = [name for name, column in reference.columns("completions").items() if not column.ignored]
    assert read == ["code", "course", "completed_on", "result", "skills"]
    assert reference.columns("intake")["note"].longest == 1_000
    assert reference.columns("intake")["form_no"].required
    assert len(reference.columns("intake")) == 21


def test_the_lists_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        reference.skills()["new"] = reference.skills()["bricklaying"]  # type: ignore[index]


def test_required_statements_are_shipped() -> None:
    licences = files(reference).joinpath("LICENCES.md").read_text(encoding="utf-8")
    for statement in (
        "This service uses the ESCO classification of the European Commission.",
        "**This file is adapted:**",
        "Copyright (c) 2019 David Wilkie",
        "The above copyright notice and this permission notice shall be included",
    ):
        assert statement in licences.replace("\n> ", " ")
