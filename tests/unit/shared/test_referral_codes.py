"""Referral codes are caught when one digit is wrong or two neighbours are swapped."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import referral_codes
from shared.text import TextFault

CODES = st.integers(0, 9 * 10**9 - 1).map(lambda number: referral_codes.mint(lambda _: number))


def reason_of(written: str) -> str:
    with pytest.raises(TextFault) as raised:
        referral_codes.check(written)
    return raised.value.reason


@given(CODES)
def test_a_minted_code_is_its_own_written_form(code: str) -> None:
    digits = code.replace("-", "")
    assert len(digits) == 12
    assert digits[0] != "0"
    assert int(digits) % 97 == 1  # ISO 7064 MOD 97-10
    assert referral_codes.check(code) == code


@given(CODES)
def test_every_wrong_digit_is_caught(code: str) -> None:
    for place, digit in enumerate(code):
        for wrong in set("0123456789") - {digit}:
            if digit != "-":
                assert reason_of(code[:place] + wrong + code[place + 1 :]) == "wrong-check-digits"


@given(CODES)
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    digits = code.replace("-", "")
    for place in range(11):
        one, other = digits[place], digits[place + 1]
        if one != other:
            assert reason_of(digits[:place] + other + one + digits[place + 2 :]) == "wrong-check-digits"


@given(CODES, st.lists(st.sampled_from(("", " ", "-", "\u2013", ".", "\xa0")), min_size=12, max_size=12))
def test_a_code_is_understood_however_it_is_spaced(code: str, marks: list[str]) -> None:
    spaced = "".join(digit + mark for digit, mark in zip(code.replace("-", ""), marks, strict=True))
    assert referral_codes.check(spaced) == code
    assert referral_codes.check(spaced.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))) == code


@given(CODES)
def test_a_code_has_one_form_only(code: str) -> None:
    first, check_digits = code.replace("-", "")[:10], int(code[-2:])
    for same_remainder in (check_digits - 97, check_digits + 97):
        if 0 <= same_remainder < 100:
            assert reason_of(f"{first}{same_remainder:02}") == "wrong-check-digits"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "wrong-length"),
        ("--", "wrong-length"),
        ("4821-0937-55", "wrong-length"),
        ("4821-0937-55180", "wrong-length"),
        ("4821-O937-5518", "not-digits"),
        ("4.82109E+11", "not-digits"),
        ("٤٨٢١", "not-digits"),
    ],
)
def test_what_is_no_code(written: str, reason: str) -> None:
    assert reason_of(written) == reason


def test_a_seeded_source_gives_the_same_codes_again() -> None:
    def codes(seed: int) -> list[str]:
        return [referral_codes.mint(Random(seed + step).randrange) for step in range(20)]

    assert codes(7) == codes(7)
    assert len(set(codes(7))) == 20


def test_codes_come_from_a_safe_source_unless_told_otherwise() -> None:
    assert len({referral_codes.mint() for _ in range(1_000)}) == 1_000
