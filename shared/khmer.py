"""Khmer letters in one order, so that what looks the same compares the same.

A Khmer syllable can be stored in several orders that are drawn alike: people type the vowel before or after the
consonant under the line, and keyboards differ. The order used here follows the structure of a syllable in the Unicode
Standard (chapter 16.4, Khmer): the consonant, its robat or shifter, the consonants under the line (ro last, since it
is drawn first), the vowels, then the signs. It serves keys for comparing; what a person typed is kept as typed.
"""

import re
from typing import Final

COENG: Final = "\u17d2"
"""The sign that puts the next consonant under the line."""

_BASE: Final = "[\u1780-\u17b3]"
_MARK: Final = "[\u17b6-\u17d1\u17d3\u17dd]"
_SYLLABLE: Final = re.compile(f"({_BASE})((?:{COENG}{_BASE}|{_MARK})+)")
_PIECE: Final = re.compile(f"{COENG}?.")
_LETTER: Final = re.compile("[\u1780-\u17b3]")

# Where each kind of piece stands in a syllable; pieces of one kind keep the order in which they were typed.
_ROBAT, _SHIFTER, _UNDER, _UNDER_RO, _VOWEL_LEFT, _VOWEL, _NIKAHIT, _SIGN, _SIGN_RIGHT = range(9)
_PLACE: Final[dict[str, int]] = {
    "\u17cc": _ROBAT,
    "\u17c9": _SHIFTER,
    "\u17ca": _SHIFTER,
    COENG + "\u179a": _UNDER_RO,
    "\u17c6": _NIKAHIT,
    "\u17c7": _SIGN_RIGHT,
    "\u17c8": _SIGN_RIGHT,
    **{chr(left): _VOWEL_LEFT for left in range(0x17C1, 0x17C4)},
    **{chr(vowel): _VOWEL for vowel in (*range(0x17B6, 0x17C1), 0x17C4, 0x17C5)},
}

# Letters that the code charts call variants of another or advise against. One of them holds a vowel, which has its
# place among those of its syllable: they are made equal before anything is put in order.
_LETTERS_ALIKE: Final = (
    ("\u17a3", "\u17a2"),
    ("\u17a4", "\u17a2\u17b6"),
    ("\u17b2", "\u17b1"),
)
# Parts of a syllable that are drawn alike: vowels typed in two halves, ta and da under the line.
_PARTS_ALIKE: Final = (
    ("\u17c1\u17c1", "\u17c2"),
    ("\u17c1\u17b6", "\u17c4"),
    ("\u17c1\u17b8", "\u17be"),
    (COENG + "\u178a", COENG + "\u178f"),
)
_REPEATED_MARK: Final = re.compile(f"({_MARK})\\1+")
_LONE_COENG: Final = re.compile(f"{COENG}(?!{_BASE})")


def has_khmer(text: str) -> bool:
    """Whether the text holds a Khmer letter."""
    return _LETTER.search(text) is not None


def in_order(text: str) -> str:
    """The same characters with every syllable's parts in the one order; other text is left as it is."""
    return _SYLLABLE.sub(lambda syllable: syllable[1] + _sorted(syllable[2]), text)


def folded(text: str) -> str:
    """What is drawn alike made equal, for keys only: the result need not be a spelling that anybody would write."""
    text = _LONE_COENG.sub("", text)
    for spelling, same in _LETTERS_ALIKE:
        text = text.replace(spelling, same)
    text = in_order(text)
    for spelling, same in _PARTS_ALIKE:
        text = text.replace(spelling, same)
    return _REPEATED_MARK.sub(r"\1", in_order(text))


def _sorted(parts: str) -> str:
    return "".join(sorted(_PIECE.findall(parts), key=_place))


def _place(piece: str) -> int:
    return _PLACE.get(piece, _UNDER if piece[0] == COENG else _SIGN)
