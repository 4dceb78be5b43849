"""Transfers between centres."""

from typing import Final

from sqlalchemy import Column, DateTime, Table, Text

from services.intake.domain.transfers import Transfer
from services.intake.storage.tables import METADATA, identifier
from shared.database import Connection
from shared.kinds import Kind

transfer = Table(
    "transfer",
    METADATA,
    identifier("transfer", key=True),
    identifier("person"),
    Column("from_centre", Text),
    Column("to_centre", Text),
    Column("state", Text),
    Column("reason", Text),
    Column("requested_at", DateTime(timezone=True)),
    Column("outcome", Text),
    Column("settled_at", DateTime(timezone=True)),
)

TRANSFERS = Kind(Transfer, transfer, minted=True)

MOVE_CONFLICTS: Final = "update conflict set centre = $2 where person = $1 and state = 'open'"


async def is_asked(connection: Connection, person: str) -> bool:
    """Whether a centre is asked right now to look after a person whose lock the transaction holds."""
    found = await connection.fetchval("select true from transfer where person = $1 and state = 'requested'", person)
    return found is not None


async def move_conflicts(connection: Connection, person: str, centre: str) -> None:
    """What waits for the lead's decision waits for the new centre's."""
    await connection.execute(MOVE_CONFLICTS, person, centre)
