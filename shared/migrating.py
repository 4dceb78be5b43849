"""Migrations: Alembic's, one folder a service, run here so that each service's own part is only its versions."""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database import async_url

LOCK = 0x5265_6D69_6772
"""Taken while migrating, so that two starts at once do not migrate twice."""
MOST_TRIES = 50
PAUSE_SECONDS = 0.2
GAVE_WAY = ("40P01", "55P03")
"""A deadlock or a lock that was not got in time, as where services work on the tables that are migrated: all of it is
undone, and done again."""


def migrate(folder: Path, url: str, revision: str = "head") -> None:
    """Bring a database to a revision of the migrations in `folder`. Blocking; not for a running event loop."""
    asyncio.run(_migrate(folder, url, revision))


async def _migrate(folder: Path, url: str, revision: str) -> None:
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
            for left in reversed(range(MOST_TRIES)):
                try:
                    await connection.run_sync(_upgrade, folder, revision)
                    await connection.commit()
                    break
                except DBAPIError as error:
                    if not left or getattr(error.orig, "sqlstate", None) not in GAVE_WAY:
                        raise
                    await connection.rollback()  # the lock above is the session's, and stays
                await asyncio.sleep(PAUSE_SECONDS)
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
