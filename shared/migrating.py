"""Migrations: Alembic's, one folder a service, run here so that each service's own part is only its versions."""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database import async_url

LOCK = 0x5265_6D69_6772
"""Taken while migrating, so that two starts at once do not migrate twice."""


def migrate(folder: Path, url: str, revision: str = "head") -> None:
    """Bring a database to a revision of the migrations in `folder`. Blocking; not for a running event loop."""
    asyncio.run(_migrate(folder, url, revision))


async def _migrate(folder: Path, url: str, revision: str) -> None:
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(_upgrade, folder, revision)
            await connection.commit()
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, folder: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def run_environment() -> None:
    """What a service's `migrations/env.py` calls: run in the connection that `migrate` opened."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
