"""Assessments, plans with approval, sessions, outreach, legal matters, and what was said in confidence about them."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS: tuple[str, ...] = (
    """create table assessment (
        assessment uuid primary key,
        person uuid not null,
        caseid uuid not null,
        moment text not null,
        due_on date not null,
        state text not null check (state in ('due', 'recorded')),
        questionnaire text,
        held_on date
    )""",
    "create index assessment_person on assessment (person)",
    "create index assessment_case on assessment (caseid, moment)",
    "create index assessment_due on assessment (caseid, due_on) where state = 'due'",
    """create table case_plan (
        caseid uuid primary key,
        person uuid not null,
        approve_by date not null,
        state text not null check (state in ('draft', 'agreed', 'approved', 'returned')),
        revision integer not null,
        given text,
        agreed_on date,
        decided_on date,
        reason text
    )""",
    """create table goal (
        goal uuid primary key,
        person uuid not null,
        caseid uuid not null,
        area text not null,
        services jsonb not null,
        due_on date not null,
        state text not null check (state in ('open', 'reached', 'dropped')),
        changed_on date
    )""",
    "create index goal_person on goal (person)",
    "create index goal_open on goal (caseid, due_on) where state = 'open'",
    """create table session (
        session uuid primary key,
        person uuid not null,
        caseid uuid not null,
        kind text not null,
        mode text not null,
        planned_on date not null,
        state text not null check (state in ('planned', 'held', 'missed', 'cancelled')),
        changed_on date
    )""",
    "create index session_person on session (person)",
    "create index session_planned on session (caseid, planned_on) where state = 'planned'",
    """create table outreach (
        outreach uuid primary key,
        person uuid not null,
        caseid uuid not null,
        channel text not null,
        made_on date not null,
        outcome text not null,
        follow_up_on date
    )""",
    "create index outreach_person on outreach (person)",
    "create index outreach_follow_up on outreach (caseid, follow_up_on) where follow_up_on is not null",
    """create table matter (
        matter uuid primary key,
        person uuid not null,
        caseid uuid not null,
        kind text not null,
        state text not null,
        next_on date not null,
        opened_on date not null,
        changed_on date not null,
        outcome text
    )""",
    "create index matter_person on matter (person)",
    "create index matter_open on matter (caseid, next_on) where outcome is null",
    # A centre's work list reads its own open cases, and what is open of each.
    "create index cases_open on cases (centre, registered_on, caseid) where state = 'open'",
    # Of the answers of schemes' rules those that propose something.
    "create index evaluation_eligible on evaluation (caseid) where outcome = 'eligible'",
    # Cases from before are looked at from now on as well; two weeks are left before their plans are called late.
    """insert into timer (name, subject, due_at, caseid, correlationid, data)
    select 'case-moment', person, greatest(now() + interval '14 days', later.day at time zone interval '7 hours'),
           caseid, gen_random_uuid(), jsonb_build_object('case', caseid::text, 'moment', 'plan')
    from cases
    cross join lateral (
        select greatest(coalesce(return_date, registered_on) + interval '1 month', registered_on + interval '14 days')
               + interval '1 day'
    ) as later (day)
    where state = 'open'""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
