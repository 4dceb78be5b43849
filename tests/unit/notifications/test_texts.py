"""Khmer and English say the same things, shortly, and nothing that a shared phone must not show."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications import texts
from services.notifications.domain.wording import FIELDS, wording
from shared import reference
from shared.reference import Language
from tests.unit.notifications.facts import CODE, TOLD

LANGUAGES: tuple[Language, ...] = ("km", "en")
MOST_PARTS = {"prior-learning-partly-recognised": 5}
"""Where not three: it lists what was recognised and what was not."""

NEVER = re.compile(
    r"\bcases?\b|health|hospital|pregnan|disab|poor|poverty|debt|nssf|social|migrant|return"
    "|សុខភាព|ពេទ្យ|ពិការ|ក្រីក្រ|បំណុល|គាំពារ|ករណី|ចំណាកស្រុក|ផ្ទៃពោះ",
    re.IGNORECASE,
)


def longest(kind: reference.Kind, language: Language, number: int) -> list[str]:
    """The codes with the longest titles of a list."""
    entries = {"skills": reference.skills, "occupations": reference.occupations}.get(
        kind, lambda: reference.codes(kind)
    )
    known = {
        code: entry for code, entry in entries().items() if kind != "occupations" or (entry.title_km and len(code) == 4)
    }
    return sorted(known, key=lambda code: -len(known[code].title(language)))[:number]


def worst(language: Language) -> dict[str, object]:
    commune = max(reference.communes(), key=lambda code: len(texts.FILL["commune"](code, language)))
    skills = longest("skills", language, 5)
    return {
        "code": CODE,
        "next_code": CODE,
        "starts": "2026-11-24",
        "commune": commune,
        "occupation": longest("occupations", language, 1)[0],
        "reason": longest("refusal", language, 1)[0],
        "skills": skills,
        "gaps": skills,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_template_with_its_fields(language: Language) -> None:
    found = {name: texts.placeholders(pattern) for name, pattern in texts.templates(language).items()}
    assert found == dict(FIELDS)


def test_both_catalogues_have_the_same_phrases_with_the_same_fields() -> None:
    phrases = [
        {name: texts.placeholders(pattern) for name, pattern in texts._catalogue(language)["phrases"].items()}
        for language in LANGUAGES
    ]
    assert phrases[0] == phrases[1]
    assert {len(texts._catalogue(language)["months"]["names"]) for language in LANGUAGES} == {12}


@pytest.mark.parametrize("template", FIELDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_stays_short_with_the_longest_names(language: Language, template: str) -> None:
    filled = texts.text(template, worst(language), language)
    assert texts.sms_parts(filled) <= MOST_PARTS.get(template, 3), filled


@pytest.mark.parametrize("template", FIELDS)
def test_a_khmer_text_holds_no_latin_letter(template: str) -> None:
    assert not set(texts.text(template, worst("km"), "km")) & set(string.ascii_letters)


@pytest.mark.parametrize("template", FIELDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_shows_nothing_that_others_may_not_know(language: Language, template: str) -> None:
    assert not NEVER.search(texts.templates(language)[template])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_can_be_written(language: Language) -> None:
    for fact, template in TOLD:
        words = wording(fact)
        if words is not None:
            written = texts.text(words.template, words.fields, language)
            assert template
            assert "{" not in written
            assert "None" not in written


def test_codes_that_nobody_knows_yet_are_shown_as_they_are() -> None:
    assert "weaving-by-hand" in texts.text("skills-recognised", {"skills": ["weaving-by-hand"]}, "km")
    assert "999999" in texts.text("match-proposed", {"occupation": "7212", "commune": "999999"}, "en")


def test_a_date_is_written_as_people_write_it_and_a_missing_one_is_no_riddle() -> None:
    fields = {"code": CODE, "starts": "2026-06-01"}
    assert "1 June 2026" in texts.text("seat-reserved", fields, "en")
    assert "1 មិថុនា 2026" in texts.text("seat-reserved", fields, "km")
    assert "ask your counsellor" in texts.text("seat-reserved", {**fields, "starts": None}, "en")


def test_a_long_list_is_counted() -> None:
    skills = list(reference.skills())
    listed = texts.text("skills-recognised", {"skills": skills[:3]}, "en")
    assert "more" not in listed
    assert "and 2 more" in texts.text("skills-recognised", {"skills": skills[:5]}, "en")


def test_a_template_of_a_newer_build_has_no_text() -> None:
    with pytest.raises(texts.NoText):
        texts.text("of-tomorrow", {}, "en")


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ក" * 70, 1),
        ("ក" * 71, 2),
        ("ក" * 134, 2),
        ("ក" * 135, 3),
        ("a" * 70 + "ក", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_of_an_sms(message: str, parts: int) -> None:
    assert texts.sms_parts(message) == parts


@given(st.text(max_size=400), st.text(max_size=50))
def test_more_text_never_takes_fewer_parts(message: str, more: str) -> None:
    assert texts.sms_parts(message) <= texts.sms_parts(message + more)
