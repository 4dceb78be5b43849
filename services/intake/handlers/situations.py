"""What is looked up where referrals may have to go to another provider: once a batch, and only where one has to."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from services.intake import storage
from services.intake.domain import offices, rerouting
from services.intake.domain.model import Case, Offer, Referral
from services.intake.domain.offices import Directory
from services.intake.domain.referrals import Wanted
from services.intake.domain.rerouting import Situation
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.database import Connection
from shared.kinds import Decision, Working

FACT: Final = "surroundings"


class Surroundings(NamedTuple):
    """Cases and referrals of the persons concerned, who could be asked instead, and codes that nobody has."""

    cases: Mapping[str, Case]
    referrals: Mapping[str, Referral]
    offered: list[Offer]
    directory: Directory
    codes: Iterator[str]


async def look_around(connection: Connection, working: Working, leaving: Collection[Referral]) -> None:
    """For referrals that may leave their provider; their persons are locked."""
    if not leaving:
        return
    persons = sorted({referral.person for referral in leaving})
    kinds = {referral.kind for referral in leaving}
    working.facts[FACT] = Surroundings(
        await storage.of_persons(connection, CASES, persons),
        await storage.of_persons(connection, REFERRALS, persons),
        await storage.all_offers(connection) if kinds.intersection(rerouting.BY_OFFER) else [],
        await storage.directory(connection) if kinds.intersection(offices.KINDS) else offices.NONE,
        await storage.reserve_codes(connection, len(leaving)),
    )


def situation(working: Working, referral: Referral) -> Situation:
    """What a re-route of this referral goes by: as it was read, and over that as this batch has left it."""
    read: Surroundings = working.facts[FACT]
    known = {**read.referrals, **{held.referral: held for held in working.every(REFERRALS)}}
    made = [each for each in known.values() if each.caseid == referral.caseid]
    case = working.find(CASES, referral.caseid) or read.cases[referral.caseid]
    return Situation(working.get(PERSONS, referral.person), case, made, read.offered, read.directory)


def codes(working: Working) -> Iterator[str]:
    read: Surroundings = working.facts[FACT]
    return read.codes


def noted(working: Working, decision: Decision) -> Decision:
    """The directory brought up to what this decision asks of an office."""
    read: Surroundings = working.facts[FACT]
    asked = [
        Wanted(each.service, each.kind, each.purpose, provider=each.provider)
        for each in decision.changes
        if isinstance(each, Referral) and each.rerouted_from is not None and each.state == "requested"
    ]
    working.facts[FACT] = read._replace(directory=offices.taking(read.directory, asked))
    return decision
