"""What every command does first: find a person, a case or a referral, and hold it under the person's lock."""

from services.intake import storage
from services.intake.domain.model import Case, Person, Referral
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.commands import Command, Unit
from shared.rejections import Absent


def own_centre(command: Command) -> str:
    """The asker's centre, for which she registers; the policy lets only members of a centre do so."""
    centre = command.principal.centre
    if centre is None:
        raise Absent
    return centre


async def hold_person(unit: Unit, command: Command, person: str) -> Person:
    """A person of the asker's centre. Raises Absent for another's."""
    working = await unit.hold([person], [PERSONS(person)])
    held = working.get(PERSONS, person)
    command.access.require(centre=held.centre)
    return held


async def hold_case(unit: Unit, command: Command, caseid: str) -> tuple[Person, Case]:
    """A case of the asker's centre with its person. Raises Absent for another's."""
    person = await unit.connection.fetchval("select person::text from cases where caseid = $1", caseid)
    if person is None:
        raise Absent
    working = await unit.hold([person], [PERSONS(person), CASES(caseid)])
    case = working.get(CASES, caseid)
    command.access.require(centre=case.centre)
    return working.get(PERSONS, person), case


async def hold_referral(unit: Unit, code: str) -> tuple[Referral, Case]:
    """A referral by its code, with its case; whoever asks for it is still to be looked at. Raises Absent."""
    row = await unit.connection.fetchrow(
        "select referral::text, person::text, caseid::text from referral where code = $1", code
    )
    if row is None:
        raise Absent
    referral, person, caseid = row
    working = await unit.hold([person], [PERSONS(person), CASES(caseid), REFERRALS(referral)])
    return working.get(REFERRALS, referral), working.get(CASES, caseid)


async def referrals_of(unit: Unit, person: str, caseid: str) -> list[Referral]:
    """Every referral of a case whose person is held."""
    every = await storage.of_persons(unit.connection, REFERRALS, [person])
    return [referral for referral in every.values() if referral.caseid == caseid]
