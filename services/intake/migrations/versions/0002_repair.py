"""What operators do about parked events is kept."""

from alembic import op

from shared.schema import CORE_2

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for statement in CORE_2:
        op.execute(statement)
