"""Made-up people. Their names are words for samples, fruits and colours, so that they resemble nobody.

No operator is known to the authors that gives out numbers beginning with 019 0, nor an identity card that begins with
099; nothing is ever sent to them, since the demo's messages go to a local folder.
"""

from collections.abc import Iterator
from itertools import count, product
from typing import Final

from deploy.demo.planted import chance

# Sample, trial, example, exercise.
_FAMILY: Final = (("គំរូ", "Kumru"), ("សាកល្បង", "Saklbang"), ("ឧទាហរណ៍", "Uteaharn"), ("លំហាត់", "Lumhat"))
# Mango, coconut, banana, orange, papaya, pineapple, guava, bamboo shoot, cucumber, gourd, cabbage, onion, chilli,
# maize, sugar, salt, table, chair.
_THING: Final = (
    ("ស្វាយ", "Svay"), ("ដូង", "Dong"), ("ចេក", "Chek"), ("ក្រូច", "Krouch"), ("ល្ហុង", "Lhong"), ("ម្នាស់", "Mnoas"),
    ("ត្របែក", "Trabaek"), ("ទំពាំង", "Tumpeang"), ("ត្រសក់", "Trasak"), ("ល្ពៅ", "Lpov"), ("ស្ពៃ", "Spey"), ("ខ្ទឹម", "Khtuem"),
    ("ម្ទេស", "Mtes"), ("ពោត", "Pot"), ("ស្ករ", "Skor"), ("អំបិល", "Ambel"), ("តុ", "Tok"), ("កៅអី", "Kav-ey"),
)  # fmt: skip
# Blue, red, yellow, green, white, black, grey, small, big, long, short, new.
_COLOUR: Final = (
    ("ខៀវ", "Khiev"), ("ក្រហម", "Kraham"), ("លឿង", "Loeung"), ("បៃតង", "Baitong"), ("ស", "Sa"), ("ខ្មៅ", "Khmav"),
    ("ប្រផេះ", "Prapheh"), ("តូច", "Touch"), ("ធំ", "Thum"), ("វែង", "Veng"), ("ខ្លី", "Khley"), ("ថ្មី", "Thmey"),
)  # fmt: skip


def names(seed: int) -> Iterator[tuple[str, str]]:
    """Names in Khmer and Latin letters, none twice: 864 of them."""
    every = [
        (f"{family[0]} {thing[0]}{colour[0]}", f"{family[1]} {thing[1]} {colour[1]}")
        for family, thing, colour in product(_FAMILY, _THING, _COLOUR)
    ]
    chance(seed, "names").shuffle(every)
    return iter(every)


def phones() -> Iterator[str]:
    """Telephone numbers as people write them, none twice."""
    return (f"019 0{number // 1000:02} {number % 1000:03}" for number in count(1))


def identity_numbers() -> Iterator[str]:
    """Nine digits, none twice."""
    return (f"099{number:06}" for number in count(137, 7))
