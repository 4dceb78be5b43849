"""Intake's tables, and how its aggregates are kept in them.

All but offers, forms and codes belongs to one person and changes under that person's lock alone. So a transaction that
holds it may read any of her rows later on (`of_persons`), and what it read stands until it ends.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import orjson
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from services.intake.domain.model import Case, Evaluation, Heard, Offer, Person, Plan, Referral
from shared import referral_codes
from shared.database import Connection
from shared.kinds import Kind

METADATA = MetaData()


def _id(name: str, key: bool = False) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), primary_key=key)


person = Table(
    "person",
    METADATA,
    _id("person", key=True),
    Column("centre", Text),
    _id("caseid"),
    Column("sex", Text),
    _id("contact"),
    Column("channel", Text),
    Column("language", Text),
    Column("consents", JSONB),
)

cases = Table(
    "cases",  # `case` is a word of SQL
    METADATA,
    _id("caseid", key=True),
    _id("person"),
    Column("centre", Text),
    Column("registered_on", Date),
    Column("commune", Text),
    Column("return_date", Date),
    Column("border_point", Text),
    Column("sector", Text),
    Column("occupation", Text),
    Column("skills_claimed", JSONB),
    Column("id_missing_reason", Text),
    Column("debt_usd", Integer),
    Column("needs", JSONB),
    _id("plan"),
    Column("placement", JSONB),
    Column("state", Text),
    Column("closing", Text),
    Column("closed_on", Date),
)

plan = Table(
    "plan",
    METADATA,
    _id("plan", key=True),
    _id("person"),
    _id("caseid"),
    Column("rules", Text),
    Column("services", JSONB),
    Column("unmet", JSONB),
    Column("agreed_on", Date),
)

referral = Table(
    "referral",
    METADATA,
    _id("referral", key=True),
    Column("code", Text),
    _id("person"),
    _id("caseid"),
    Column("service", Text),
    Column("kind", Text),
    Column("purpose", Text),
    Column("requested_on", Date),
    Column("provider", Text),
    Column("course", Text),
    Column("scheme", Text),
    Column("occupation", Text),
    Column("priority", Text),
    Column("state", Text),
    Column("changed_on", Date),
    Column("reason", Text),
    Column("outcome", Text),
)

offer = Table(
    "offer",
    METADATA,
    Column("course", Text, primary_key=True),
    Column("provider", Text),
    Column("title_en", Text),
    Column("title_km", Text),
    Column("sector", Text),
    Column("occupation", Text),
    Column("province", Text),
    Column("skills", JSONB),
    Column("closed", Boolean),
)

evaluation = Table(
    "evaluation",
    METADATA,
    _id("evaluation", key=True),
    _id("person"),
    _id("caseid"),
    Column("scheme", Text),
    Column("rule", Text),
    Column("outcome", Text),
    Column("reason", Text),
    Column("missing", JSONB),
    Column("evaluated_at", DateTime(timezone=True)),
)

heard = Table(
    "heard",
    METADATA,
    _id("id", key=True),
    _id("person"),
    Column("owner", Text),
    Column("type", Text),
    Column("sequence", BigInteger),
    Column("time", DateTime(timezone=True)),
    _id("caseid"),
    _id("correlationid"),
    _id("causationid"),
    Column("data", JSONB),
)

PERSONS = Kind(Person, person, minted=True)
CASES = Kind(Case, cases, minted=True)
PLANS = Kind(Plan, plan, minted=True)
REFERRALS = Kind(Referral, referral, minted=True)
OFFERS = Kind(Offer, offer, minted=True)
EVALUATIONS = Kind(Evaluation, evaluation, minted=True)
HEARD = Kind(Heard, heard, minted=True)

KINDS = (PERSONS, CASES, PLANS, REFERRALS, OFFERS, EVALUATIONS, HEARD)
"""In the order they are locked."""

A = TypeVar("A", bound=tuple[Any, ...])

KEYS_OF_PERSONS: Mapping[Kind[Any], str] = {
    CASES: "select caseid::text from cases where person = any($1::uuid[]) order by caseid",
    REFERRALS: "select referral::text from referral where person = any($1::uuid[]) order by referral",
}


async def of_persons(connection: Connection, kind: Kind[A], persons: Collection[str]) -> dict[str, A]:
    """All cases, or all referrals, of persons whose locks the transaction holds; by key."""
    rows = await connection.fetch(KEYS_OF_PERSONS[kind], persons)
    return await kind.load(connection, [row[0] for row in rows])


class KnownForm(NamedTuple):
    """A form that was taken before: the keyed digest of its content, and what it became."""

    digest: bytes
    person: str
    caseid: str


CLAIM_FORMS = """
insert into form (centre, form_no, digest, person, caseid)
select $1, * from unnest($2::text[], $3::bytea[], $4::uuid[], $5::uuid[])
on conflict do nothing
returning form_no
"""


async def claim_forms(connection: Connection, centre: str, forms: Mapping[str, KnownForm]) -> set[str]:
    """Take these form numbers of a centre; returns those that nobody took before.

    Sorted, so that two files with the same forms wait for each other instead of locking each other out.
    """
    numbers = sorted(forms)
    rows = await connection.fetch(
        CLAIM_FORMS,
        centre,
        numbers,
        [forms[number].digest for number in numbers],
        [forms[number].person for number in numbers],
        [forms[number].caseid for number in numbers],
    )
    return {row[0] for row in rows}


async def known_forms(connection: Connection, centre: str, numbers: Collection[str]) -> dict[str, KnownForm]:
    """The forms of a centre that were taken before, by number."""
    rows = await connection.fetch(
        "select form_no, digest, person::text, caseid::text from form where centre = $1 and form_no = any($2::text[])",
        centre,
        numbers,
    )
    return {row[0]: KnownForm(row[1], row[2], row[3]) for row in rows}


async def reserve_codes(connection: Connection, count: int) -> Iterator[str]:
    """So many referral codes that nobody has; one that is taken already is drawn anew."""
    free: list[str] = []
    while len(free) < count:
        drawn = sorted({referral_codes.mint() for _ in range(count - len(free))})
        rows = await connection.fetch(
            "insert into referral_code select unnest($1::text[]) on conflict do nothing returning code", drawn
        )
        free.extend(row[0] for row in rows)
    return iter(free)


async def all_offers(connection: Connection) -> list[Offer]:
    """Every offer, unlocked; they are some hundreds at most."""
    rows = await connection.fetch(
        "select course, provider, title_en, title_km, sector, occupation, province, skills::text, closed "
        "from offer order by course"
    )
    return [Offer._make((*row[:7], tuple(orjson.loads(row[7])), row[8])) for row in rows]
