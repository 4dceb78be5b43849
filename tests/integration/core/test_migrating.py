"""A migration of tables that somebody works on: where both wait for each other it gives way, and is done again."""

import asyncio
import uuid
from pathlib import Path

import asyncpg

from shared.migrating import migrate
from tests.waiting import administer, at_database, until

ENVIRONMENT = "from shared.migrating import run_environment\n\nrun_environment()\n"
VERSION = """
from alembic import op

revision = "{revision}"
down_revision = {before}


def upgrade() -> None:
    for statement in {statements}:
        op.execute(statement)
"""
WAITS = """
select exists (select from pg_locks join pg_database on pg_database.oid = database
               where not granted and datname = current_database())
"""


def lay(folder: Path) -> None:
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENVIRONMENT)
    for revision, before, statements in (
        ("0001", None, ["create table first (a int)", "create table second (a int)"]),
        ("0002", "0001", ["alter table first add column b int", "alter table second add column b int"]),
    ):
        text = VERSION.format(revision=revision, before=repr(before), statements=statements)
        (folder / "versions" / f"{revision}.py").write_text(text)


async def test_a_migration_that_gave_way_is_done_again(postgres: str, tmp_path: Path) -> None:
    lay(tmp_path / "migrations")
    name = f"test_{uuid.uuid4().hex[:12]}"
    url = at_database(postgres, name)
    await administer(postgres, f"create database {name}", f"alter database {name} set deadlock_timeout = '3s'")
    try:
        await asyncio.to_thread(migrate, tmp_path / "migrations", url, "0001")
        service, watcher = await asyncpg.connect(url), await asyncpg.connect(url)
        try:
            await service.execute("set deadlock_timeout = '1h'")  # so that it is the migration that is ended
            async with service.transaction():
                await service.execute("insert into second values (1)")
                migrating = asyncio.create_task(asyncio.to_thread(migrate, tmp_path / "migrations", url))
                await until(lambda: watcher.fetchval(WAITS))
                await service.execute("insert into first values (1)")
            await migrating
            columns = await watcher.fetchval("select count(*) from information_schema.columns where column_name = 'b'")
            assert columns == 2
            assert await watcher.fetchval("select count(*) from first") == 1
        finally:
            await service.close()
            await watcher.close()
    finally:
        await administer(postgres, f"drop database {name} with (force)")
