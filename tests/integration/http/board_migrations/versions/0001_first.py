from alembic import op

from shared.schema import CORE_1, CORE_2, CORE_3

revision = "0001"
down_revision = None

BOARD = (
    "create table note (note uuid primary key, person uuid not null, centre text not null, words text not null)",
    "create table desk (desk text primary key, person uuid not null, uses integer not null default 0)",
)


def upgrade() -> None:
    for statement in (*CORE_1, *CORE_2, *CORE_3, *BOARD):
        op.execute(statement)
