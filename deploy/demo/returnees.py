"""Returnees as a centre's clerk would type them, in the proportions that surveys found.

71 % in debt, about 5,500 US dollars on average, 85 % of the borrowers behind (CENTRAL, December 2025); two thirds
women, 72 % without work (Plan International, December 2025); a quarter above 45 (the ministry's groups); the wave after
24 July 2025. The shares of the sectors and of the other needs are the authors' guess: no source gave any.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from deploy.demo import people
from deploy.demo.planted import Cells, chance
from shared import reference

WAVE: Final = date(2025, 7, 24)


@dataclass(frozen=True, slots=True)
class Centre:
    """A Migrant Worker Resource Centre with the province it stands in."""

    code: str
    province: str
    prefix: str
    returnees: int
    border_points: tuple[str, ...]


CENTRES: Final = (
    Centre("oddar-meanchey", "22", "OM", 215, ("osmach", "osmach", "choam", "poipet")),
    Centre("pursat", "15", "PS", 235, ("phsar-prum", "doung", "poipet", "cham-yeam")),
    Centre("preah-vihear", "13", "PV", 210, ("choam", "osmach", "poipet", "siem-reap-airport")),
)
"""The three pilot centres; `returnees` counts those whose rows are right."""

SECTORS: Final = {
    "construction": 22, "agriculture": 20, "food": 12, "garment": 10, "domestic-work": 8, "vending": 6, "fishing": 5,
    "hospitality": 5, "production": 4, "electronics": 3, "automotive": 2, "driving": 1, "renewable-energy": 1,
    "metalwork": 1,
}  # fmt: skip
"""Sectors of the work abroad, in hundredths."""

# Need: chance. Those that hang on something else follow in `_needs`.
_NEEDS: Final = {
    "training": 0.80, "job": 0.72, "recognition": 0.15, "enterprise": 0.20, "poverty": 0.40, "health-care": 0.10,
    "distress": 0.25, "disability": 0.03, "unpaid-wages": 0.20, "legal-aid": 0.08, "near-home": 0.15,
    "no-lifting": 0.04, "literacy": 0.10, "social-protection": 0.30,
}  # fmt: skip
_PURPOSES: Final = {"services": 0.96, "employment": 0.93, "messages": 0.88, "social-protection": 0.85}


def returnees(seed: int, today: date) -> Iterator[tuple[Centre, Iterator[Cells]]]:
    """For each centre as many clean rows as are asked for; names, numbers and forms are nowhere the same."""
    names, phones, numbers = people.names(seed), people.phones(), people.identity_numbers()
    for centre in CENTRES:
        yield centre, _rows(centre, chance(seed, centre.code), today, names, phones, numbers)


def _rows(
    centre: Centre,
    draw: random.Random,
    today: date,
    names: Iterator[tuple[str, str]],
    phones: Iterator[str],
    numbers: Iterator[str],
) -> Iterator[Cells]:
    home = [code for code in reference.communes() if code.startswith(centre.province)]
    for number, (name_km, name_latin) in enumerate(names, start=1):
        sex = "female" if draw.random() < 0.66 else "male"
        sector = draw.choices(list(SECTORS), list(SECTORS.values()))[0]
        age = draw.randint(46, 64) if draw.random() < 0.27 else draw.randint(18, 45)
        debt = _debt(draw)
        card = draw.choices(("held", "pawned", "lost", "none"), (85, 8, 4, 3))[0]
        owner = draw.choices(("self", "family", "neighbour", "none"), (72, 19, 5, 4))[0]
        purposes = [purpose for purpose, share in _PURPOSES.items() if draw.random() < share]
        yield {
            "form_no": f"{centre.prefix}-{number:04}",
            "name_km": name_km,
            "name_latin": name_latin,
            "sex": sex,
            "birth_date": (today - timedelta(days=age * 365 + draw.randrange(365))).isoformat(),
            "phone": "" if owner == "none" else next(phones),
            "phone_owner": owner,
            "language": "en" if draw.random() < 0.02 else "km",
            "id_number": next(numbers) if card == "held" else "",
            "id_missing_reason": "" if card == "held" else card,
            "commune": draw.choice(home),
            "return_date": (WAVE + timedelta(days=min(int(draw.expovariate(1 / 20)), 120))).isoformat(),
            "border_point": draw.choice(centre.border_points),
            "sector_abroad": sector,
            "occupation": draw.choice(reference.sectors()[sector].occupations[:3]),
            "skills": _skills(draw, sector),
            "needs": _needs(draw, sex, age, debt, card),
            "consent": ";".join(purposes),
            "consent_given": draw.choice(("signed", "signed", "spoken")) if purposes else "",
            "debt_usd": str(debt) if debt or draw.random() < 0.5 else "",
            "note": draw.choice(("", "", "", "ជួបនៅឃុំ", "met at the job fair", "សូមទាក់ទងពេលព្រឹក")),
        }


def _debt(draw: random.Random) -> int:
    """71 % owe something, 5,500 dollars on average; debts are skewed, so their logarithm is taken as normal."""
    spread = 0.7
    owed = draw.lognormvariate(math.log(5_500) - spread**2 / 2, spread)
    return max(50, int(round(owed, -1))) if draw.random() < 0.71 else 0


def _skills(draw: random.Random, sector: str) -> str:
    known = [skill.code for skill in reference.skills().values() if skill.sector == sector]
    return ";".join(draw.sample(known, draw.randint(0, min(3, len(known)))))


def _needs(draw: random.Random, sex: str, age: int, debt: int, card: str) -> str:
    shares = dict(_NEEDS)
    if debt:
        shares["debt-advice"] = 0.85
    if card != "held":
        shares["identity-document"] = 0.9
    if sex == "female" and age < 45:
        shares |= {"pregnancy": 0.04, "childcare": 0.2}
    return ";".join(need for need, share in shares.items() if draw.random() < share)
