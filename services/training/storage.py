"""Training's tables, and how its aggregates are kept in them."""

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Table, Text, Uuid, false, text
from sqlalchemy.dialects.postgresql import JSONB

from services.training.domain.model import Course, Referral
from shared.database import Connection
from shared.kinds import Kind

METADATA = MetaData()

course = Table(
    "course",
    METADATA,
    Column("course", Text, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("title_km", Text, nullable=False),
    Column("occupation", Text),
    Column("skills", JSONB, nullable=False, server_default=text("'[]'")),
    Column("seats", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default=text("0")),
    Column("starts", Date),
    Column("closed", Boolean, nullable=False, server_default=false()),
)

referral = Table(
    "referral",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("referral", Uuid(as_uuid=False)),
    Column("person", Uuid(as_uuid=False)),
    Column("caseid", Uuid(as_uuid=False)),
    Column("kind", Text),
    Column("provider", Text),
    Column("course", Text),
    Column("occupation", Text),
    Column("state", Text, nullable=False, server_default=text("'unheard'")),
    Column("skills", JSONB, nullable=False, server_default=text("'[]'")),
    Column("outcome", JSONB),
)

COURSES = Kind(Course, course, minted=True)
REFERRALS = Kind(Referral, referral, created=True)

KINDS = (COURSES, REFERRALS)
"""In the order they are locked."""

PERSONS_OF_CODES = "select code, person::text from referral where code = any($1::text[])"
"""Whose the referrals with these codes are, as far as they were heard of."""

_COURSES_OF_CODES = """
select course, provider, title_en, title_km, occupation, skills::text, seats, taken, starts, closed
from course where course = any($1::text[])
"""

LIST_COURSES = """
select course, provider, title_en, title_km, occupation, skills::text, seats, taken, starts, closed
from course
where ($1::text is null or provider = $1) and (not $2 or (not closed and taken < seats)) and course > $3
order by course limit $4
"""

WAITING = """
select referral.code, referral.state, referral.kind, referral.course, referral.outcome::text, course.provider
from referral join course on course.course = referral.outcome ->> 'course'
where referral.waiting
  and ($1::text is null or course.provider = $1) and referral.code > $2
order by referral.code limit $3
"""

COUNT_COURSES = """
select count(*), coalesce(sum(seats), 0), coalesce(sum(taken), 0) from course where $1::text is null or provider = $1
"""
COUNT_REFERRALS = """
select kind, state, case when state = 'completed' then outcome ->> 'result' end as result, count(*)
from referral where kind is not null and ($1::text is null or provider = $1)
group by kind, state, result
"""
COUNT_WAITING = """
select count(*)
from referral join course on course.course = referral.outcome ->> 'course'
where referral.waiting and ($1::text is null or course.provider = $1)
"""


async def courses_by_code(connection: Connection, codes: Collection[str]) -> dict[str, Course]:
    """These courses, not locked: for what does not touch their seats."""
    return {row[0]: course_of(row) for row in await connection.fetch(_COURSES_OF_CODES, codes)}


def course_of(row: Any) -> Course:
    """The course in a row of a query."""
    fields = dict(row)
    return Course(**{**fields, "skills": tuple(orjson.loads(fields["skills"]))})
