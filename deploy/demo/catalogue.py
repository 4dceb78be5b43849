"""Eight made-up training providers of the three pilot provinces, and what they teach."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from shared import reference

BUSINESS, LITERACY = "business", "literacy"
"""Courses for every trade, for who wants to start a business or to read and write."""

# What it is for (a sector, or one of the two above): name of the course, titles, occupation it leads to, skills.
_COURSES: Final[Mapping[str, tuple[str, str, str, str | None, tuple[str, ...]]]] = {
    "garment": ("sewing", "Sewing by machine", "ដេរដោយម៉ាស៊ីន", "8153", ("machine-sewing", "overlock-sewing")),
    "construction": ("masonry", "Masonry", "ជាងសំណង់", "7112", ("bricklaying", "plastering", "concrete-work")),
    "metalwork": ("welding", "Welding", "ផ្សារដែក", "7212", ("arc-welding", "metal-cutting")),
    "electronics": ("phone-repair", "Repairing phones", "ជួសជុលទូរសព្ទ", "7421", ("phone-repair", "soldering")),
    "automotive": ("motorcycle-repair", "Repairing motorcycles", "ជួសជុលម៉ូតូ", "7231",
                   ("motorcycle-repair", "small-engine-servicing")),
    "renewable-energy": ("solar", "Installing solar panels", "ដំឡើងបន្ទះសូឡា", "7411",
                         ("solar-panel-installation", "electrical-safety")),
    "agriculture": ("vegetables", "Growing vegetables", "ដាំបន្លែ", "6111", ("vegetable-growing", "drip-irrigation")),
    "fishing": ("fish-farming", "Fish farming", "ចិញ្ចឹមត្រី", "6221", ("fish-farming", "fish-sorting")),
    "food": ("food-processing", "Food processing", "កែច្នៃម្ហូបអាហារ", "8160", ("food-hygiene", "food-packing")),
    "domestic-work": ("home-care", "Care and housekeeping", "ការថែទាំ និងការងារផ្ទះ", "5322",
                      ("elder-care", "home-cooking")),
    "driving": ("forklift", "Driving forklifts", "បើករថយន្តស្ទូចទំនិញ", "8344",
                ("forklift-driving", "daily-vehicle-check")),
    "vending": ("small-shop", "Keeping a small shop", "គ្រប់គ្រងហាងតូច", "5221", ("shop-keeping", "price-setting")),
    "hospitality": ("cooking", "Cooking for restaurants", "ចម្អិនម្ហូបក្នុងភោជនីយដ្ឋាន", "5120",
                    ("commercial-cooking", "table-service")),
    "production": ("factory-work", "Factory work", "ការងាររោងចក្រ", "9329",
                   ("assembly-line-work", "quality-inspection")),
    BUSINESS: ("small-business", "Starting a small business", "បង្កើតអាជីវកម្មតូច", None,
               ("business-planning", "bookkeeping-basics", "money-management")),
    LITERACY: ("literacy", "Reading and writing Khmer", "អាន និងសរសេរភាសាខ្មែរ", None, ("khmer-literacy",)),
}  # fmt: skip

_CRAFTS: Final = ("construction", "metalwork", "electronics", "automotive", "renewable-energy", "driving")
_SERVICES: Final = ("garment", "food", "hospitality", "vending", "domestic-work")
_LAND: Final = ("agriculture", "fishing", "production", BUSINESS, LITERACY)
# Letter, the same in Khmer, province, courses: in every pilot province each course is given once.
_PROVIDERS: Final = (
    ("a", "ក", "22", _SERVICES), ("b", "ខ", "22", _CRAFTS), ("c", "គ", "22", _LAND),
    ("d", "ឃ", "15", _SERVICES), ("e", "ង", "15", _CRAFTS), ("f", "ច", "15", _LAND),
    ("g", "ឆ", "13", _SERVICES), ("h", "ជ", "13", (*_CRAFTS, *_LAND)),
)  # fmt: skip
_TOO_SMALL: Final = frozenset({("15", "construction"), ("22", "agriculture"), ("13", "food"), ("22", "garment")})
"""Courses, by province, with seats for three in five of those who want one."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course given once; `seats` people can take it, and who passes has shown the skills."""

    course: str
    title_en: str
    title_km: str
    sector: str
    occupation: str | None
    skills: tuple[str, ...]
    seats: int
    starts: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A training provider with the province it stands in and its courses."""

    provider: str
    title_en: str
    title_km: str
    province: str
    courses: tuple[Course, ...]


def providers(wanted: Mapping[tuple[str, str], int], today: date) -> tuple[Provider, ...]:
    """The eight providers. `wanted` counts who will ask, by province and what a course is for; some are too small."""
    return tuple(
        Provider(
            f"provider-{letter}",
            f"Sample Training Centre {letter.upper()}",
            f"មជ្ឈមណ្ឌលបណ្តុះបណ្តាលគំរូ {letter_km}",
            province,
            tuple(_course(letter, purpose, _seats(province, purpose, wanted), today) for purpose in purposes),
        )
        for letter, letter_km, province, purposes in _PROVIDERS
    )


def write(catalogue: tuple[Provider, ...], path: Path) -> None:
    """The catalogue as JSON."""
    content = {"note": "Made up; it resembles no real provider.", "providers": [asdict(entry) for entry in catalogue]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _course(letter: str, purpose: str, seats: int, today: date) -> Course:
    name, title_en, title_km, occupation, skills = _COURSES[purpose]
    sector = purpose if purpose in reference.sectors() else "general"
    return Course(f"{name}-{letter}", title_en, title_km, sector, occupation, skills, seats, today.isoformat())


def _seats(province: str, purpose: str, wanted: Mapping[tuple[str, str], int]) -> int:
    people = wanted.get((province, purpose), 0)
    if (province, purpose) in _TOO_SMALL:
        return max(1, people * 3 // 5)
    return 5 * math.ceil((people + 2) / 5)
