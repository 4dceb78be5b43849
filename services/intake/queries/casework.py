"""A case's sessions, outreach contacts and legal matters."""

from collections.abc import Mapping
from typing import Any, Final

from services.intake import sealed
from services.intake.domain import matters
from services.intake.domain.casework import Matter
from services.intake.views.casework import MatterView, OutreachView, SessionView, StepView
from shared.commands import Query
from shared.rejections import Absent

SESSIONS: Final = """
select session::text as id, kind, mode, planned_on, state, changed_on from session where caseid = $1 and person = $2
order by planned_on, session
"""

OUTREACH: Final = """
select outreach::text as id, channel, made_on, outcome, follow_up_on from outreach where caseid = $1 and person = $2
order by made_on, outreach
"""

MATTERS: Final = """
select matter::text as id, kind, state, next_on, opened_on, changed_on, outcome from matter
where caseid = $1 and person = $2 order by opened_on, matter
"""

Said = Mapping[str, Any]


async def sessions(query: Query, caseid: str) -> list[SessionView]:
    """All of a case of the asker's centre; Absent otherwise."""
    return [
        SessionView(session=row.pop("id"), note=said.get("note"), **row)
        for row, said in await _of(query, caseid, "session", SESSIONS)
    ]


async def outreach(query: Query, caseid: str) -> list[OutreachView]:
    """All of a case of the asker's centre; Absent otherwise."""
    return [
        OutreachView(outreach=row.pop("id"), note=said.get("note"), **row)
        for row, said in await _of(query, caseid, "outreach", OUTREACH)
    ]


async def legal_matters(query: Query, caseid: str) -> list[MatterView]:
    """All of a case of the asker's centre; Absent otherwise."""
    return [_matter(row, said) for row, said in await _of(query, caseid, "matter", MATTERS)]


async def _of(query: Query, caseid: str, sort: str, sql: str) -> list[tuple[dict[str, Any], Said]]:
    """Rows of a case, each with what was said in confidence about it."""
    async with query.running.database.connection() as connection:
        case = await connection.fetchrow("select centre, person from cases where caseid = $1", caseid)
        if case is None:
            raise Absent
        query.access.require(centre=case["centre"])
        rows = await connection.fetch(sql, caseid, case["person"])
        said = await sealed.unseal(connection, sort, [row["id"] for row in rows])
    return [(dict(row), said.get(row["id"], {})) for row in rows]


def _matter(row: dict[str, Any], said: Said) -> MatterView:
    known = Matter(
        row.pop("id"), "", "", row["kind"], row["state"], row["next_on"], row["opened_on"], row["changed_on"]
    )
    closed = known.state == matters.CLOSED
    return MatterView(
        **{**row, "next_on": None if closed else row["next_on"]},
        matter=known.matter,
        allowed=list(matters.MOVES[known.kind][known.state]),
        outcomes=[] if closed else list(matters.outcomes(known)),
        on="nobody" if closed else matters.waits_on(known.state),
        steps=[StepView(**step) for step in said.get("steps", ())],
    )
