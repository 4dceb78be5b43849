"""Connections: SQLAlchemy keeps the pool and the tables, the transaction speaks to the driver.

Set-wise statements go to asyncpg directly, since at a thousand rows a statement SQLAlchemy's own execution costs more
than PostgreSQL's. Queries that are not hot may use SQLAlchemy's `select` through `Database.engine`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import asyncpg
import asyncpg.pool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Rows = list[asyncpg.Record]

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the driver's word where the server's last message met the next statement
    asyncpg.CannotConnectNowError,
    OSError,
    TimeoutError,
)
"""Errors that mean the connection is gone; what it was doing has an unknown outcome."""


class Unkeepable(ValueError):
    """A value that no column can hold, found before it was sent."""


def is_of_the_data(error: BaseException) -> bool:
    """Whether the values themselves were refused, by the database (SQLSTATE classes 22 and 23) or by the driver or
    ourselves before they were sent, so that trying again is vain."""
    if isinstance(error, Unkeepable):
        return True
    if isinstance(error, asyncpg.InterfaceError):
        return isinstance(error, ValueError)  # the driver's complaints about values are made of both
    return (getattr(error, "sqlstate", None) or "")[:2] in ("22", "23")


SERVER_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "jit": "off",
    # Statements are prepared while tables are still empty, and their plans are kept: one that scans an empty table
    # would go on scanning it when it holds millions. All that is hot looks up keys.
    "enable_seqscan": "off",
    "timezone": "UTC",
}
IDLE_IN_TRANSACTION_SECONDS = 60
CLOSE_SECONDS = 5


def async_url(url: str) -> str:
    """The same address for SQLAlchemy with asyncpg; accepts `postgresql://` and `postgresql+asyncpg://`."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in ("postgresql", "postgres"):
        raise ValueError("a database address looks like postgresql://user:password@host:port/name")
    return f"postgresql+asyncpg://{rest}"


class Database:
    """A pool of at most `size` connections. The consumer, the relay, timers and commands have one each, so that a
    burst of one never starves another. `settings` of the server's are for its connections alone."""

    def __init__(self, url: str, size: int, name: str, settings: Mapping[str, str] = MappingProxyType({})) -> None:
        self._size = size
        self.engine: AsyncEngine = create_async_engine(
            async_url(url),
            isolation_level="AUTOCOMMIT",  # transactions are begun on the driver, see `transaction`
            pool_size=size,
            max_overflow=0,
            pool_timeout=10,
            pool_reset_on_return=None,  # `connection` gives none back that needs it
            pool_use_lifo=True,  # few connections do most of the work, with their statements prepared and caches warm
            connect_args={
                "timeout": 5,
                "command_timeout": 35,
                "server_settings": {**SERVER_SETTINGS, **settings, "application_name": name},
            },
        )

    @property
    def size(self) -> int:
        """Connections that it may have at most."""
        return self._size

    @property
    def in_use(self) -> int:
        """Connections that are somebody's now."""
        number: int = self.engine.pool.checkedout()  # type: ignore[attr-defined] # every pool that keeps any has it
        return number

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A driver's connection in autocommit, taken from the pool."""
        # The pool's own connection: SQLAlchemy's wrapping of it takes four times as long as the pool does.
        try:
            pooled = await self.engine.raw_connection()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise error.__cause__ or error from None  # the driver's own, as everywhere else
        driver: Connection = cast("Connection", pooled.driver_connection)
        try:
            yield driver
        finally:
            # A connection that may still be inside a transaction is not given back to others.
            if driver.is_closed() or driver.is_in_transaction():
                pooled.invalidate()
            pooled.close()

    async def open(self, rehearse: Callable[[Connection], Awaitable[None]]) -> None:
        """Open all connections of the pool now, and let them rehearse, so that a first burst does not wait for that."""
        async with AsyncExitStack() as stack:
            for _ in range(self._size):
                await rehearse(await stack.enter_async_context(self.transaction()))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction at READ COMMITTED on the driver's connection; commits at the end, rolls back on any error.

        Connections that the server closed while they lay idle are replaced, before anything was done on them: after a
        restart of the server all of the pool are.
        """
        for left in reversed(range(self._size + 1)):
            async with self.connection() as driver:
                try:
                    transaction = driver.transaction()
                    await transaction.start()
                except LOST as error:
                    driver.terminate()
                    if not left or isinstance(error, TimeoutError):  # one that hangs has cost enough time already
                        raise
                    continue
                except BaseException:
                    driver.terminate()  # whether it is in a transaction now, nobody knows
                    raise
                try:
                    yield driver
                except BaseException:
                    if not driver.is_closed():
                        await transaction.rollback()
                    raise
                else:
                    await transaction.commit()
                return

    async def fetch(self, sql: str, *parameters: Any) -> Rows:
        """Rows of one query, asked again on the next connection where one was lost: for reading only."""
        for left in reversed(range(self._size + 1)):
            async with self.connection() as driver:
                try:
                    rows: Rows = await driver.fetch(sql, *parameters)
                    return rows
                except LOST as error:
                    if is_of_the_data(error):
                        raise
                    driver.terminate()
                    if not left or isinstance(error, TimeoutError):
                        raise
                except asyncio.CancelledError:
                    driver.terminate()  # whoever comes next would wait until the server has stopped it
                    raise
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Close all connections that are nobody's. One that is half open would be waited for as for an answer, each
        after the other; what has not closed in some seconds is left to the end of the process."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.engine.dispose()
