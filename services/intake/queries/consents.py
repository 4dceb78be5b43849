"""Consents with their history, for the person's own centre; and those whose end is not confirmed."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from services.intake import sealed
from services.intake.domain.consents import WITNESS
from services.intake.views.consents import ConsentView, EndView, UnconfirmedView
from shared.commands import Query
from shared.rejections import Absent

HELD: Final = "select centre, consents::text from person where person = $1"

ENDED: Final = """
select consent::text, purpose, text_version, given, given_at, expires, how, ended_at, waiting::text, confirmed::text,
       confirm_by, late
from ended_consent where person = $1 order by ended_at desc, consent
"""

UNCONFIRMED: Final = """
select consent::text, ended_consent.person::text, centre, purpose, how, ended_at, waiting::text, confirm_by,
       late or confirm_by <= $1 as late
from ended_consent join person using (person)
where waiting <> '[]' and ($2::text is null or centre = $2) and (not $3 or late or confirm_by <= $1)
order by ended_at, consent limit $4
"""


async def of_person(query: Query, person: str) -> list[ConsentView]:
    """A person's consents, those that hold first; Absent for another centre's."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow(HELD, person)
        if row is None:
            raise Absent
        query.access.require(centre=row["centre"])
        held = orjson.loads(row["consents"])
        over = await connection.fetch(ENDED, person)
        ids = [each["consent"] for each in held.values()] + [each["consent"] for each in over]
        witnesses = await sealed.unseal(connection, WITNESS, ids)
    names = {consent: content["name"] for consent, content in witnesses.items()}
    return [
        *[_held(purpose, consent, names) for purpose, consent in sorted(held.items())],
        *[_ended(each, names) for each in over],
    ]


async def unconfirmed(query: Query, late: bool, most: int) -> list[UnconfirmedView]:
    """Ended consents that a holder has not confirmed, the oldest first."""
    rows = await query.fetch(UNCONFIRMED, query.running.clock(), query.access.only("centre"), late, most)
    return [UnconfirmedView(**{**row, "waiting": orjson.loads(row["waiting"])}) for row in rows]


def _held(purpose: str, consent: Mapping[str, Any], witnesses: Mapping[str, str]) -> ConsentView:
    return ConsentView(purpose=purpose, witness=witnesses.get(consent["consent"]), ended=None, **consent)


def _ended(row: Any, witnesses: Mapping[str, str]) -> ConsentView:
    return ConsentView(
        **{name: row[name] for name in ("consent", "purpose", "text_version", "given", "given_at", "expires")},
        witness=witnesses.get(row["consent"]),
        ended=EndView(
            how=row["how"],
            at=row["ended_at"],
            waiting=orjson.loads(row["waiting"]),
            confirmed=orjson.loads(row["confirmed"]),
            confirm_by=row["confirm_by"],
            late=row["late"],
        ),
    )
