"""Notifications' tables, and how its aggregates are kept in them."""

from sqlalchemy import Boolean, Column, Date, DateTime, MetaData, Table, Text, Uuid, false, text
from sqlalchemy.dialects.postgresql import JSONB

from services.notifications.domain.telling import Message, Recipient
from shared.kinds import Kind

METADATA = MetaData()

recipient = Table(
    "recipient",
    METADATA,
    Column("person", Uuid(as_uuid=False), primary_key=True),
    Column("contact", Uuid(as_uuid=False)),
    Column("channel", Text),
    Column("language", Text, nullable=False, server_default=text("'km'")),
    Column("consented", Boolean),
    Column("consent_expires", Date),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("centres", JSONB, nullable=False, server_default=text("'[]'")),
    Column("waiting", JSONB, nullable=False, server_default=text("'[]'")),
)

message = Table(
    "message",
    METADATA,
    Column("message", Uuid(as_uuid=False), primary_key=True),
    Column("person", Uuid(as_uuid=False), nullable=False),
    Column("caseid", Uuid(as_uuid=False)),
    Column("about", Uuid(as_uuid=False), nullable=False),
    Column("template", Text, nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("contact", Uuid(as_uuid=False)),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("happened_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    Column("correlationid", Uuid(as_uuid=False), nullable=False),
    Column("traceparent", Text),
)

RECIPIENTS = Kind(Recipient, recipient, created=True)
MESSAGES = Kind(Message, message, minted=True)

KINDS = (RECIPIENTS, MESSAGES)
"""In the order they are locked."""

READY = "select message::text, person::text from message where state = 'ready' order by happened_at, message limit $1"
"""What is to be sent next, the oldest facts first."""

READY_OF_PERSONS = """
select message::text from message where person = any($1::uuid[]) and state = 'ready' order by message
"""

OF_PERSON = """
select message::text, about::text, template, fields::text, channel, language, state, reason, happened_at, settled_at
from message where person = $1::uuid
order by happened_at desc, message limit $2
"""
RECIPIENT_OF_PERSON = """
select channel, language, consented, consent_expires, silent, centres::text, waiting::text
from recipient where person = $1::uuid
"""
COUNTS = "select template, state, count(*) as number from message group by template, state"
WAITING = "select coalesce(sum(jsonb_array_length(waiting)), 0)::bigint from recipient where waiting <> '[]'"
