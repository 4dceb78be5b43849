"""One person's story, or one case's, across all services."""

from typing import Final

import orjson

from services.intake.domain.timelines import Happening, in_order
from services.intake.views.timelines import Event, Timeline
from shared.commands import Query
from shared.rejections import Absent

TIMELINE: Final = """
select id::text, 'intake' as owner, type, sequence, time, caseid::text, correlationid::text, causationid::text, data,
       device_at
from ledger left join device_time on event = id where subject = $1
union all
select id::text, owner, type, sequence, time, caseid::text, correlationid::text, causationid::text, data::text, null
from heard where person = $1
"""


async def timeline_of_person(query: Query, person: str) -> Timeline:
    """Everything that happened to a person of the asker's centre; Absent for others."""
    rows = await query.fetch("select centre from person where person = $1", person)
    if not rows:
        raise Absent
    query.access.require(centre=rows[0][0])
    return await _timeline(query, person)


async def timeline_of_case(query: Query, caseid: str) -> Timeline:
    """What happened in one case of the asker's centre, and what belongs to no case of the person."""
    rows = await query.fetch("select person::text, centre from cases where caseid = $1", caseid)
    if not rows:
        raise Absent
    query.access.require(centre=rows[0][1])
    return await _timeline(query, rows[0][0], caseid)


async def _timeline(query: Query, person: str, caseid: str | None = None) -> Timeline:
    rows = await query.fetch(TIMELINE, person)
    happenings = in_order(Happening._make((*row[:8], orjson.loads(row[8]))) for row in rows)
    written = {row[0]: row[9] for row in rows}
    return Timeline(
        person=person,
        events=[
            Event(
                id=each.id,
                owner=each.owner,
                fact=each.type.split(".")[2],
                type=each.type,
                sequence=each.sequence,
                time=each.time,
                case=each.caseid,
                correlation=each.correlationid,
                causation=each.causationid,
                data=each.data,
                device_time=written[each.id],
            )
            for each in happenings
            if caseid is None or each.caseid in (None, caseid)
        ],
    )
