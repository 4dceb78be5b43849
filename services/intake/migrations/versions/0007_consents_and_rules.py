"""Consents with their history and confirmations; eligibility answers by dated rules."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS: tuple[str, ...] = (
    # Consents that hold stand with the person, each with an id from now on; those that ended are kept here.
    """create table ended_consent (
        consent uuid primary key,
        person uuid not null,
        purpose text not null,
        text_version text not null,
        given text not null,
        given_at timestamptz,
        expires date,
        how text not null check (how in ('withdrawn', 'expired', 'replaced')),
        ended_at timestamptz not null,
        waiting jsonb not null,
        confirmed jsonb not null,
        confirm_by timestamptz,
        late boolean not null
    ) with (fillfactor = 80)""",
    "create index ended_consent_person on ended_consent (person)",
    # Few at any time: those that somebody has not confirmed.
    "create index ended_consent_waiting on ended_consent (confirm_by) where waiting <> '[]'",
    """update person set consents = (
            select jsonb_object_agg(
                purpose, consent || jsonb_build_object('consent', gen_random_uuid()::text, 'given_at', null))
            from jsonb_each(consents) as held (purpose, consent)
        ) where consents <> '{}'""",
    # They end on their day by a timer; nothing watched that before.
    """insert into timer (name, subject, due_at, correlationid, data)
        select 'consent-expiry', person, ((consent ->> 'expires')::date + 1)::timestamp at time zone 'Asia/Phnom_Penh',
               gen_random_uuid(), jsonb_build_object('purpose', purpose, 'consent', consent ->> 'consent')
        from person, jsonb_each(consents) as held (purpose, consent)
        where consent ->> 'expires' is not null""",
    # Which answer is the last, whatever the clock did.
    "alter table evaluation add column position bigint generated always as identity",
    # What a counsellor decided on an answer of the rules.
    """create table eligibility_decision (
        evaluation uuid primary key,
        person uuid not null,
        caseid uuid not null,
        scheme text not null,
        decision text not null check (decision in ('refer', 'not-now')),
        reason text,
        decided_at timestamptz not null,
        referral uuid
    )""",
    "create index eligibility_decision_case on eligibility_decision (caseid)",
    # By which rules cases were judged last; one row.
    """create table rules_in_force (
        one boolean primary key check (one),
        version text not null,
        since timestamptz not null
    )""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
