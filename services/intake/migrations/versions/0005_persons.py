"""Partial registrations, outside ids, households, versions and conflicts."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS: tuple[str, ...] = (
    # Keyed digests of what a person is found by. Identities from before get theirs from the service, page by page.
    "alter table identity add column keys bigint[]",
    "create index identity_keys on identity using gin (keys)",
    "create index identity_unkeyed on identity (person) where keys is null",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
