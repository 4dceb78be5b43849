"""Employment's HTTP API: vacancies opened, matches accepted and declined, placements confirmed.

What can be read stands in reading.py.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from services.employment import reading
from services.employment.domain import placing, rows, vacancies
from services.employment.domain.model import Match, Seeker, Vacancy
from services.employment.domain.placing import Placement
from services.employment.storage import MATCHES, SEEKERS, VACANCIES
from services.employment.texts import worded
from shared import reference
from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYER, EMPLOYMENT_OFFICER, Access, allow
from shared.commands import MOST_ROWS, Answer, Command, DryRun, Row, Unit
from shared.desk import repair_desk
from shared.events.envelope import Code, Id
from shared.faults import fault
from shared.kinds import Decision
from shared.rejections import Absent, Rejected

allow(
    "employment",
    {
        "open-vacancies": (EMPLOYER, EMPLOYMENT_OFFICER),
        "accept-match": (COUNSELLOR, CENTRE_LEAD, EMPLOYMENT_OFFICER),
        "decline-match": (COUNSELLOR, CENTRE_LEAD, EMPLOYMENT_OFFICER),
        "confirm-placement": (EMPLOYER, EMPLOYMENT_OFFICER),
    },
)

ROUTER = APIRouter(tags=["employment"])
ROUTER.include_router(repair_desk("employment"))

PAIR = "select person::text, vacancy::text from match where match = $1"


BREATH: Final = 50
"""Rows that are checked at a stretch; the service's other work gets its turn in between."""

Cells = Annotated[dict[str, Annotated[str, Field(max_length=40_000)]], Field(max_length=100)]
"""A row's cells as typed, by the name of their column. One that is too long refuses its row, not the file."""


class Form(BaseModel):
    """What a command is sent; a field that is not listed is refused."""

    model_config = ConfigDict(extra="forbid")


class Line(Form):
    """A line of a file; `line` is told back with what became of it."""

    line: int = Field(ge=1, le=10_000_000)
    fields: Cells


class Lines(Form):
    """A part of a file of vacancies."""

    rows: list[Line] = Field(min_length=1, max_length=MOST_ROWS)


class Refusing(Form):
    """Why the person does not want the job."""

    reason: Code = Field(description="a code of the list `decline`, e.g. too-far, wage, hours")


class Confirmation(Form):
    """What the employer confirms."""

    starts: date
    engagement: Literal["employee", "self-employed"] = "employee"


@ROUTER.post("/vacancies", summary="Open vacancies, up to 500 rows of a file")
async def open_vacancies(
    command: Annotated[Command, Command.of("employment.open-vacancies")],
    lines: Annotated[Lines, Body()],
    dry_run: DryRun = False,
) -> Answer:
    """Each row is `accepted`, `repeated` (sent before with the same content) or `refused` with what to correct."""
    read: list[tuple[int, Vacancy | Row]] = []
    for line in lines.rows:
        if len(read) % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        read.append((line.line, _read(line, command.running.clock(), command.access)))

    async def act(unit: Unit) -> Answer:
        wanted = {row.vacancy for _, row in read if isinstance(row, Vacancy)}
        await unit.hold(wanted, [VACANCIES(each) for each in wanted])
        return Answer(rows=[_opened(unit, line, row) if isinstance(row, Vacancy) else row for line, row in read])

    return await command.run(act, dry_run)


@ROUTER.post("/matches/{match}/acceptance", summary="The person accepts: a place is held for her")
async def accept_match(match: Id, command: Annotated[Command, Command.of("employment.accept-match")]) -> Answer:
    """Refused with 409 when all places are taken, when the vacancy is closed, or when she accepted another one."""
    return await _settle(command, match, placing.accept)


@ROUTER.post("/matches/{match}/decline", summary="The person declines, also after she accepted")
async def decline_match(
    match: Id, refusing: Refusing, command: Annotated[Command, Command.of("employment.decline-match")]
) -> Answer:
    """A place that was held is free again, and other vacancies are looked for."""
    if refusing.reason not in reference.codes("decline"):
        raise Rejected("unknown-code", field="reason", allowed=tuple(reference.codes("decline")))
    return await _settle(command, match, partial(placing.decline, reason=refusing.reason))


@ROUTER.post("/matches/{match}/placement", summary="The employer confirms that the person starts work")
async def confirm_placement(
    match: Id, confirmation: Confirmation, command: Annotated[Command, Command.of("employment.confirm-placement")]
) -> Answer:
    """Possible once the person has accepted."""
    placement = Placement(confirmation.starts, confirmation.engagement)
    return await _settle(command, match, partial(placing.confirm, placement=placement))


async def _settle(command: Command, match: str, rule: Callable[[Match, Seeker, Vacancy, datetime], Decision]) -> Answer:
    """Decide about a match under the lock of its person and of the vacancy's row.

    Raises Absent, and what the rule does.
    """

    async def act(unit: Unit) -> Answer:
        pair = await unit.connection.fetchrow(PAIR, match)
        if pair is None:
            raise Absent
        person, vacancy = pair
        working = await unit.hold([person], [SEEKERS(person), MATCHES(match), VACANCIES(vacancy)])
        seeker, vacated = working.get(SEEKERS, person), working.get(VACANCIES, vacancy)
        reading.require(command.access, seeker.centres, vacated.employer)
        try:
            unit.apply(rule(working.get(MATCHES, match), seeker, vacated, working.now))
        except Rejected as rejected:
            raise worded(rejected) from None
        return Answer(
            status=working.get(MATCHES, match).state,
            ids={"match": match, "vacancy": vacancy},
            links={"match": f"/matches/{match}", "vacancy": f"/vacancies/{vacancy}"},
        )

    return await command.run(act)


def _read(line: Line, now: datetime, access: Access) -> Vacancy | Row:
    """The vacancy of a line, or the line as refused."""
    try:
        vacancy = rows.check(line.fields, now)
    except rows.RowFaults as found:
        return Row.refused(line.line, *[fault(field, reason) for field, reason in found.faults])
    if not access.covers(employer=vacancy.employer):
        return Row.refused(line.line, fault("employer", "other-employer"))
    return vacancy


def _opened(unit: Unit, line: int, wanted: Vacancy) -> Row:
    known = unit.working.find(VACANCIES, wanted.vacancy)
    try:
        told = unit.apply(vacancies.open_vacancy(known, wanted, unit.working.now))
    except Rejected as rejected:
        return Row.refused(line, rejected)
    return Row(line=line, status="accepted" if told else "repeated", ids={"vacancy": wanted.vacancy})


ROUTER.include_router(reading.ROUTER)
