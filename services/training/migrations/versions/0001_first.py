"""Training's first schema: the core's tables, courses, referrals."""

from alembic import op

from shared.schema import CORE_1

revision = "0001"
down_revision = None

TRAINING = (
    """create table course (
        course text primary key,
        provider text not null,
        title_en text not null,
        title_km text not null,
        occupation text,
        skills jsonb not null default '[]',
        seats integer not null check (seats > 0),
        taken integer not null default 0 check (taken between 0 and seats),
        starts date,
        closed boolean not null default false
    ) with (fillfactor = 50)""",
    """create table referral (
        code text primary key,
        referral uuid,
        person uuid,
        caseid uuid,
        kind text,
        provider text,
        course text,
        occupation text,
        state text not null default 'unheard',
        skills jsonb not null default '[]',
        outcome jsonb,
        -- Of its own, so that the index below looks at nothing that changes with every referral: those are updated in
        -- place.
        waiting boolean not null generated always as (outcome is not null and state <> 'completed') stored
    ) with (fillfactor = 50)""",
    "create index referral_waiting on referral (code) where waiting",
)


def upgrade() -> None:
    for statement in (*CORE_1, *TRAINING):
        op.execute(statement)
