"""Training's tables, and how its aggregates are kept in them."""

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Table, Text, Uuid, false, text
from sqlalchemy.dialects.postgresql import JSONB

from services.training.domain import Course, Referral
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
    Column("result", Text),
    Column("completed_on", Date),
    Column("skills", JSONB, nullable=False, server_default=text("'[]'")),
    Column("waiting", JSONB),
)

COURSES = Kind(Course, course)
REFERRALS = Kind(Referral, referral, created=True)

KINDS = (COURSES, REFERRALS)
"""In the order they are locked."""
