"""What intake shows, read: a person, a case with its plan and referrals, a sheet, a timeline, counts.

Whatever the asker does not reach is Absent, as if it did not exist.
"""

from typing import Any, Final

import orjson

from services.intake import identity, storage
from services.intake.domain.model import Identity
from services.intake.domain.timelines import Happening, in_order
from services.intake.texts import sentence
from services.intake.views import (
    CaseView,
    CentreCounts,
    Counts,
    EvaluationView,
    Event,
    IdentityView,
    OfferView,
    PersonView,
    PlanView,
    ReferralView,
    SheetRow,
    Timeline,
)
from shared.commands import Query
from shared.rejections import Absent

PERSON: Final = """
select person::text, centre, sex, channel, language, consents::text from person where person = $1
"""
SKILLS: Final = """
select distinct jsonb_array_elements_text(data -> 'skills') as skill from heard
where person = $1 and type = 'reintegration.training.skills-recognised.v1' order by skill
"""
CASE: Final = """
select caseid::text as case, person::text, centre, state, registered_on, commune, return_date, border_point, sector,
       occupation, skills_claimed::text, id_missing_reason, debt_usd, needs::text, placement::text, closing, closed_on,
       plan::text
from cases where caseid = $1
"""
PLAN: Final = "select plan::text, rules, services::text, unmet::text, agreed_on from plan where plan = $1"
REFERRALS_OF_CASE: Final = """
select code, kind, state, provider, course, scheme, occupation, priority, requested_on, changed_on, reason, outcome
from referral where person = $1 and caseid = $2 order by requested_on, kind, code
"""
REFERRAL: Final = """
select code, kind, referral.state, provider, course, scheme, referral.occupation, priority, requested_on, changed_on,
       reason, outcome, centre
from referral join cases using (caseid) where code = $1
"""
EVALUATIONS: Final = """
select scheme, rule, outcome, reason, missing::text, evaluated_at from evaluation where caseid = $1
order by evaluated_at, scheme
"""
SHEET: Final = """
select code, kind, coalesce(course, '') as course, requested_on from referral
where provider = $1 and state in ('requested', 'accepted') order by requested_on, kind, course, code
"""
OF_SCHEME: Final = """
select code, kind, state, provider, course, scheme, occupation, priority, requested_on, changed_on, reason, outcome
from referral where scheme = $1 and state = $2 order by requested_on, code limit $3
"""
TIMELINE: Final = """
select id::text, 'intake' as owner, type, sequence, time, caseid::text, correlationid::text, causationid::text, data
from ledger where subject = $1
union all
select id::text, owner, type, sequence, time, caseid::text, correlationid::text, causationid::text, data::text
from heard where person = $1
"""
CASES_BY_CENTRE: Final = """
select centre, count(*) as registered, count(needs) as assessed, count(plan) as planned, count(placement) as placed,
       count(*) filter (where state = 'closed') as closed
from cases where $1::text is null or centre = $1 group by centre order by centre
"""
REFERRALS_BY_CENTRE: Final = """
select centre, kind, referral.state, count(*) from referral join cases using (caseid)
where $1::text is null or centre = $1 group by 1, 2, 3 order by 1, 2, 3
"""


async def person(query: Query, person: str) -> PersonView:
    """A person of the asker's centre; Absent otherwise."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow(PERSON, person)
        if row is None:
            raise Absent
        query.access.require(centre=row["centre"])
        cases = await connection.fetch("select caseid::text from cases where person = $1 order by caseid desc", person)
        skills = await connection.fetch(SKILLS, person)
        known = (await identity.read(connection, [person])).get(person, Identity())
    return PersonView(
        **{**row, "consents": orjson.loads(row["consents"])},
        skills=[skill[0] for skill in skills],
        cases=[each[0] for each in cases],
        identity=IdentityView(**known._asdict()),
    )


async def case(query: Query, caseid: str) -> CaseView:
    """A case of a centre that the asker reaches; Absent otherwise."""
    rows = await query.fetch(CASE, caseid)
    if not rows:
        raise Absent
    row = dict(rows[0])
    query.access.require(centre=row["centre"])
    for name in ("skills_claimed", "needs", "placement"):
        row[name] = None if row[name] is None else orjson.loads(row[name])
    plan = await query.fetch(PLAN, row.pop("plan"))
    referrals = await query.fetch(REFERRALS_OF_CASE, row["person"], caseid)
    evaluations = await query.fetch(EVALUATIONS, caseid)
    return CaseView(
        **row,
        plan=_plan(plan[0]) if plan else None,
        referrals=[ReferralView(**each) for each in referrals],
        evaluations=[
            EvaluationView(
                scheme=scheme,
                rule=rule,
                outcome=outcome,
                why=sentence(reason),
                missing=orjson.loads(missing),
                evaluated_at=at,
            )
            for scheme, rule, outcome, reason, missing, at in evaluations
        ],
    )


def _plan(row: Any) -> PlanView:
    plan, rules, services, unmet, agreed_on = row
    return PlanView(
        plan=plan,
        rules=rules,
        services=orjson.loads(services),
        unmet={service: sentence(why) for service, why in orjson.loads(unmet).items()},
        agreed_on=agreed_on,
    )


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


async def offers(query: Query) -> list[OfferView]:
    """Every course that may be referred to."""
    async with query.running.database.connection() as connection:
        return [OfferView(**each._asdict()) for each in await storage.all_offers(connection)]


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
            )
            for each in happenings
            if caseid is None or each.caseid in (None, caseid)
        ],
    )


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
