"""Intake's first schema: the core's tables, persons and who they are, cases, plans, referrals, what others told."""

from alembic import op

from shared.schema import CORE_1

revision = "0001"
down_revision = None

INTAKE = (
    """create table person (
        person uuid primary key,
        centre text not null,
        caseid uuid not null,
        sex text not null,
        contact uuid not null,
        channel text not null,
        language text not null,
        consents jsonb not null
    ) with (fillfactor = 80)""",
    # Who the person is: read and written by identity.py alone.
    """create table identity (
        person uuid primary key,
        contact uuid not null unique,
        content jsonb not null
    )""",
    """create table cases (
        caseid uuid primary key,
        person uuid not null,
        centre text not null,
        registered_on date not null,
        commune text not null,
        return_date date,
        border_point text,
        sector text,
        occupation text,
        skills_claimed jsonb not null,
        id_missing_reason text,
        debt_usd integer,
        needs jsonb,
        plan uuid,
        placement jsonb,
        state text not null check (state in ('open', 'closed')),
        closing text,
        closed_on date
    ) with (fillfactor = 80)""",
    "create index cases_person on cases (person)",
    # Which form of which centre became which case; the keyed digest tells a repeated row from a changed one.
    """create table form (
        centre text not null,
        form_no text not null,
        digest bytea not null,
        person uuid not null,
        caseid uuid not null,
        primary key (centre, form_no)
    )""",
    """create table plan (
        plan uuid primary key,
        person uuid not null,
        caseid uuid not null,
        rules text not null,
        services jsonb not null,
        unmet jsonb not null,
        agreed_on date not null
    )""",
    # Every code ever drawn, so that a clash is met before the referral is written.
    "create table referral_code (code text primary key)",
    """create table referral (
        referral uuid primary key,
        code text not null unique,
        person uuid not null,
        caseid uuid not null,
        service text not null,
        kind text not null,
        purpose text not null,
        requested_on date not null,
        provider text,
        course text,
        scheme text,
        occupation text,
        priority text not null,
        state text not null check (state in ('requested', 'accepted', 'rejected', 'completed', 'withdrawn')),
        changed_on date,
        reason text,
        outcome text
    ) with (fillfactor = 80)""",
    "create index referral_person on referral (person)",
    "create index referral_provider on referral (provider, requested_on) where provider is not null",
    "create index referral_scheme on referral (scheme, requested_on) where scheme is not null",
    """create table offer (
        course text primary key,
        provider text not null,
        title_en text not null,
        title_km text not null,
        sector text,
        occupation text,
        province text,
        skills jsonb not null,
        closed boolean not null
    )""",
    """create table evaluation (
        evaluation uuid primary key,
        person uuid not null,
        caseid uuid not null,
        scheme text not null,
        rule text not null,
        outcome text not null check (outcome in ('eligible', 'not-eligible', 'unknown')),
        reason text not null,
        missing jsonb not null,
        evaluated_at timestamptz not null
    )""",
    "create index evaluation_case on evaluation (caseid)",
    # What other services told of the person, for her timeline; her own service's facts are in the ledger.
    """create table heard (
        id uuid primary key,
        person uuid not null,
        owner text not null,
        type text not null,
        sequence bigint not null,
        time timestamptz not null,
        caseid uuid,
        correlationid uuid not null,
        causationid uuid,
        data jsonb not null
    )""",
    "create index heard_person on heard (person)",
)


def upgrade() -> None:
    for statement in (*CORE_1, *INTAKE):
        op.execute(statement)
