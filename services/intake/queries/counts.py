"""How many cases and referrals there are at each stage."""

from typing import Final

from services.intake.views.counts import CentreCounts, Counts
from shared.commands import Query

CASES_BY_CENTRE: Final = """
select centre, count(*) as registered, count(needs) as assessed, count(plan) as planned, count(placement) as placed,
       count(*) filter (where state = 'closed') as closed
from cases where $1::text is null or centre = $1 group by centre order by centre
"""

REFERRALS_BY_CENTRE: Final = """
select centre, kind, referral.state, count(*) from referral join cases using (caseid)
where $1::text is null or centre = $1 group by 1, 2, 3 order by 1, 2, 3
"""


async def counts(query: Query) -> Counts:
    """Whole numbers; a centre's own people see their centre's alone."""
    centre = query.access.only("centre")
    found = {row["centre"]: CentreCounts(**row) for row in await query.fetch(CASES_BY_CENTRE, centre)}
    for name, kind, state, number in await query.fetch(REFERRALS_BY_CENTRE, centre):
        of_kind = found[name].referrals.setdefault(kind, {"made": 0})
        of_kind["made"] += number
        of_kind[state] = number
    if centre is not None:
        return Counts(centres=list(found.values()), recorded={}, heard={})
    recorded = await query.fetch("select type, count(*) from ledger group by type order by type")
    heard = await query.fetch("select type, count(*) from heard group by type order by type")
    return Counts(centres=list(found.values()), recorded=dict(recorded), heard=dict(heard))
