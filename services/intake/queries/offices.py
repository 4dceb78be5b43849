"""The directory of offices."""

from typing import Final

import orjson

from services.intake.views.offices import OfficeView
from shared.commands import Query

OFFICES: Final = """
select office, kinds::text, provinces::text, districts::text, capacity, title_en, title_km, closed, (
    select count(*) from referral
    where referral.provider = office.office
      and referral.kind in ('legal-assistance', 'health', 'shelter', 'psychosocial')
      and referral.state in ('requested', 'received', 'accepted', 'in-progress')) as open
from office order by office
"""


async def offices(query: Query) -> list[OfficeView]:
    """Every office, with what it has open."""
    lists = ("kinds", "provinces", "districts")
    return [
        OfficeView(**{**row, **{name: orjson.loads(row[name]) for name in lists}}) for row in await query.fetch(OFFICES)
    ]
