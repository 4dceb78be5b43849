"""A small made-up pilot that leaves something of everything: settled, on its way through Kafka, and not yet sent."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from deploy.demo import catalogue, writing
from deploy.demo.inputs import InputFile, Inputs
from deploy.demo.planted import Planted, Table
from deploy.demo.returnees import returnees
from shared import reference

SECTOR: Final = "agriculture"
"""In which all of them worked: its course has too few seats, so that somebody is refused one."""
PEOPLE: Final = 7
LATE: Final = 1
"""People of each file that comes while something is stopped."""
SEED: Final = 1


def write_story(folder: Path, today: date) -> tuple[Inputs, list[InputFile]]:
    """What one centre, one agency and the province's providers send; and two more files for after that."""
    centre, rows = next(iter(returnees(SEED, today)))
    people = list(islice((row for row in rows if row["sector_abroad"] == SECTOR), PEOPLE + 2 * LATE))
    for place, row in enumerate(people):
        row["consent"] = "services;employment;messages;social-protection"
        row["needs"] = "recognition;job" if place % 4 == 1 else "training;job;social-protection"
    people[-1] |= {"phone": "", "phone_owner": "none"}  # cannot be told anything
    people[2] |= {"phone": "", "phone_owner": "none"}
    first = [Planted(row) for row in people[:PEOPLE]]
    # a form without its number comes back, and is corrected
    first.append(Planted(people[0] | {"form_no": "OM-X", "sex": ""}, "refused", "sex", "required", {"sex": "female"}))

    providers = tuple(
        replace(provider, courses=tuple(course for course in provider.courses if course.sector == SECTOR))
        for provider in catalogue.providers(Counter({(centre.province, SECTOR): PEOPLE}), today)
        if provider.province == centre.province
    )
    providers = tuple(provider for provider in providers if provider.courses)
    catalogue.write(providers, folder / "catalogue.json")

    def written(name: str, kind: reference.FileKind, sender: str, rows: list[Planted | None]) -> InputFile:
        table = Table(tuple(reference.columns(kind)), rows)
        writing.write(table, folder / name, "utf-8")
        return table.truth(folder / name, kind, sender)

    course = providers[0].courses[0]
    vacancies: list[Planted | None] = [
        Planted(
            {
                "vacancy_no": f"S-{number}",
                "employer": "sample-works-1",
                "occupation": str(course.occupation),
                "skills": course.skills[number % 2],
                "commune": str(people[number]["commune"]),
                "seats": "1",
                "wage_usd": "250",
                "closes": date(today.year + 1, 1, 31).isoformat(),
            }
        )
        for number in range(3)
    ]
    files = (
        written("returnees.csv", "intake", centre.code, [*first]),
        written("vacancies.csv", "vacancies", "employment-agency", vacancies),
    )
    late = [
        written(f"late-{place}.csv", "intake", centre.code, [Planted(row) for row in people[start : start + LATE]])
        for place, start in enumerate((PEOPLE, PEOPLE + LATE))
    ]
    return Inputs(folder, files, folder / "catalogue.json", providers), late
