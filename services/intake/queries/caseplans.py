"""A case's plan with its goals."""

from typing import Final

import orjson

from services.intake import questionnaires, sealed
from services.intake.domain.caseplans import MOVES
from services.intake.domain.norms import plan_by
from services.intake.views.caseplans import CasePlanView, GoalView
from shared.commands import Query
from shared.local_time import day
from shared.rejections import Absent

PLAN: Final = """
select state, revision, approve_by, given, agreed_on, decided_on, reason from case_plan where caseid = $1
"""

GOALS: Final = """
select goal::text, area, services::text, due_on, state, changed_on from goal where caseid = $1 order by due_on, goal
"""


async def case_plan(query: Query, caseid: str) -> CasePlanView:
    """The plan of a case of the asker's centre; Absent otherwise."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow(
            "select centre, registered_on, return_date from cases where caseid = $1", caseid
        )
        if row is None:
            raise Absent
        query.access.require(centre=row["centre"])
        plan = await connection.fetchrow(PLAN, caseid)
        goals = await connection.fetch(GOALS, caseid)
        said = await sealed.unseal(connection, "goal", [goal["goal"] for goal in goals])
    shown = [
        GoalView(**{**goal, "services": orjson.loads(goal["services"])}, text=said.get(goal["goal"], {}).get("text"))
        for goal in goals
    ]
    today = day(query.running.clock())
    if plan is None:
        by = plan_by(questionnaires.norms(), row["registered_on"], row["return_date"])
        return CasePlanView(
            case=caseid,
            state="none",
            allowed=["draft"],
            revision=0,
            approve_by=by,
            late=by < today,
            given=None,
            agreed_on=None,
            decided_on=None,
            reason=None,
            goals=shown,
        )
    late = plan["state"] != "approved" and plan["approve_by"] < today
    return CasePlanView(case=caseid, allowed=list(MOVES[plan["state"]]), late=late, **plan, goals=shown)
