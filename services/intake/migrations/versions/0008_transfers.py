"""Finding persons, transfers between centres, closing and reopening."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS: tuple[str, ...] = (
    """create table transfer (
        transfer uuid primary key,
        person uuid not null,
        from_centre text not null,
        to_centre text not null,
        state text not null check (state in ('requested', 'accepted', 'declined', 'withdrawn')),
        reason text not null,
        requested_at timestamptz not null,
        outcome text,
        settled_at timestamptz
    )""",
    "create unique index transfer_asked on transfer (person) where state = 'requested'",
    "create index transfer_to on transfer (to_centre, state, requested_at)",
    "create index transfer_from on transfer (from_centre, state, requested_at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
