"""Conflicts, without what stands in them."""

from sqlalchemy import Column, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.intake.domain.conflicts import Conflict
from services.intake.storage.tables import METADATA, identifier
from shared.kinds import Kind

conflict = Table(
    "conflict",
    METADATA,
    identifier("conflict", key=True),
    Column("sort", Text),
    identifier("person"),
    identifier("record"),
    Column("centre", Text),
    Column("author", Text),
    Column("fields", JSONB),
    Column("based_on", Integer),
    Column("device_at", DateTime(timezone=True)),
    Column("opened_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("state", Text),
    Column("settled_at", DateTime(timezone=True)),
    Column("settled_by", Text),
)

CONFLICTS = Kind(Conflict, conflict, minted=True)
