"""Three hundred made-up vacancies in two files, as a job agency of each region would send them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from deploy.demo import writing
from deploy.demo.catalogue import Course, Provider
from deploy.demo.planted import Cells, InputFile, Planted, Table, chance
from deploy.demo.typing_habits import day_first, in_cells, typed
from shared import reference


@dataclass(frozen=True, slots=True)
class _Agency:
    """How an agency saves and numbers its vacancies, how many are right, and in which provinces the work is."""

    file: str
    encoding: str
    separator: str
    number: str
    good: int
    provinces: tuple[str, ...]


# The work is in the provinces of the pilot, and in those neighbours where returnees of the pilot would go.
_AGENCIES: Final = (
    _Agency("north-vacancies.csv", "cp1252", ";", "N° {:04}", 160, ("22", "13", "17")),
    _Agency("west-vacancies.xlsx", "xlsx", "", "W-{:04}", 140, ("15", "01", "02", "04")),
)
_REPEATED: Final = 3
_KIND_OF_EMPLOYER: Final = ("sample-works", "example-workshop", "trial-farm", "model-market", "exercise-hotel")

# Column, reason, and the cell as typed.
_FAULTS: Final[tuple[tuple[str, str, Callable[[Cells, date], str]], ...]] = (
    ("vacancy_no", "required", lambda clean, today: ""),
    ("employer", "required", lambda clean, today: ""),
    ("employer", "not-a-code", lambda clean, today: "Sample Works (& Sons)"),
    ("occupation", "unknown-code", lambda clean, today: "8135"),
    ("skills", "unknown-code", lambda clean, today: "bricklayng"),
    ("commune", "unknown-commune", lambda clean, today: "159999"),
    ("commune", "not-a-code", lambda clean, today: "Pursat town"),
    ("seats", "out-of-range", lambda clean, today: "0"),
    ("seats", "not-a-number", lambda clean, today: "a few"),
    ("seats", "formula", lambda clean, today: "=1+1"),
    ("wage_usd", "not-a-number", lambda clean, today: "to be agreed"),
    ("closes", "past-date", lambda clean, today: day_first(str(today - timedelta(40)))),
    ("closes", "not-a-date", lambda clean, today: "end of the month"),
)


def write_vacancies(folder: Path, seed: int, today: date, catalogue: Sequence[Provider]) -> list[InputFile]:
    """Write both files. Vacancies ask for what some course teaches, most where most people learn."""
    courses = [course for provider in catalogue for course in provider.courses if course.occupation]
    return [_write(folder, agency, chance(seed, agency.file), today, courses) for agency in _AGENCIES]


def _write(folder: Path, agency: _Agency, draw: random.Random, today: date, courses: Sequence[Course]) -> InputFile:
    places = [code for code in reference.communes() if code[:2] in agency.provinces]
    numbers = [agency.number.format(place) for place in range(1, agency.good + len(_FAULTS) + 1)]
    clean = [_vacancy(draw, number, places, today, courses) for number in numbers]
    good, spoilt = clean[: agency.good], clean[agency.good :]
    rows: list[Planted | None] = [Planted(_typed(row, agency.encoding, draw)) for row in good]
    again = [replace(row, outcome="repeated") for row in rows[:_REPEATED] if row]
    for row, (column, reason, spoil) in zip(spoilt, _FAULTS, strict=True):
        cells = row | {column: spoil(row, today)}
        rows.append(Planted(cells, "refused", column, reason, {column: str(row[column])}))
    draw.shuffle(rows)
    other_seats = Planted(good[_REPEATED] | {"seats": "99"}, "refused", "vacancy_no", "changed")
    rows += [None, *again, other_seats]
    table = Table(tuple(reference.columns("vacancies")), rows)
    path = folder / agency.file
    writing.write(table, path, agency.encoding, agency.separator)
    return table.truth(path, "vacancies", "employment-agency")


def _vacancy(draw: random.Random, number: str, places: Sequence[str], today: date, courses: Sequence[Course]) -> Cells:
    course = draw.choices(courses, [course.seats for course in courses])[0]
    skills = draw.sample(course.skills, draw.randint(1, len(course.skills)))
    return {
        "vacancy_no": number,
        "employer": f"{draw.choice(_KIND_OF_EMPLOYER)}-{draw.randint(1, 12)}",
        "occupation": course.occupation or "",
        "skills": ";".join(skills),
        "commune": draw.choice(places),
        "seats": str(draw.choices((1, 2, 3, 5, 10, 20), (30, 25, 20, 15, 8, 2))[0]),
        "wage_usd": str(draw.randrange(205, 420, 5)),
        "closes": (today + timedelta(draw.randint(20, 120))).isoformat(),
    }


def _typed(clean: Cells, encoding: str, draw: random.Random) -> Cells:
    """With a clerk's habits; in the file of Windows-1252 a blank that does not break comes along."""
    if encoding == "xlsx":
        return in_cells(clean, draw)
    row = typed(clean, draw, khmer=False)
    if draw.random() < 0.2:
        row["employer"] = str(row["employer"]).replace("-", " ").title()
    if draw.random() < 0.3:
        row["wage_usd"] = f"{clean['wage_usd']}\u00a0USD"
    return row
