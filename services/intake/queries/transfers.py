"""Transfers that concern the asker's centre."""

from typing import Final

from services.intake.views.transfers import TransferView
from shared.commands import Query
from shared.rejections import Forbidden

TRANSFERS: Final = """
select transfer::text, transfer.person::text, from_centre, to_centre, transfer.state, reason, requested_at, outcome,
       settled_at, latest.commune,
       (select count(*) from cases where cases.person = transfer.person and cases.state = 'open') as open_cases
from transfer left join lateral (
    select commune from cases where cases.person = transfer.person order by caseid desc limit 1) as latest on true
where (to_centre = $1 or from_centre = $1) and transfer.state = $2
order by requested_at, transfer limit $3
"""


async def transfers(query: Query, state: str, most: int) -> list[TransferView]:
    """In one state, to the asker's centre and from it, the oldest first."""
    centre = query.access.only("centre")
    if centre is None:
        raise Forbidden
    return [TransferView(**row) for row in await query.fetch(TRANSFERS, centre, state, most)]
