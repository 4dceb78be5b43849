"""Referrals, for the centre that made them and the office they were made to."""

from typing import Final

from services.intake.views.referrals import ReferralView, SheetRow
from shared.commands import Query
from shared.rejections import Absent

REFERRAL: Final = """
select code, kind, referral.state, provider, course, scheme, referral.occupation, priority, requested_on, changed_on,
       reason, outcome, centre
from referral join cases using (caseid) where code = $1
"""

SHEET: Final = """
select code, kind, coalesce(course, '') as course, requested_on from referral
where provider = $1 and state in ('requested', 'accepted') order by requested_on, kind, course, code
"""

OF_SCHEME: Final = """
select code, kind, state, provider, course, scheme, occupation, priority, requested_on, changed_on, reason, outcome
from referral where scheme = $1 and state = $2 order by requested_on, code limit $3
"""


async def referral(query: Query, code: str) -> ReferralView:
    """A referral for the centre that made it and the office it was made to; Absent for others."""
    rows = await query.fetch(REFERRAL, code)
    if not rows:
        raise Absent
    row = dict(rows[0])
    query.access.require(centre=row.pop("centre"), provider=row["provider"], scheme=row["scheme"])
    return ReferralView(**row)


async def sheet(query: Query, provider: str) -> list[SheetRow]:
    """Who is referred to a provider and not done yet, by the code she carries."""
    return [SheetRow(**row) for row in await query.fetch(SHEET, provider)]


async def of_scheme(query: Query, scheme: str, state: str, most: int) -> list[ReferralView]:
    """Referrals to a scheme in one state, the oldest first."""
    return [ReferralView(**row) for row in await query.fetch(OF_SCHEME, scheme, state, most)]
