"""Cells that people type: one normal form, or one reason."""

import string
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import text

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
WRITTEN = st.text(
    st.characters() | st.characters(min_codepoint=0x1780, max_codepoint=0x17FF) | st.sampled_from(" \u200b\u200d?=")
)


def reason_of(function: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(text.TextFault) as raised:
        function(*arguments)
    return raised.value.reason


def fault_of(function: Callable[[str], object], written: str) -> text.TextFault | None:
    try:
        function(written)
    except text.TextFault as fault:
        return fault
    return None


@given(WRITTEN)
def test_cleaning_is_idempotent_and_leaves_nothing_invisible(written: str) -> None:
    cleaned = text.clean(written)
    assert text.clean(cleaned) == cleaned
    assert not set(cleaned) & set("\x00\x07\n\t\x0b\u200b\ufeff\u202e")
    assert cleaned == cleaned.strip()
    assert cleaned.encode().decode() == cleaned


@given(WRITTEN)
def test_search_keys_are_idempotent(written: str) -> None:
    key = text.search_key(written)
    assert text.search_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  SOK   Dara ", "sok dara"),
        ("Sok-Dara", "Sok Dara"),
        ("Sôk Dará", "sok dara"),
        ("សុខ ដារ៉ា", "សុខដារ៉ា"),
        ("សុខ\u200bដារ៉ា", "សុខ ដារ៉ា"),
        ("\u1781\u17c2\u17d2\u1798\u179a", "\u1781\u17d2\u1798\u17c2\u179a"),
        ("គំរូ ១២", "គំរូ 12"),
        ("\uff33ok", "sok"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert text.search_key(one) == text.search_key(other)


def test_different_names_have_different_keys() -> None:
    assert text.search_key("Sok Dara") != text.search_key("Sok Dary")
    assert text.search_key("គំរូ ស្វាយ") != text.search_key("គំរូ ស្វា")


@given(st.dates(min_value=text.EARLIEST, max_value=date(2399, 12, 31)), st.sampled_from("-/."), st.booleans())
def test_dates_come_back_from_every_way_of_writing_them(day: date, mark: str, khmer: bool) -> None:
    for written in (
        f"{day:%Y{mark}%m{mark}%d}",
        f"{day:%d{mark}%m{mark}%Y}",
        f"{day.day}{mark}{day.month}{mark}{day.year}",
    ):
        assert text.parse_date(f" {written.translate(KHMER_DIGITS) if khmer else written}\u200b") == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/1990", "not-a-date"),
        ("12/25/1990", "not-a-date"),
        ("1990", "not-a-date"),
        ("", "not-a-date"),
        ("9999-01-01x", "not-a-date"),
        ("12/05/90", "short-year"),
        ("12/05/2533", "buddhist-year"),
        ("២៥៣៣-០៥-១២", "buddhist-year"),
        ("1899-12-31", "too-early"),
        ("0000-01-01", "not-a-date"),
    ],
)
def test_dates_that_cannot_be_taken(written: str, reason: str) -> None:
    assert reason_of(text.parse_date, written) == reason


def test_a_spreadsheet_date_with_midnight_is_a_date() -> None:
    assert text.parse_date("1990-05-12 00:00:00") == date(1990, 5, 12)
    assert reason_of(text.parse_date, "1990-05-12 10:30:00") == "not-a-date"


@given(st.integers(0, 999_999).map("{:06}".format))
def test_place_codes_get_their_lost_zero_back(code: str) -> None:
    assert text.place_code(code) == code
    assert text.place_code(code.translate(KHMER_DIGITS)) == code
    if code.startswith("0") and not code.startswith("00"):
        assert text.place_code(code[1:]) == code
        assert text.place_code(code[1:] + ".0") == code


@pytest.mark.parametrize("written", ["", "1301", "13010100", "13O101", "-30101", "130 101x", "1e5"])
def test_what_is_no_place_code(written: str) -> None:
    assert reason_of(text.place_code, written) == "not-a-code"


@given(
    st.from_regex(r"[1-9][0-9]{7,8}", fullmatch=True),
    st.sampled_from(("0", "", "+855", "+855 0", "00855", "855", "855 0")),
)
def test_cambodian_numbers_have_one_form(national: str, prefix: str) -> None:
    if prefix == "" and national.startswith("855"):
        return  # is it a national number that begins with 855, or the country code? no operator has such numbers
    spaced = f"{prefix}{national[:2]}-{national[2:5]} {national[5:]}"
    assert text.phone(spaced) == "+855" + national
    assert text.phone(text.phone(spaced)) == "+855" + national
    assert text.phone(spaced.translate(KHMER_DIGITS)) == "+855" + national


@pytest.mark.parametrize(
    "written", ["", "12", "012 345", "012 345 678 / 097 123 4567", "+855 12", "no phone", "+0123456789"]
)
def test_what_is_no_phone(written: str) -> None:
    assert reason_of(text.phone, written) == "not-a-phone"


def test_a_foreign_number_is_kept_as_it_is() -> None:
    assert text.phone("+66 2 000 0000") == text.phone("0066-2-000-0000") == "+6620000000"


def test_identity_numbers() -> None:
    assert text.identity_number("099 123 456") == text.identity_number("99123456") == "099123456"
    assert text.identity_number("០៩៩១២៣៤៥៦") == text.identity_number("99123456.0") == "099123456"
    assert text.identity_number("n 0123456") == "N0123456"
    for wrong in ("1234567", "1234567890", "ABC123456", "none"):
        assert reason_of(text.identity_number, wrong) == "not-an-id"


CODES = st.from_regex(r"[a-z0-9]([a-z0-9]|-[a-z0-9]){0,15}", fullmatch=True)


@given(st.lists(CODES, max_size=text.LONGEST_LIST, unique=True))
def test_lists_of_codes_come_back(codes: list[str]) -> None:
    assert text.codes(text.joined(codes)) == tuple(codes)
    assert text.codes(" ;; ".join(code.upper().replace("-", "_") for code in codes)) == tuple(codes)


def test_lists_that_cannot_be_taken() -> None:
    assert text.codes("") == text.codes(" ; ") == ()
    assert text.codes("Machine sewing; machine-sewing, tiling") == ("machine-sewing", "tiling")
    assert reason_of(text.codes, "tiling;(roofing)") == "not-a-code"
    assert reason_of(text.codes, "a" * 41) == "not-a-code"
    assert reason_of(text.codes, ";".join(f"c{number}" for number in range(41))) == "too-many"


@given(st.integers(-999_999_999, 999_999_999))
def test_numbers_come_back(number: int) -> None:
    for written in (
        f"{number}",
        f"{number:,}",
        f"{number}.00",
        f"$ {number:,}",
        f"{number} USD",
        f"{number:,}".replace(",", "\xa0"),
    ):
        assert text.whole_number(written, -(10**9), 10**9) == number
        assert text.whole_number(written.translate(KHMER_DIGITS), -(10**9), 10**9) == number


@pytest.mark.parametrize("written", ["", "12.5", "1,20", "many", "1e3", "1 2 3", "9" * 4_000])
def test_what_is_no_whole_number(written: str) -> None:
    assert reason_of(text.whole_number, written, 0, 1_000) == "not-a-number"


@pytest.mark.parametrize(("written", "reason"), [("-1", "out-of-range"), ("1001", "out-of-range"), ("=1+1", "formula")])
def test_numbers_that_cannot_be_taken(written: str, reason: str) -> None:
    assert reason_of(text.whole_number, written, 0, 1_000) == reason


def misread(khmer: str) -> str:
    """Khmer as a program shows it that reads UTF-8 as Windows-1252, keeping the five bytes that this one lacks."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in khmer.encode()
    )


@pytest.mark.parametrize("name", ["គំរូ ស្វាយ", "ភូមិ", "ខ្មែរ", "កក"])
def test_khmer_saved_in_a_western_encoding_is_seen(name: str) -> None:
    assert reason_of(text.cell, misread(name)) == "damaged-text"
    assert reason_of(text.cell, name.encode("latin-1", "replace").decode()) == "damaged-text"
    assert reason_of(text.cell, name.encode().decode("latin-1")) == "damaged-text"
    assert text.cell(name) == name


def test_honest_text_is_not_called_damaged() -> None:
    for honest in ("Café à Siem Reap", "dláždit", "why??", "?", "ÁŽ", ""):
        assert text.cell(honest) == honest


def test_cells_that_cannot_be_taken() -> None:
    assert reason_of(text.cell, " =1+1") == "formula"
    assert reason_of(text.cell, "Caf\ufffd") == "unreadable-text"
    assert reason_of(text.cell, "x" * 101, 100) == "too-long"
    assert text.cell("x" * 100 + " \u200b", 100) == "x" * 100


def test_names_are_checked_for_their_script() -> None:
    assert text.khmer_name("  គំរូ \u200bស្វាយ ") == "គំរូ ស្វាយ"
    assert text.latin_name("Kumru Svay") == "Kumru Svay"
    assert reason_of(text.khmer_name, "Kumru") == "wrong-script"
    assert reason_of(text.latin_name, "គំរូ") == "wrong-script"
    assert reason_of(text.latin_name, "12") == "wrong-script"


@given(st.text(string.printable + "០១២គំរូ"))
def test_a_fault_never_quotes_the_text(written: str) -> None:
    for function in (text.parse_date, text.phone, text.place_code, text.identity_number, text.codes, text.cell):
        fault = fault_of(function, written)
        assert fault is None or (str(fault) == fault.reason and fault.__cause__ is None)


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_plain_text_is_cleaned_as_any_other(typed: str) -> None:
    khmer = "\u1780"  # with a letter that is not plain the general way is taken
    assert text.clean(typed) == text.clean(f"{typed}{khmer}").removesuffix(khmer).strip()
