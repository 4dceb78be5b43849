"""Partial registrations, outside ids, households, versions and conflicts."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS: tuple[str, ...] = (
    # Keyed digests of what a person is found by. Identities from before get theirs from the service, page by page.
    "alter table identity add column keys bigint[]",
    "create index identity_keys on identity using gin (keys)",
    "create index identity_unkeyed on identity (person) where keys is null",
    # A person is taken up with what is known of her, be it nothing; the rest comes later.
    "alter table person alter column sex drop not null, add column version integer not null default 1",
    """alter table cases
        alter column commune drop not null,
        add column commune_origin text,
        add column return_kind text,
        add column country text,
        add column work_years integer,
        add column unpaid_wages_usd integer,
        add column debt_monthly_usd integer,
        add column schooling text,
        add column documents_held jsonb,
        add column vulnerabilities jsonb,
        add column version integer not null default 1,
        add column flags jsonb""",
    "create index cases_flagged on cases (centre) where flags is not null",
    # Contents of the identity store beside who a person is, by what they belong to. Those that expire are taken away
    # by a timer of their own.
    """create table sealed (
        sort text not null,
        id uuid not null,
        person uuid,
        content jsonb not null,
        expires_at timestamptz,
        primary key (sort, id)
    )""",
    "create index sealed_person on sealed (person) where person is not null",
    # Every change of a person's or a case's fields: who made it, when by the device's clock and by ours. `content`
    # has the values before and after, and belongs to the identity store.
    """create table change (
        record uuid not null,
        version integer not null,
        sort text not null check (sort in ('person', 'case')),
        person uuid not null,
        author text not null,
        device_at timestamptz,
        changed_at timestamptz not null,
        content jsonb not null,
        primary key (record, version)
    )""",
    "create index change_person on change (person)",
    # When an event of ours was written down, by the clock of the device that told it.
    "create table device_time (event uuid primary key, device_at timestamptz not null)",
    # What somebody has to decide: two edits of one field, or a request whose key came back with other content. What
    # stood in them is sealed under the conflict's id.
    """create table conflict (
        conflict uuid primary key,
        sort text not null check (sort in ('person', 'case', 'request')),
        person uuid,
        record uuid,
        centre text,
        author text not null,
        fields jsonb not null,
        based_on integer,
        device_at timestamptz,
        opened_at timestamptz not null,
        expires_at timestamptz not null,
        state text not null check (state in ('open', 'resolved', 'expired')),
        settled_at timestamptz,
        settled_by text
    )""",
    "create index conflict_person on conflict (person) where person is not null",
    "create index conflict_author on conflict (author) where state = 'open'",
    "create index conflict_centre on conflict (centre) where state = 'open'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
