"""Connections that were closed, cancelled or timed out: the pool comes back whole, and no caller meets a dead one."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest

from deploy.chaos.faults.network import at_port
from deploy.chaos.proxy import Proxy
from shared.database import LOST, Database

SIZE = 3
HANG_SECONDS = 30
"""Less than one connection is waited for."""


@pytest.fixture
async def database(postgres: str) -> AsyncIterator[Database]:
    made = Database(postgres, SIZE, f"test {uuid.uuid4().hex[:12]}")
    yield made
    await made.close()


async def whole(database: Database) -> None:
    """All of the pool at once, each connection usable."""
    open_at_once = [database.transaction() for _ in range(SIZE)]
    for transaction in open_at_once:
        connection = await transaction.__aenter__()
        assert await connection.fetchval("select 1") == 1
    for transaction in open_at_once:
        await transaction.__aexit__(None, None, None)


async def test_after_a_restart_of_the_server_nobody_is_given_a_dead_connection(
    database: Database, postgres: str
) -> None:
    await whole(database)
    name = (await database.fetch("show application_name"))[0][0]
    administrator = await asyncpg.connect(postgres)
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1"
    assert len(await administrator.fetch(cut, name)) == SIZE
    await administrator.close()
    await asyncio.sleep(0.2)  # until this side has noticed
    assert (await database.fetch("select 1"))[0][0] == 1
    await whole(database)


async def test_a_connection_lost_in_a_transaction_is_told_and_not_replaced_under_it(
    database: Database, postgres: str
) -> None:
    administrator = await asyncpg.connect(postgres)

    async def cut() -> None:
        async with database.transaction() as connection:
            pid = await connection.fetchval("select pg_backend_pid()")
            await administrator.execute("select pg_terminate_backend($1)", pid)
            await connection.execute("select pg_sleep(1)")

    with pytest.raises(LOST):
        await cut()
    await administrator.close()
    await whole(database)


async def test_what_was_cancelled_or_timed_out_leaves_no_transaction_open(database: Database) -> None:
    async def slow(seconds: float | None = None) -> None:
        async with database.transaction() as connection:
            await connection.execute("create temporary table left_behind (number int)")
            await connection.execute("select pg_sleep(60)", timeout=seconds)

    for _ in range(SIZE + 1):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(TimeoutError):
            await slow(0.1)
    await whole(database)
    assert (
        await database.fetch("select 1 from pg_class where relname = 'left_behind' and pg_table_is_visible(oid)") == []
    )


async def test_a_begin_that_was_cancelled_leaves_no_connection_half_begun(database: Database, postgres: str) -> None:
    """The driver would take the next transaction on it for one inside, whose end commits nothing."""
    table = f"kept_{uuid.uuid4().hex[:12]}"
    administrator = await asyncpg.connect(postgres)
    await administrator.execute(f"create table {table} (number int)")

    async def begin() -> None:
        async with database.transaction():
            await asyncio.sleep(60)

    await whole(database)
    try:
        for turns in range(40):
            task = asyncio.create_task(begin())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            async with database.transaction() as connection:
                await connection.execute(f"insert into {table} values ({turns})")
        assert await administrator.fetchval(f"select count(*) from {table}") == 40
    finally:
        await administrator.execute(f"drop table {table}")
        await administrator.close()


async def test_what_keeps_a_connection_from_being_made_is_told_by_the_driver(postgres: str) -> None:
    """So that it is known for what it is: a database that is away, and no fault of the request."""
    elsewhere = Database(postgres.rpartition("/")[0] + "/no_such_database", 1, "test")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await elsewhere.fetch("select 1")
    await elsewhere.close()


async def test_connections_that_are_half_open_do_not_hold_up_whoever_ends(postgres: str) -> None:
    """Each of them would be waited for as long as for an answer, one after the other."""
    server = urlsplit(postgres)
    with Proxy(server.port or 5432, server.hostname or "localhost") as path:
        database = Database(at_port(postgres, path.port), SIZE, "test half open")
        await whole(database)
        await asyncio.to_thread(path.halve, "client")
        async with asyncio.timeout(HANG_SECONDS):
            await database.close()
