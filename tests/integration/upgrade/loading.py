"""A release's databases made again from what is kept of it, and looked at."""

from typing import Any, Final

import asyncpg

from tests.waiting import administer, at_database

SHAPE: Final = {
    "columns": """
        select table_name, column_name, data_type, is_nullable, column_default, is_identity, identity_generation
        from information_schema.columns where table_schema = 'public' order by table_name, column_name""",
    "constraints": """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2""",
    "indexes": "select indexdef from pg_indexes where schemaname = 'public' order by 1",
    "sequences": "select sequencename, data_type, start_value, increment_by from pg_sequences order by 1",
    "settings of tables": """
        select relname, reloptions from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1""",
}
"""What a schema is made of, by PostgreSQL's own account."""


async def load(administrator: str, name: str, dump: str) -> str:
    """The address of a new database with what the dump, a text of SQL, makes."""
    await administer(administrator, f"create database {name}")
    url = at_database(administrator, name)
    await administer(url, dump)
    return url


async def ask(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query, *values)]
    finally:
        await connection.close()


async def ids(url: str, query: str, *values: Any) -> set[str]:
    """The first column as texts; nulls are left out."""
    return {str(row[0]) for row in await ask(url, query, *values) if row[0] is not None}


async def shape(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return {what: await ask(url, query) for what, query in SHAPE.items()}


async def row_counts(url: str) -> dict[str, int]:
    """By table, but for the one in which the schema's version stands."""
    tables = await ids(url, "select tablename from pg_tables where schemaname = 'public'")
    return {table: (await ask(url, f"select count(*) from {table}"))[0][0] for table in tables - {"alembic_version"}}
