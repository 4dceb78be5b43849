"""The databases of a system, made and dropped by a server's administrator."""

from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg

from deploy.errors import PlatformError


def database_names(prefix: str, services: Iterable[str]) -> dict[str, str]:
    """By service the name of its database, and of its role, under a deployment's prefix."""
    before = prefix.replace(".", "_").replace("-", "_").lower()
    return {service: f"{before}reintegration_{service}" for service in services}


def database_addresses(administrator: str, names: Mapping[str, str], passwords: Mapping[str, str]) -> dict[str, str]:
    """By service the address of its database on the administrator's server, with the password of its role."""
    host = administrator.rpartition("@")[2].partition("/")[0]
    return {service: f"postgresql://{name}:{passwords[service]}@{host}/{name}" for service, name in names.items()}


async def make_databases(administrator: str, passwords: Mapping[str, str]) -> None:
    """A database, and a role of the same name with this password, for each name; no other role may enter it.

    Raises PlatformError where the server does not let the administrator in."""
    connection = await _connect(administrator)
    try:
        for name, password in passwords.items():
            quoted = password.replace("'", "''")
            verb = "alter" if await connection.fetchval("select 1 from pg_roles where rolname = $1", name) else "create"
            await connection.execute(f"{verb} role {name} login password '{quoted}'")
            if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
                await connection.execute(f"create database {name} owner {name}")
                await connection.execute(f"revoke all on database {name} from public")
    finally:
        await connection.close()


async def drop_databases(administrator: str, names: Iterable[str]) -> None:
    """Drop these databases and their roles, whoever is connected; those that are not there are passed over."""
    connection = await _connect(administrator)
    try:
        for name in names:
            await connection.execute(f"drop database if exists {name} with (force)")
            await connection.execute(f"drop role if exists {name}")
    finally:
        await connection.close()


async def _connect(administrator: str) -> Any:
    try:
        return await asyncpg.connect(administrator, timeout=10)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
        place = administrator.rpartition("@")[2].partition("/")[0]  # what stands before it is the password
        raise PlatformError(
            f"PostgreSQL at {place} cannot be used ({type(failure).__name__}): see that it runs, and that "
            "REINTEGRATION_POSTGRES is an administrator's address, such as postgresql://user:password@host:5432/postgres."
        ) from None
