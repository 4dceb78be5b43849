"""Which aggregates are kept in which table, and how they are read beside a person's lock."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from services.intake.domain.model import Case, Evaluation, Heard, Offer, Office, Person, Plan, Referral
from services.intake.storage.casework import ASSESSMENTS, CASEWORK, GOALS, MATTERS, OUTREACH, SESSIONS
from services.intake.storage.conflicts import CONFLICTS
from services.intake.storage.consents import ENDED_CONSENTS
from services.intake.storage.proposals import DECISIONS
from services.intake.storage.tables import cases, evaluation, heard, offer, office, person, plan, referral
from services.intake.storage.transfers import TRANSFERS
from shared.database import Connection
from shared.kinds import Kind

PERSONS = Kind(Person, person, minted=True)

CASES = Kind(Case, cases, minted=True)

PLANS = Kind(Plan, plan, minted=True)

REFERRALS = Kind(Referral, referral, minted=True)

OFFERS = Kind(Offer, offer, minted=True)

EVALUATIONS = Kind(Evaluation, evaluation, minted=True)

HEARD = Kind(Heard, heard, minted=True)

OFFICES = Kind(Office, office, minted=True)

KINDS = (
    PERSONS,
    CASES,
    PLANS,
    REFERRALS,
    OFFERS,
    EVALUATIONS,
    HEARD,
    *CASEWORK,
    OFFICES,
    CONFLICTS,
    ENDED_CONSENTS,
    DECISIONS,
    TRANSFERS,
)
"""In the order they are locked."""

A = TypeVar("A", bound=tuple[Any, ...])

KEYS_OF_PERSONS: Mapping[Kind[Any], str] = {
    CASES: "select caseid::text from cases where person = any($1::uuid[]) order by caseid",
    REFERRALS: "select referral::text from referral where person = any($1::uuid[]) order by referral",
    ASSESSMENTS: "select assessment::text from assessment where person = any($1::uuid[]) order by assessment",
    GOALS: "select goal::text from goal where person = any($1::uuid[]) order by goal",
    SESSIONS: "select session::text from session where person = any($1::uuid[]) order by session",
    OUTREACH: "select outreach::text from outreach where person = any($1::uuid[]) order by outreach",
    MATTERS: "select matter::text from matter where person = any($1::uuid[]) order by matter",
}


async def of_persons(connection: Connection, kind: Kind[A], persons: Collection[str]) -> dict[str, A]:
    """All rows of a kind, such as cases or referrals, of persons whose locks the transaction holds; by key."""
    rows = await connection.fetch(KEYS_OF_PERSONS[kind], persons)
    return await kind.load(connection, [row[0] for row in rows])


UNANSWERED_BY_EMPLOYMENT = """
select referral::text from referral
where person = any($1::uuid[]) and kind = 'employment' and state in ('requested', 'received') order by referral
"""
