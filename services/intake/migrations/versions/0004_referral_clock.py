"""The whole life of a referral, its clock and its chain."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS: tuple[str, ...] = (
    "alter table referral drop constraint referral_state_check",
    """alter table referral
        add constraint referral_state_check check (state in (
            'requested', 'received', 'accepted', 'rejected', 'in-progress', 'completed', 'failed', 'withdrawn',
            'expired', 're-routed')),
        add column requested_at timestamptz,
        add column steps integer not null default 0,
        add column reminded integer not null default 0,
        add column escalated text,
        add column escalated_at timestamptz,
        add column root uuid,
        add column number integer not null default 1,
        add column rerouted_from text,
        add column rerouted_to text""",
    "update referral set requested_at = requested_on::timestamp at time zone 'Asia/Phnom_Penh'",
    "alter table referral alter column requested_at set not null",
    # Referrals made before have a clock from now on. It goes off first after a day, and is then set by their true age,
    # so that an upgrade is not a flood of reminders in its first minute.
    """insert into timer (name, subject, due_at, caseid, correlationid, data)
        select 'referral-clock', person, greatest(requested_at + interval '10 days', now() + interval '1 day'), caseid,
               gen_random_uuid(), jsonb_build_object('referral', referral::text)
        from referral where state = 'requested'""",
    # What an office has open, for its capacity. Courses have seats instead, and are not in it.
    """create index referral_open_at_office on referral (provider)
        where kind in ('legal-assistance', 'health', 'shelter', 'psychosocial')
          and state in ('requested', 'received', 'accepted', 'in-progress')""",
    # What a centre has to see to: few of all referrals there are.
    "create index referral_escalated on referral (escalated_at) where escalated is not null",
    """create index referral_gone on referral (changed_on)
        where state in ('rejected', 'expired', 're-routed', 'failed')""",
    "create index referral_root on referral (root) where root is not null",
    """create table office (
        office text primary key,
        kinds jsonb not null,
        provinces jsonb not null,
        districts jsonb not null,
        capacity integer check (capacity > 0),
        title_en text not null,
        title_km text not null,
        closed boolean not null
    )""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
