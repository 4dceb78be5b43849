"""A case with its plan, referrals and eligibility answers."""

from typing import Any, Final

import orjson

from services.intake import sealed
from services.intake.queries.referrals import WHOLE, shown
from services.intake.texts import sentence
from services.intake.views.cases import CaseView, EvaluationView, PlanView
from shared.commands import Query
from shared.rejections import Absent

CASE: Final = """
select caseid::text as case, cases.person::text, centre, state, registered_on, commune, return_date, border_point,
       sector, occupation, skills_claimed::text, id_missing_reason, debt_usd, needs::text, placement::text, closing,
       closed_on, plan::text, commune_origin, return_kind, country, work_years, unpaid_wages_usd, debt_monthly_usd,
       schooling, documents_held::text, vulnerabilities::text, version, flags::text, sealed.content::text as confided
from cases left join sealed on sealed.sort = 'case' and sealed.id = caseid where caseid = $1
"""

PLAN: Final = "select plan::text, rules, services::text, unmet::text, agreed_on from plan where plan = $1"

REFERRALS_OF_CASE: Final = f"""
select {WHOLE} from referral where person = $1 and caseid = $2 order by requested_on, kind, number, code
"""  # noqa: S608 - own columns

EVALUATIONS: Final = """
select scheme, rule, outcome, reason, missing::text, evaluated_at from evaluation where caseid = $1
order by evaluated_at, scheme
"""


async def case(query: Query, caseid: str) -> CaseView:
    """A case of a centre that the asker reaches; Absent otherwise."""
    rows = await query.fetch(CASE, caseid)
    if not rows:
        raise Absent
    row = dict(rows[0])
    query.access.require(centre=row["centre"])
    for name in ("skills_claimed", "needs", "placement", "documents_held", "vulnerabilities", "flags"):
        row[name] = None if row[name] is None else orjson.loads(row[name])
    confided = row.pop("confided")
    row["broker"] = None if confided is None else sealed.open(confided).get("broker")
    plan = await query.fetch(PLAN, row.pop("plan"))
    referrals = await query.fetch(REFERRALS_OF_CASE, row["person"], caseid)
    evaluations = await query.fetch(EVALUATIONS, caseid)
    return CaseView(
        **row,
        plan=_plan(plan[0]) if plan else None,
        referrals=[shown(each) for each in referrals],
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
