"""Referrals, for the centre that made them and the office they were made to."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import orjson

from services.intake import identity
from services.intake.domain import clock, consents
from services.intake.domain.model import Identity, Person
from services.intake.domain.referrals import WAITING
from services.intake.views.referrals import ListedReferral, ReferralView, ReferredPerson, SheetRow
from shared.commands import Query
from shared.local_time import day
from shared.rejections import Absent, Conflict

MINIMUM: Final = """
referral.code, referral.kind, referral.state, referral.provider, referral.course, referral.scheme, referral.occupation,
referral.priority, referral.requested_on, referral.changed_on, referral.reason, referral.outcome, referral.reminded,
referral.requested_at
"""
"""What an office sees of a referral."""
WHOLE: Final = f"""
{MINIMUM}, referral.escalated, referral.number, referral.rerouted_from, referral.rerouted_to
"""
"""What the centre sees."""

REFERRAL: Final = f"select {WHOLE}, centre from referral join cases using (caseid) where code = $1"  # noqa: S608 - own

CHAIN: Final = f"""
with named as (select coalesce(root, referral) as root from referral where code = $1)
select {WHOLE}, centre from referral join cases using (caseid), named
where referral.referral = named.root or referral.root = named.root order by referral.number
"""  # noqa: S608 - own columns

SHEET: Final = """
select code, kind, coalesce(course, '') as course, requested_on from referral
where provider = $1 and kind in ('course', 'prior-learning')
  and state in ('requested', 'received', 'accepted', 'in-progress')
order by requested_on, kind, course, code
"""

OF_SCHEME: Final = f"""
select {MINIMUM} from referral where scheme = $1 and state = $2 order by requested_on, code limit $3
"""  # noqa: S608 - own columns

OF_PROVIDER: Final = f"""
select {MINIMUM} from referral
where provider = $1 and ($2::text is null or state = $2) order by requested_on, code limit $3
"""  # noqa: S608 - own columns

View = Literal["refused", "unanswered", "lead"]
"""Lists of a centre: what was refused and why, what was not answered in time, and what its lead has to see to."""
LISTS: Final[Mapping[View, str]] = {
    "refused": "referral.state in ('rejected', 'expired', 're-routed', 'failed') and referral.reason <> 'unanswered'",
    "unanswered": "referral.state in ('rejected', 'expired', 're-routed', 'failed') and referral.reason = 'unanswered'",
    "lead": "referral.escalated is not null and referral.state in ('requested', 'received', 'rejected', 'expired') "
    "and cases.state = 'open'",
}
OF_CENTRE: Final = f"""
select {WHOLE}, caseid::text as case from referral join cases using (caseid)
where {{condition}} and ($1::text is null or cases.centre = $1)
order by referral.changed_on desc, referral.referral desc limit $2
"""  # noqa: S608 - own columns

PERSON: Final = """
select referral.state, referral.purpose, referral.provider, referral.scheme, cases.commune, person.person::text,
       person.centre, person.caseid::text, person.sex, person.contact::text, person.channel, person.language,
       person.consents::text
from referral join cases using (caseid) join person on person.person = referral.person where referral.code = $1
"""
PERSON_FIELDS: Final = ("person", "centre", "caseid", "sex", "contact", "channel", "language")


async def referral(query: Query, code: str) -> ReferralView:
    """A referral for the centre that made it and the office it was made to; Absent for others."""
    rows = await query.fetch(REFERRAL, code)
    if not rows:
        raise Absent
    row = rows[0]
    query.access.require(centre=row["centre"], provider=row["provider"], scheme=row["scheme"])
    return shown(row, whole=query.access.covers(centre=row["centre"]))


async def chain(query: Query, code: str) -> list[ReferralView]:
    """Every referral of the chain that this one belongs to, the first one first; for the centre alone."""
    rows = await query.fetch(CHAIN, code)
    if not rows:
        raise Absent
    query.access.require(centre=rows[0]["centre"])
    return [shown(row) for row in rows]


async def of_centre(query: Query, view: View, most: int) -> list[ListedReferral]:
    """A list of the asker's centre, the latest first."""
    rows = await query.fetch(OF_CENTRE.format(condition=LISTS[view]), query.access.only("centre"), most)
    return [ListedReferral(**shown(row).model_dump(), case=row["case"]) for row in rows]


async def person(query: Query, code: str) -> ReferredPerson:
    """Who was referred, for the office that accepted her and while she agrees. Raises Absent, or Conflict."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow(PERSON, code)
        if row is None:
            raise Absent
        query.access.require(provider=row["provider"], scheme=row["scheme"])
        if row["state"] not in ("accepted", "in-progress"):
            raise Conflict("not-accepted-yet", field="code")
        agreeing = Person(**{name: row[name] for name in PERSON_FIELDS}, consents=orjson.loads(row["consents"]))
        if not consents.agrees(agreeing, row["purpose"], day(query.running.clock())):
            raise Conflict("not-agreed", field="code")
        known = (await identity.read(connection, [row["person"]])).get(row["person"], Identity())
    return ReferredPerson(
        code=code,
        name_km=known.name_km,
        name_latin=known.name_latin,
        phone=known.phone,
        phone_owner=known.phone_owner,
        language=row["language"],
        commune=row["commune"],
    )


async def sheet(query: Query, provider: str) -> list[SheetRow]:
    """Who is referred to a provider and not done yet, by the code she carries."""
    return [SheetRow(**row) for row in await query.fetch(SHEET, provider)]


async def of_scheme(query: Query, scheme: str, state: str, most: int) -> list[ReferralView]:
    """Referrals to a scheme in one state, the oldest first."""
    return [shown(row) for row in await query.fetch(OF_SCHEME, scheme, state, most)]


async def of_provider(query: Query, provider: str, state: str | None, most: int) -> list[ReferralView]:
    """Referrals to an office, in one state or any, the oldest first."""
    return [shown(row) for row in await query.fetch(OF_PROVIDER, provider, state, most)]


def shown(row: Any, whole: bool = True) -> ReferralView:
    """A referral of a row that has `MINIMUM` or `WHOLE`; without `whole` as its office sees it."""
    given = dict(row)
    requested_at = given.pop("requested_at")
    if row["state"] in WAITING:
        given["due_at"] = clock.due_at(row["kind"], row["priority"], requested_at)
    if not whole:
        given = {name: value for name, value in given.items() if name not in CENTRES_OWN}
    return ReferralView(**{name: value for name, value in given.items() if name in ReferralView.model_fields})


CENTRES_OWN: Final = ("escalated", "number", "rerouted_from", "rerouted_to")
"""What an office has no need to know of a referral: who else was asked."""
