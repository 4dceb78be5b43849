"""Khmer syllables in one order. The facts about single syllables come from the Unicode Standard, chapter 16.4."""

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared import khmer

KHMER_TEXT = st.text(
    st.characters(min_codepoint=0x1780, max_codepoint=0x17DD) | st.sampled_from(" a\u17d2\u179a\u17c1")
)


def test_the_consonant_under_the_line_stands_before_the_vowel() -> None:
    # khmernormalizer 0.0.4 moves the vowel behind the next consonant here (khmer-character-specification#11).
    assert khmer.in_order("\u1781\u17c2\u17d2\u1798\u179a") == "\u1781\u17d2\u1798\u17c2\u179a"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        (
            "\u179f\u17b8\u17d2\u179a\u17d2\u178f",
            "\u179f\u17d2\u178f\u17d2\u179a\u17b8",
        ),  # woman: ro under the line last
        ("\u1794\u17d2\u179a\u17c9", "\u1794\u17c9\u17d2\u179a"),  # shifter before what is under the line
        ("\u1780\u17c6\u17bb", "\u1780\u17bb\u17c6"),  # nikahit behind the vowel
        ("\u1780\u17c7\u17b6", "\u1780\u17b6\u17c7"),  # reahmuk last
        ("\u1780\u17b6\u1781", "\u1780\u17b6\u1781"),  # two syllables keep their own parts
        ("Sok \u17b6", "Sok \u17b6"),  # a vowel without a consonant stays where it is
    ],
)
def test_known_syllables(typed: str, right: str) -> None:
    assert khmer.in_order(typed) == right


def test_every_order_of_one_syllable_gives_the_same() -> None:
    parts = ("\u17d2\u178f", "\u17d2\u179a", "\u17b8")
    assert {khmer.in_order("\u179f" + "".join(order)) for order in permutations(parts)} == {
        "\u179f\u17d2\u178f\u17d2\u179a\u17b8"
    }


@given(KHMER_TEXT)
def test_order_moves_characters_and_changes_none(text: str) -> None:
    ordered = khmer.in_order(text)
    assert sorted(ordered) == sorted(text)
    assert khmer.in_order(ordered) == ordered


@example("\u17a4\u17c1")
@given(KHMER_TEXT)
def test_folding_is_idempotent(text: str) -> None:
    folded = khmer.folded(text)
    assert khmer.folded(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u1780\u17c1\u17b8", "\u1780\u17be"),  # a vowel typed in two halves
        ("\u1780\u17c1\u17b6", "\u1780\u17c4"),
        ("\u1780\u17b6\u17c1", "\u1780\u17c4"),
        ("\u1780\u17d2\u178a", "\u1780\u17d2\u178f"),  # da and ta under the line are drawn alike
        ("\u17b2\u17d2\u1799", "\u17b1\u17d2\u1799"),
        ("\u17a4\u17c1", "\u17a2\u17c4"),  # the vowel that a letter holds is half of another
        ("\u1780\u17b6\u17b6", "\u1780\u17b6"),  # a vowel typed twice
    ],
)
def test_what_is_drawn_alike_folds_alike(one: str, other: str) -> None:
    assert khmer.folded(one) == khmer.folded(other)


def test_different_names_stay_different() -> None:
    assert len({khmer.folded(name) for name in ("ផ្កា", "ផ្ការ", "ផ្គា", "ផ្តា", "ភ្កា")}) == 5
