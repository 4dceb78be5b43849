"""The parrot's schema."""

from alembic import op

from shared.schema import CORE_1, CORE_2, CORE_3

revision = "0001"
down_revision = None


def upgrade() -> None:
    for statement in (*CORE_1, *CORE_2, *CORE_3):
        op.execute(statement)
    op.execute(
        """create table tally (
            person uuid primary key,
            heard jsonb not null default '[]',
            number integer not null default 0,
            refused integer not null default 0 check (refused = 0)
        )"""
    )
