"""Reading a service's database: one connection, one snapshot, rows as they stream in."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg

from deploy.oracle import reading
from deploy.oracle.errors import OracleError
from deploy.oracle.forged import NOTHING, Forged
from deploy.oracle.store import Store

ROWS = 5_000
"""Rows fetched and stored at a time."""

LEDGER = """
select ledger.position, uuid_send(id), type, topic, subject::text, sequence,
       (extract(epoch from time) * 1000000)::bigint, caseid::text, correlationid::text, causationid::text, traceparent,
       data, unsent.position is not null
from ledger left join unsent on unsent.position = ledger.position order by ledger.position
"""
INBOX = "select consumer, uuid_send(id), batch, place, seen_at is null from inbox"
PARKED = """
select consumer, uuid_send(id), topic, partition, "offset", state, key, sha256(value), coalesce(last_offset, "offset")
from parked
"""


async def read_database(service: str, url: str, store: Store, topic_prefix: str, forged: Forged = NOTHING) -> None:
    """Put ledger, inbox and parked records of a service into the store, all as of one moment, but for what is forged.

    Raises OracleError where the database does not answer or has no such tables.
    """
    number, name = store.number(service), store.number

    def ledger_row(row: Any) -> tuple[Any, ...]:
        position, identity, kind, topic, subject, sequence, time, caseid, correlationid, cause, trace, data, unsent = (
            row
        )
        read = reading.of_row(identity, kind, subject, sequence, time, caseid, correlationid, cause, trace, data)
        return (
            number,
            position,
            identity,
            name(kind),
            name(topic),
            read.subject,
            sequence,
            read.attributes,
            read.data,
            unsent,
            reading.effect_of(kind, subject, caseid, cause, data),
            reading.message_of(kind, subject, data),
        )

    def inbox_row(row: Any) -> tuple[Any, ...] | None:
        if row[1] in forged.ids:
            return None
        return number, name(row[0]), row[1], row[2], row[3], row[4]

    def parked_row(row: Any) -> tuple[Any, ...] | None:
        topic = row[2].removeprefix(topic_prefix)
        if forged.kept(row[1], row[6], row[7], (topic, row[3], row[4])):
            return None
        return number, name(row[0]), row[1], name(topic), row[3], row[4], row[5], row[8]

    async with (
        connected(service, url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        for table, query, convert in (
            ("ledger", LEDGER, ledger_row),
            ("seen", INBOX, inbox_row),
            ("parked", PARKED, parked_row),
        ):
            await _stream(connection, query, store, table, convert)


async def _stream(
    connection: Any, query: str, store: Store, table: str, convert: Callable[[Any], tuple[Any, ...] | None]
) -> None:
    cursor = await connection.cursor(query)
    while rows := await cursor.fetch(ROWS):
        store.add(table, [kept for row in rows if (kept := convert(row)) is not None])


@asynccontextmanager
async def connected(service: str, url: str) -> AsyncIterator[Any]:
    """A connection for one use; whatever the driver raises meanwhile comes out as an OracleError."""
    with told(service):
        connection = await _connect(service, url)
        try:
            yield connection
        finally:
            connection.terminate()


@contextmanager
def told(service: str) -> Iterator[None]:
    """Whatever the driver raises within comes out as an OracleError that names the service."""
    try:
        yield
    except asyncpg.UndefinedTableError:
        raise OracleError(
            f"The database of {service} lacks the tables of events: run `reintegration migrate`."
        ) from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as failure:
        raise OracleError(f"The database of {service} cannot be read: {type(failure).__name__}: {failure}") from failure


async def _connect(service: str, url: str) -> Any:
    scheme, _, rest = url.partition("://")
    try:
        return await asyncpg.connect(
            f"{scheme.partition('+')[0]}://{rest}",
            timeout=10,
            command_timeout=300,
            server_settings={"application_name": "reintegration oracle"},
        )
    except ValueError:  # its text may hold the address, and so the password
        raise OracleError(
            f"The address of the database of {service} is none: it looks like postgresql://user:password@host:port/name."
        ) from None
