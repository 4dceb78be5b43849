"""What the repair desk and the trace need besides."""

from alembic import op

from shared.schema import CORE_3

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for statement in CORE_3:
        op.execute(statement)
