"""What the rules of social protection need to know of a person, from the identity store: who she is, and what she said
when she was asked. It is read for the rules and for her own counsellors, and goes nowhere else."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from services.intake import identity, sealed
from services.intake.domain.eligibility import Facts, facts_of_person
from services.intake.domain.model import Identity
from services.intake.domain.scheme_rules import facts as known_facts
from services.intake.sealed import Sealed
from shared.database import Connection

SORT: Final = "circumstances"
"""Sort of the sealed contents: by fact, what she said (`value`) and when (`said_on`)."""

Said = Mapping[str, Mapping[str, Any]]


async def facts_of(connection: Connection, persons: Collection[str], on: date) -> dict[str, Facts]:
    """What the rules may believe of each of these persons on this day."""
    who = await identity.read(connection, persons)
    said = await sealed.unseal(connection, SORT, persons)
    return {
        person: facts_of_person(who.get(person, Identity()), said.get(person, {}), known_facts(), on)
        for person in persons
    }


async def said_by(connection: Connection, person: str) -> Said:
    """What she said, by fact."""
    said: Said = (await sealed.unseal(connection, SORT, [person])).get(person, {})
    return said


async def keep(connection: Connection, person: str, said: Said) -> None:
    """Keep this in place of what she said before."""
    await sealed.seal(connection, [Sealed(SORT, person, person, said)])
