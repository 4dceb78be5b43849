"""Referral codes that nobody has."""

from collections.abc import Iterator

from shared import referral_codes
from shared.database import Connection


async def reserve_codes(connection: Connection, count: int) -> Iterator[str]:
    """So many referral codes that nobody has; one that is taken already is drawn anew."""
    free: list[str] = []
    while len(free) < count:
        drawn = sorted({referral_codes.mint() for _ in range(count - len(free))})
        rows = await connection.fetch(
            "insert into referral_code select unnest($1::text[]) on conflict do nothing returning code", drawn
        )
        free.extend(row[0] for row in rows)
    return iter(free)
