"""Employment's first schema: the core's tables, seekers, vacancies, matches."""

from alembic import op

from shared.schema import CORE_1

revision = "0001"
down_revision = None

EMPLOYMENT = (
    """create table seeker (
        person uuid primary key,
        cases jsonb not null default '[]',
        centres jsonb not null default '[]',
        commune text,
        occupation text,
        skills jsonb not null default '[]',
        limits jsonb not null default '[]',
        assessed jsonb not null default '[]',
        consent boolean not null default false,
        consent_until date,
        referral uuid,
        seeking boolean not null default true,
        accepted uuid,
        placed boolean not null default false
    ) with (fillfactor = 70)""",
    # Those whom a vacancy may find: by a skill, or, for a vacancy that names none, by the work they did abroad.
    """create index seeker_skills on seeker using gin (skills)
       where consent and seeking and not placed and accepted is null and cases <> '[]'""",
    """create index seeker_occupation on seeker (occupation)
       where consent and seeking and not placed and accepted is null and cases <> '[]'""",
    """create table vacancy (
        vacancy uuid primary key,
        employer text not null,
        vacancy_no text not null,
        occupation text not null,
        skills jsonb not null,
        commune text not null,
        seats integer not null check (seats > 0),
        taken integer not null default 0 check (taken between 0 and seats),
        wage_usd integer,
        closes date,
        opened_at timestamptz not null,
        unique (employer, vacancy_no)
    ) with (fillfactor = 50)""",
    # Those that a person may find.
    "create index vacancy_skills on vacancy using gin (skills) where taken < seats",
    "create index vacancy_occupation on vacancy (occupation) where taken < seats and skills = '[]'",
    """create table match (
        match uuid primary key,
        person uuid not null,
        vacancy uuid not null,
        caseid uuid,
        state text not null check (state in ('proposed', 'accepted', 'declined', 'placed')),
        score integer not null check (score between 0 and 100),
        parts jsonb not null,
        missing jsonb not null,
        rules text not null,
        proposed_at timestamptz not null,
        reason text,
        starts date,
        engagement text
    ) with (fillfactor = 70)""",
    "create unique index match_person on match (person, vacancy)",
    "create index match_vacancy on match (vacancy, state)",
)


def upgrade() -> None:
    for statement in (*CORE_1, *EMPLOYMENT):
        op.execute(statement)
