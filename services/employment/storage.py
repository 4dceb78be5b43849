"""Employment's tables, how its aggregates are kept in them, and what queries read of them."""

from typing import Any, Final, TypeVar

import orjson
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid, false, text, true
from sqlalchemy.dialects.postgresql import JSONB

from services.employment.domain.model import Match, Seeker, Vacancy
from shared.kinds import Kind

METADATA = MetaData()

EMPTY = text("'[]'")

seeker = Table(
    "seeker",
    METADATA,
    Column("person", Uuid(as_uuid=False), primary_key=True),
    Column("cases", JSONB, nullable=False, server_default=EMPTY),
    Column("centres", JSONB, nullable=False, server_default=EMPTY),
    Column("commune", Text),
    Column("occupation", Text),
    Column("skills", JSONB, nullable=False, server_default=EMPTY),
    Column("limits", JSONB, nullable=False, server_default=EMPTY),
    Column("assessed", JSONB, nullable=False, server_default=EMPTY),
    Column("consent", Boolean, nullable=False, server_default=false()),
    Column("consent_until", Date),
    Column("referral", Uuid(as_uuid=False)),
    Column("seeking", Boolean, nullable=False, server_default=true()),
    Column("accepted", Uuid(as_uuid=False)),
    Column("placed", Boolean, nullable=False, server_default=false()),
)

vacancy = Table(
    "vacancy",
    METADATA,
    Column("vacancy", Uuid(as_uuid=False), primary_key=True),
    Column("employer", Text, nullable=False),
    Column("vacancy_no", Text, nullable=False),
    Column("occupation", Text, nullable=False),
    Column("skills", JSONB, nullable=False),
    Column("commune", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("wage_usd", Integer),
    Column("closes", Date),
    Column("opened_at", DateTime(timezone=True), nullable=False),
)

match = Table(
    "match",
    METADATA,
    Column("match", Uuid(as_uuid=False), primary_key=True),
    Column("person", Uuid(as_uuid=False), nullable=False),
    Column("vacancy", Uuid(as_uuid=False), nullable=False),
    Column("caseid", Uuid(as_uuid=False)),
    Column("state", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("parts", JSONB, nullable=False),
    Column("missing", JSONB, nullable=False),
    Column("rules", Text, nullable=False),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("reason", Text),
    Column("starts", Date),
    Column("engagement", Text),
)

SEEKERS = Kind(Seeker, seeker, created=True)
VACANCIES = Kind(Vacancy, vacancy, minted=True)
"""A vacancy's row is made, and held for the first time, under the lock of the vacancy as a subject."""
MATCHES = Kind(Match, match, minted=True)
"""A match's row is made, and changed, under the lock of its person only."""

KINDS = (SEEKERS, MATCHES, VACANCIES)
"""In the order they are locked: vacancies last, since others wait for their seats."""

A = TypeVar("A", bound=tuple[Any, ...])

_AS_TEXT: Final = (Uuid, JSONB)


def columns_of(kind: Kind[Any], alias: str) -> str:
    """What to select of a kind's table, to make aggregates of the rows with `made`."""
    types = {column.name: column.type for column in kind.table.columns}
    return ", ".join(f"{alias}.{n}::text" if isinstance(types[n], _AS_TEXT) else f"{alias}.{n}" for n in kind.columns)


def made(kind: Kind[A], row: Any) -> A:
    """An aggregate from a row that was read without a lock."""
    shape: Any = kind.type
    documents = [isinstance(kind.table.c[name].type, JSONB) for name in kind.columns]
    values = [orjson.loads(value) if document else value for document, value in zip(documents, row, strict=True)]
    aggregate: A = shape._make(_frozen(value) for value in values)
    return aggregate


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


VACANCY_OF_MATCH: Final = "select match::text, vacancy::text from match where match = any($1::uuid[])"
ONE_SEEKER: Final = f"select {columns_of(SEEKERS, 's')} from seeker s where s.person = $1"  # noqa: S608 - own tables
READ_VACANCIES: Final = f"select {columns_of(VACANCIES, 'v')} from vacancy v where v.vacancy = any($1::uuid[])"  # noqa: S608 - own tables

LIST_VACANCIES: Final = f"""
select {columns_of(VACANCIES, "v")} from vacancy v
where ($1::text is null or v.employer = $1) and v.vacancy > $2
  and (not $3::boolean or v.taken < v.seats and (v.closes is null or v.closes >= $4))
order by v.vacancy limit $5
"""  # noqa: S608 - own tables
"""Vacancies of an employer, or of all, after one of them; all, or those that have a free place."""

ONE_MATCH: Final = f"""
select {columns_of(MATCHES, "m")} from match m where m.match = $1
"""  # noqa: S608 - own tables
MATCHES_OF_PERSON: Final = f"""
select {columns_of(MATCHES, "m")} from match m where m.person = $1 order by m.score desc, m.match limit $2
"""  # noqa: S608 - own tables
MATCHES_OF_VACANCY: Final = f"""
select {columns_of(MATCHES, "m")} from match m
where m.vacancy = $1 and m.state = any($2::text[]) order by m.score desc, m.match limit $3
"""  # noqa: S608 - own tables

COUNT_VACANCIES: Final = """
select count(*), count(*) filter (where taken < seats and (closes is null or closes >= $1)),
       coalesce(sum(seats), 0), coalesce(sum(taken), 0)
from vacancy
"""
COUNT_SEEKERS: Final = (
    "select count(*), count(*) filter (where cases <> '[]'), count(*) filter (where placed) from seeker"
)
COUNT_MATCHES: Final = "select state, count(*), count(distinct person) from match group by state"
