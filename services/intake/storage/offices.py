"""The directory of offices, read whole."""

from typing import Final

import orjson

from services.intake.domain.model import Office
from services.intake.domain.offices import Directory
from shared.database import Connection

DIRECTORY: Final = """
select office, kinds::text, provinces::text, districts::text, capacity, title_en, title_km, closed, taken.number
from office cross join lateral (
    select count(*) as number from (
        select 1 from referral
        where office.capacity is not null and referral.provider = office.office
          and referral.kind in ('legal-assistance', 'health', 'shelter', 'psychosocial')
          and referral.state in ('requested', 'received', 'accepted', 'in-progress')
        limit office.capacity) as place) as taken
order by office
"""
"""Of each office no more is counted than it can have, by an index that holds the open ones alone."""


async def directory(connection: Connection) -> Directory:
    """Every office, unlocked, with what it has open; they are some hundreds at most. Two transactions may see the same
    last place: an office that is full after all refuses, and the next one is asked."""
    rows = await connection.fetch(DIRECTORY)
    made = tuple(Office._make((row[0], *(tuple(orjson.loads(each)) for each in row[1:4]), *row[4:8])) for row in rows)
    return Directory(made, {row[0]: row[8] for row in rows})
