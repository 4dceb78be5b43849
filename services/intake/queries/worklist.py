"""A centre's work list: one statement over what is open, each part by an index and no longer than what is shown."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from services.intake import identity, questionnaires
from services.intake.domain import clock
from services.intake.domain.matters import WITH_OTHERS
from services.intake.domain.norms import Norms
from services.intake.domain.worklist import status
from services.intake.texts import sentences
from services.intake.views.worklist import WorkItem, Worklist
from shared import reference
from shared.access import CENTRE_LEAD
from shared.commands import Query
from shared.local_time import day
from shared.rejections import Forbidden

NAMES: Final = "person, caseid, item, due_on, who, about, office, code"
COLUMNS: Final = 'person::text, caseid::text as "case", item::text, due_on, who, about, office, code'

TYPES: Final = ("text", "date", "bigint", *("int",) * 5, "text[]", "text", "text[]", "text[]", "float8[]", "int", "int")
"""Of the parameters, so that each has its place in the statement whatever the kinds."""

LATER: Final = """
exists (
    select from referral as later
    where later.person = referral.person and later.caseid = referral.caseid and later.service = referral.service
      and later.referral <> referral.referral and later.requested_at >= referral.requested_at
      and later.state not in ('rejected', 'expired', 'failed', 're-routed', 'withdrawn'))
"""
"""The same service was asked for once more."""

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # The entry assessment, of which there is no row until it is held.
        "entry": """
            select person, caseid, null::uuid as item, registered_on + $4::int as due_on, 'counsellor' as who,
                   'entry' as about, null::text as office, null::text as code
            from cases
            where centre = $1 and state = 'open' and registered_on <= $2::date - $4::int
              and not exists (select from assessment where assessment.caseid = cases.caseid and moment = 'entry')
            order by registered_on limit $3""",
        "assessment": """
            select assessment.person, caseid, assessment, due_on, 'counsellor', moment, null::text, null::text
            from cases join assessment using (caseid)
            where centre = $1 and cases.state = 'open' and assessment.state = 'due' and due_on <= $2::date
            order by due_on limit $3""",
        "plan": """
            select person, caseid, null::uuid, due_on, who, about, null::text, null::text
            from (
                select cases.person, caseid, coalesce(case_plan.state, 'none') as about,
                       case when case_plan.state = 'agreed' then 'lead' else 'counsellor' end as who,
                       case when case_plan.state = 'agreed'
                            then least(approve_by, agreed_on + $7::int)
                            else coalesce(approve_by, greatest(
                                (coalesce(return_date, registered_on) + make_interval(months => $5::int))::date,
                                registered_on + $6::int))
                       end as due_on
                from cases left join case_plan using (caseid)
                where centre = $1 and cases.state = 'open' and case_plan.state is distinct from 'approved'
            ) as plans
            where due_on <= $2::date
            order by due_on limit $3""",
        "goal": """
            select goal.person, caseid, goal, due_on, 'counsellor', area, null::text, null::text
            from cases join goal using (caseid)
            where centre = $1 and cases.state = 'open' and goal.state = 'open' and due_on <= $2::date
            order by due_on limit $3""",
        "session": """
            select session.person, caseid, session, planned_on, 'counsellor', mode, null::text, null::text
            from cases join session using (caseid)
            where centre = $1 and session.state = 'planned' and planned_on <= $2::date
            order by planned_on limit $3""",
        "outreach": """
            select outreach.person, caseid, outreach, follow_up_on, 'counsellor', channel, null::text, null::text
            from cases join outreach using (caseid)
            where centre = $1 and cases.state = 'open' and follow_up_on <= $2::date
            order by follow_up_on limit $3""",
        # In a closed case too: a claim outlives the counselling.
        "matter": """
            select matter.person, caseid, matter, next_on,
                   case when matter.state = any($9::text[]) then 'office' else 'counsellor' end, matter.state,
                   null::text, null::text
            from cases join matter using (caseid)
            where centre = $1 and outcome is null
              and (next_on <= $2::date or matter.state = any($9::text[]))
            order by next_on limit $3""",
        # By when an answer is due, the referrals' own clock says.
        "referral": """
            select referral.person, caseid, referral,
                   ((requested_at + norm.hours * interval '1 hour') at time zone interval '7 hours')::date as answer_by,
                   'office', referral.kind, coalesce(scheme, provider), code
            from cases join referral using (person, caseid)
            left join unnest($11::text[], $12::text[], $13::float8[]) as norm (kind, priority, hours)
                on norm.kind = referral.kind and norm.priority = referral.priority
            where centre = $1 and cases.state = 'open' and referral.state in ('requested', 'received')
            order by answer_by nulls last limit $3""",
        "escalation": """
            select referral.person, caseid, referral, (escalated_at at time zone interval '7 hours')::date, 'lead',
                   escalated, coalesce(scheme, provider), code
            from cases join referral using (person, caseid)
            where centre = $1 and cases.state = 'open' and escalated is not null
              and referral.state in ('requested', 'received', 'rejected', 'expired') and not (LATER)
            order by escalated_at limit $3""",
        "refusal": """
            select referral.person, caseid, referral, changed_on + $8::int, 'counsellor', reason,
                   coalesce(scheme, provider), code
            from cases join referral using (person, caseid)
            where centre = $1 and cases.state = 'open' and referral.state in ('rejected', 'expired', 'failed')
              and not (LATER)
            order by changed_on limit $3""",
        "flag": """
            select person, caseid, null::uuid, (raised.flag ->> 'raised_on')::date, 'lead', name, null::text, null::text
            from cases cross join jsonb_each(flags) as raised (name, flag)
            where centre = $1 and state = 'open' and flags is not null and raised.flag ->> 'outcome' is null
            order by 4 limit $3""",
        # Shown to who submitted it and to the lead alone.
        "conflict": """
            select conflict.person, case when sort = 'case' then record end, conflict, expires_at::date, 'lead', sort,
                   null::text, null::text
            from conflict left join person using (person)
            where state = 'open' and coalesce(person.centre, conflict.centre) = $1
              and ($10::text is null or author = $10)
            order by expires_at limit $3""",
        # The last answer of each scheme's rule, where it takes the person and nobody has decided or referred yet.
        "proposal": """
            select cases.person, caseid, evaluation, (evaluated_at at time zone interval '7 hours')::date + $15::int,
                   'counsellor', scheme, null::text, null::text
            from cases join evaluation using (person, caseid)
            where centre = $1 and state = 'open' and evaluation.outcome = 'eligible'
              and not exists (select from eligibility_decision as decided
                              where decided.evaluation = evaluation.evaluation)
              and not exists (select from evaluation as later
                              where later.caseid = evaluation.caseid and later.scheme = evaluation.scheme
                                and later.evaluated_at > evaluation.evaluated_at)
              and not exists (select from referral
                              where referral.person = evaluation.person and referral.caseid = evaluation.caseid
                                and referral.scheme = evaluation.scheme
                                and referral.state not in ('rejected', 'expired', 'failed', 're-routed', 'withdrawn'))
            order by evaluated_at limit $3""",
        # Who comes from elsewhere is not shown before she is the centre's own.
        "transfer": """
            select null::uuid, null::uuid, transfer, (requested_at at time zone interval '7 hours')::date + $14::int,
                   'lead', reason, from_centre, null::text
            from transfer where to_centre = $1 and state = 'requested' order by requested_at limit $3""",
        "transfer-away": """
            select person, null::uuid, transfer, (requested_at at time zone interval '7 hours')::date + $14::int,
                   'centre', reason, to_centre, null::text
            from transfer where from_centre = $1 and state = 'requested' order by requested_at limit $3""",
        "confirmation": """
            select person, null::uuid, consent, confirm_by::date, 'service', purpose, waiting ->> 0, null::text
            from person join ended_consent using (person)
            where centre = $1 and waiting <> '[]' order by confirm_by limit $3""",
    }
)
"""By kind, its part of the statement. Parameters: the centre, the last day, how many at most; days for the entry
assessment, months and least days for a plan, days for its approval, days after a refusal; steps with others; whose
conflicts (all where null); kinds, priorities and hours in which referrals are to be answered; days
for a transfer and for a proposal."""


KIND_OF: Final = MappingProxyType({"entry": "assessment", "transfer-away": "transfer"})
"""Parts that are shown as another kind."""


async def worklist(query: Query, kinds: Sequence[str], days: int, most: int) -> Worklist:
    """What the asker's centre has to do within so many days, and what it waits for; of these kinds, or of all."""
    centre = query.access.only("centre")
    if centre is None:
        raise Forbidden
    today, norms = day(query.running.clock()), questionnaires.norms()
    own = None if CENTRE_LEAD in query.access.roles else query.principal.subject
    chosen = [part for part in PARTS if not kinds or KIND_OF.get(part, part) in kinds]
    async with query.running.database.connection() as connection:
        rows = await connection.fetch(
            statement(chosen),
            centre,
            today + timedelta(days=days),
            most + 1,
            *_norms(norms),
            sorted(WITH_OTHERS),
            own,
            *answering(),
            norms.transfer,
            norms.proposal,
        )
        names = await identity.read(connection, {row["person"] for row in rows if row["person"]})
    items = [_item(dict(row), today) for row in rows[:most]]
    for item in items:
        known = names.get(item.person or "")
        item.name = known and (known.name_km or known.name_latin)
    return Worklist(today=today, items=items, more=len(rows) > most)


def statement(kinds: Sequence[str]) -> str:
    """The parts of these kinds put together."""
    parts = " union all ".join(
        f"select '{kind}' as kind, * from ({part}) as part ({NAMES})"  # noqa: S608 - parts of our own
        for kind, part in ((kind, PARTS[kind].replace("LATER", LATER)) for kind in kinds)
    )
    given = ", ".join(f"${number}::{kind}" for number, kind in enumerate(TYPES, 1))
    return (
        f"select kind, {COLUMNS} from ({parts}) as work cross join (select {given}) as given "  # noqa: S608 - as above
        "order by due_on nulls last, kind, item limit $3"
    )


def _norms(norms: Norms) -> tuple[int, ...]:
    return norms.entry, norms.plan, norms.plan_least, norms.plan_approval, norms.refusal


def answering() -> tuple[list[str], list[str], list[float]]:
    """Each kind and priority of referrals, with the hours in which it is to be answered."""
    known = [
        (kind, priority, next((step.after for step in clock.norm(kind, priority) if step.act == clock.ESCALATE), None))
        for kind in reference.codes("referral-kind")
        for priority in clock.PRIORITIES
    ]
    found = [(kind, priority, after.total_seconds() / 3_600) for kind, priority, after in known if after is not None]
    return [each[0] for each in found], [each[1] for each in found], [each[2] for each in found]


def _item(row: dict[str, Any], today: Any) -> WorkItem:
    kind, who = row.pop("kind"), row.pop("who")
    kind = KIND_OF.get(kind, kind)
    text = sentences("worklist").get(f"{kind}-{row['about']}" if kind == "plan" else f"{kind}-{who}")
    what = text or sentences("worklist")[kind]
    return WorkItem(kind=kind, what=what, on=who, status=status(row["due_on"], who, today), name=None, **row)
