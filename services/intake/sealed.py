"""Contents of the identity store: how they are written and read, and a table for those beside who a person is.

Everything personal passes `close` and `open`, so that it can be enciphered with a key a person there and nowhere else.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson

from shared.database import Connection


class Sealed(NamedTuple):
    """A content that belongs to the thing `id` of a sort (`case`, `conflict`, ...); `person`: whom it tells of, None
    where that is not known. After `expires_at` it is taken away."""

    sort: str
    id: str
    person: str | None
    content: Any
    expires_at: datetime | None = None


SEAL: Final = """
insert into sealed (sort, id, person, content, expires_at)
select sort, id, person, content::jsonb, expires_at
from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[])
    as new (sort, id, person, content, expires_at)
on conflict (sort, id) do update set content = excluded.content, expires_at = excluded.expires_at
"""


async def seal(connection: Connection, contents: Sequence[Sealed]) -> None:
    """Keep these contents, in one statement, each in place of what was kept of it."""
    await connection.execute(
        SEAL,
        [each.sort for each in contents],
        [each.id for each in contents],
        [each.person for each in contents],
        [close(each.content) for each in contents],
        [each.expires_at for each in contents],
    )


async def unseal(connection: Connection, sort: str, ids: Collection[str]) -> dict[str, Any]:
    """The contents of these things, by id; those that have none are left out."""
    rows = await connection.fetch(
        "select id::text, content::text from sealed where sort = $1 and id = any($2::uuid[])", sort, ids
    )
    return {row[0]: open(row[1]) for row in rows}


async def forget(connection: Connection, sort: str, ids: Collection[str]) -> None:
    """Take the contents of these things away."""
    await connection.execute("delete from sealed where sort = $1 and id = any($2::uuid[])", sort, ids)


def close(content: Any) -> str:
    """A content as it is kept."""
    return orjson.dumps(content).decode()


def open(content: str) -> Any:
    """A content from what was kept."""
    return orjson.loads(content)
