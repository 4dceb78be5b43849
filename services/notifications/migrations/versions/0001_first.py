"""Notifications' first schema: the core's tables, recipients, messages."""

from alembic import op

from shared.schema import CORE_1

revision = "0001"
down_revision = None

NOTIFICATIONS = (
    """create table recipient (
        person uuid primary key,
        contact uuid,
        channel text,
        language text not null default 'km',
        consented boolean,
        consent_expires date,
        silent boolean not null default false,
        centres jsonb not null default '[]',
        waiting jsonb not null default '[]'
    ) with (fillfactor = 70)""",
    "create index recipient_waiting on recipient (person) where waiting <> '[]'",
    """create table message (
        message uuid primary key,
        person uuid not null,
        caseid uuid,
        about uuid not null,
        template text not null,
        fields jsonb not null,
        contact uuid,
        channel text not null,
        language text not null,
        state text not null check (state in ('ready', 'delivered', 'failed', 'withheld')),
        reason text,
        happened_at timestamptz not null,
        settled_at timestamptz,
        correlationid uuid not null,
        traceparent text
    ) with (fillfactor = 70)""",
    "create index message_ready on message (happened_at, message) where state = 'ready'",
    "create index message_person on message (person, happened_at)",
)


def upgrade() -> None:
    for statement in (*CORE_1, *NOTIFICATIONS):
        op.execute(statement)
