"""The tables that the event core needs in each service's database, as the first migration of a service makes them.

Every statement runs on PostgreSQL 17 and 18. A later change of the core becomes a new list beside this one, applied by
a migration in each service, never an edit of this one.
"""

CORE_1 = (
    # The lock of a subject, and the number of its last event. Rows are updated in place, hence the free space.
    # `parked` tells whoever locks it that something of it may wait in `parked`: set with the first, never taken back.
    """create table subject (
        subject uuid primary key,
        sequence bigint not null default 0,
        parked boolean not null default false
    ) with (fillfactor = 70)""",
    # Every event of this owner, for ever: Kafka can be rebuilt from it. Never updated, never deleted.
    """create table ledger (
        position bigint generated always as identity primary key,
        id uuid not null,
        topic text not null,
        type text not null,
        subject uuid not null,
        sequence bigint not null,
        caseid uuid,
        time timestamptz not null,
        correlationid uuid not null,
        causationid uuid,
        traceparent text,
        data text not null,
        unique (subject, sequence)
    )""",
    # What Kafka has not acknowledged yet. Churns at the rate of events, so it is vacuumed early and often.
    """create table unsent (
        position bigint primary key
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
            autovacuum_vacuum_cost_delay = 0)""",
    # What each consumer has seen. `batch` and `place` tell in which order it was applied.
    "create sequence inbox_batch",
    """create table inbox (
        consumer text not null,
        id uuid not null,
        batch bigint not null,
        place int not null,
        primary key (consumer, id)
    )""",
    # What could not be applied, with its bytes, and whatever of the same owner and subject waits behind it.
    """create table parked (
        number bigint generated always as identity primary key,
        consumer text not null,
        id uuid,
        owner text not null,
        subject uuid,
        sequence bigint,
        type text,
        reason text not null,
        detail text not null,
        topic text not null,
        partition int not null,
        "offset" bigint not null,
        digest bytea not null,
        key bytea,
        headers jsonb not null,
        value bytea,
        state text not null default 'waiting' check (state in ('waiting', 'replayed', 'dropped')),
        parked_at timestamptz not null,
        settled_at timestamptz,
        settled_by text,
        settled_why text,
        unique (consumer, topic, partition, "offset", digest)
    )""",
    "create unique index parked_id on parked (consumer, id) where id is not null",
    "create index parked_waiting on parked (subject) where state = 'waiting'",
    # What is to be done later, once. A page of consequences is a timer that is due at once.
    """create table timer (
        number bigint generated always as identity primary key,
        name text not null,
        subject uuid not null,
        due_at timestamptz not null,
        caseid uuid,
        correlationid uuid not null,
        causationid uuid,
        traceparent text,
        attempts int not null default 0,
        data jsonb not null
    )""",
    "create index timer_due on timer (due_at, number)",
    "create index timer_subject on timer (subject)",
    # A command's key, bound to who gave it: the digest of its body and its first answer. No body is kept.
    """create table command (
        principal text not null,
        key text not null,
        digest bytea not null,
        status int,
        answer jsonb,
        recorded_at timestamptz not null,
        primary key (principal, key)
    )""",
)
"""What the first version of the core needs, one statement an entry."""

CORE_2 = (
    # What operators did about parked events: who, when and why. Of a correction also the copy as it stood before, so
    # that the record's own bytes are never lost. `why` is free text, and leaves this table for operators only.
    """create table repair (
        number bigint generated always as identity primary key,
        parked bigint not null references parked (number),
        action text not null check (action in ('corrected', 'replayed', 'dropped')),
        done_at timestamptz not null,
        done_by text not null,
        why text not null,
        code text,
        fields jsonb not null default '[]',
        headers jsonb,
        value bytea
    )""",
    "create index repair_parked on repair (parked, number)",
    "create index parked_waiting_number on parked (number) where state = 'waiting'",
)
"""What the repair desk needs, since the second version."""

CORE_3 = (
    # When it was applied, to a commit. Rows from before stay without: nobody knows any more.
    "alter table inbox add column seen_at timestamptz",
    "alter table inbox alter column seen_at set default now()",
    # A batch that could not be read stands in one row: from "offset" to `last_offset`, its bytes whole.
    "alter table parked add column last_offset bigint",
    # A trace by case or correlation does not read the whole ledger. Making them holds up commands, about a second for
    # each million events.
    "create index ledger_caseid on ledger (caseid) where caseid is not null",
    "create index ledger_correlationid on ledger (correlationid)",
    # What operators elsewhere gave up of this service's own events, as their services told.
    """create table dropped_elsewhere (
        told uuid primary key,
        consumer text not null,
        event uuid,
        type text,
        subject uuid not null,
        code text not null,
        reason text not null,
        topic text not null,
        partition int not null,
        first_offset bigint not null,
        last_offset bigint not null,
        dropped_at timestamptz not null
    )""",
    "create index dropped_elsewhere_subject on dropped_elsewhere (subject)",
)
"""What the repair desk and the trace need besides, since the third version."""
