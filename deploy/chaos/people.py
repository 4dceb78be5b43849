"""Made-up returnees, vacancies and completions without end: the rows that the load sends.

Everyone wants a course and legal help, so that each registration leads to a completion and to decisions; names, numbers
and forms are those of the demo's people, which resemble nobody.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from typing import Any, Final

from deploy.demo import people
from shared import reference

PROVIDER: Final = "sample-provider"
COURSES: Final = 8
"""Each with as many seats as a course may have: more than a run has people."""
SEATS: Final = 10_000
CENTRES: Final = {"oddar-meanchey": "22", "pursat": "15", "preah-vihear": "13"}
OCCUPATION, SKILLS = "8153", ("machine-sewing", "overlock-sewing")


def today() -> date:
    """By UTC, which no service is ahead of."""
    return datetime.now(UTC).date()


def catalogue() -> list[dict[str, Any]]:
    """Equal courses, over which people are spread."""
    return [
        {
            "course": f"sewing-sample-{number}",
            "provider": PROVIDER,
            "title_en": "Sewing by machine",
            "title_km": "ដេរដោយម៉ាស៊ីន",
            "sector": "garment",
            "occupation": OCCUPATION,
            "skills": list(SKILLS),
            "seats": SEATS,
            "starts": today().isoformat(),
        }
        for number in range(1, COURSES + 1)
    ]


def registrations(dice: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    """Centres with forms, one after the other."""
    communes = {
        centre: [code for code in reference.communes() if code[:2] == place] for centre, place in CENTRES.items()
    }
    phones, names, centres = people.phones(), cycle(people.names(1)), cycle(CENTRES)
    for number in count(1):
        centre = next(centres)
        name_km, name_latin = next(names)
        yield (
            centre,
            {
                "form_no": f"C-{number:06}",
                "name_km": name_km,
                "name_latin": name_latin,
                "sex": dice.choice(("female", "male")),
                "birth_date": (today() - timedelta(days=dice.randrange(20 * 366, 60 * 365))).isoformat(),
                "phone": next(phones),
                "phone_owner": "self",
                "language": "km",
                "id_number": "",
                "id_missing_reason": "lost",
                "commune": dice.choice(communes[centre]),
                "return_date": "2025-08-01",
                "border_point": "poipet",
                "sector_abroad": "garment",
                "occupation": OCCUPATION,
                "skills": "",
                "needs": "training;legal-aid;job",
                "consent": "services;employment;messages",
                "consent_given": "signed",
                "debt_usd": "",
                "note": "",
            },
        )


def vacancies(dice: random.Random) -> Iterator[dict[str, str]]:
    """Vacancies for who has learnt the course."""
    communes = [code for code in reference.communes() if code[:2] in CENTRES.values()]
    for number in count(1):
        yield {
            "vacancy_no": f"V-{number:06}",
            "employer": f"example-workshop-{dice.randint(1, 12)}",
            "occupation": OCCUPATION,
            "skills": dice.choice(SKILLS),
            "commune": dice.choice(communes),
            "seats": "1",
            "wage_usd": str(dice.randrange(205, 420, 5)),
            "closes": (today() + timedelta(60)).isoformat(),
        }


def completion(code: str, course: str) -> dict[str, str]:
    """A provider's row for the code that a person carried there."""
    return {"code": code, "course": course, "completed_on": today().isoformat(), "result": "passed", "skills": ""}
