"""Training's HTTP API: courses offered, completions posted, prior learning decided. For what is read see reading.py."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter

from services.training import reading
from services.training.domain import completions, prior_learning, rows, seats
from services.training.domain.model import COMPLETED, Completion, Course
from services.training.requests import CompletionRow, Completions, Findings, NewCourse, NewCourses, ReferralCode
from services.training.storage import COURSES, PERSONS_OF_CODES, REFERRALS, courses_by_code
from shared.access import ASSESSOR, OPERATOR, TRAINING_PROVIDER, Access, allow
from shared.commands import Answer, Command, DryRun, Row, Unit
from shared.desk import repair_desk
from shared.faults import fault
from shared.kinds import NOTHING
from shared.local_time import day
from shared.rejections import Absent, LookAgain, Rejected

allow(
    "training",
    {
        "offer-courses": (TRAINING_PROVIDER, OPERATOR),
        "post-completions": (TRAINING_PROVIDER, OPERATOR),
        "decide-prior-learning": (ASSESSOR,),
    },
)

ROUTER = APIRouter(tags=["training"])
ROUTER.include_router(repair_desk("training"))

SUBJECTS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "reintegration/training/course")


@ROUTER.post("/courses", summary="Offer courses, or change what is offered")
async def offer_courses(body: NewCourses, command: Annotated[Command, Command.of("training.offer-courses")]) -> Answer:
    """Each course is `accepted`, `repeated` where it is offered just so already, or `refused` with what to correct; its
    `line` is its place in the list, from 1. Seats that are held stay held."""
    offered = [_course(new) for new in body.courses]

    async def act(unit: Unit) -> Answer:
        # A course is a subject too: who offers the same new one at this moment waits here, and then finds it.
        subjects = {str(uuid.uuid5(SUBJECTS, each.course)) for each in offered}
        await unit.hold(subjects, [COURSES(each.course) for each in offered])
        return Answer(rows=[_offer(unit, command.access, line, each) for line, each in enumerate(offered, 1)])

    return await command.run(act)


@ROUTER.post("/completions", summary="How courses ended, up to 500 rows of a provider's file")
async def post_completions(
    body: Completions, command: Annotated[Command, Command.of("training.post-completions")], dry_run: DryRun = False
) -> Answer:
    """Each row is `accepted`; `waiting` where nobody has heard of its code yet (it is kept, and settled when the
    referral arrives); `repeated`; or `refused` with what to correct. A provider posts for its own courses."""
    today = day(command.running.clock())
    read = [(row.line, _read(row, today)) for row in body.rows]

    async def act(unit: Unit) -> Answer:
        named = {each.course for _, each in read if isinstance(each, Completion)}
        courses = await courses_by_code(unit.connection, named)
        own = [(line, _of_own_course(line, each, courses, command.access)) for line, each in read]
        await _hold(unit, {each.code for _, each in own if isinstance(each, Completion)})
        return Answer(
            rows=[
                _record(unit, line, each, courses[each.course]) if isinstance(each, Completion) else each
                for line, each in own
            ]
        )

    return await command.run(act, dry_run)


@ROUTER.post("/prior-learning/{code}/decision", summary="What assessors found a person competent in")
async def decide_prior_learning(
    code: ReferralCode, body: Findings, command: Annotated[Command, Command.of("training.decide-prior-learning")]
) -> Answer:
    """`code` is that of the referral. The status is `recognised`, `partly-recognised` or `not-yet`; partial results
    count. The same findings again change nothing, others are refused."""

    async def act(unit: Unit) -> Answer:
        await _hold(unit, {code}, heard_of=True)
        referral = unit.working.get(REFERRALS, code)
        unit.apply(prior_learning.decide(referral, body.occupation, tuple(body.competent), tuple(body.gaps)))
        decided = unit.working.get(REFERRALS, code)
        assert decided.outcome is not None
        assert decided.referral is not None
        return Answer(status=decided.outcome["result"], ids={"referral": decided.referral})

    return await command.run(act)


async def _hold(unit: Unit, codes: Collection[str], heard_of: bool = False) -> None:
    """Lock the persons whose referrals have these codes, as far as they are known, then the referrals.

    Raises LookAgain where one became known in between; Absent where all must be `heard_of` and one is not.
    """
    rows = await unit.connection.fetch(PERSONS_OF_CODES, codes)
    persons: dict[str, str | None] = {row["code"]: row["person"] for row in rows}
    if heard_of and any(persons.get(code) is None for code in codes):
        raise Absent
    await unit.hold({each for each in persons.values() if each is not None}, [REFERRALS(code) for code in codes])
    if any(referral.person != persons.get(referral.code) for referral in unit.working.every(REFERRALS)):
        raise LookAgain


def _course(new: NewCourse) -> Course:
    return Course(
        new.course,
        new.provider,
        new.title_en,
        new.title_km,
        new.occupation,
        tuple(dict.fromkeys(new.skills)),
        new.seats,
        0,
        new.starts,
        new.closed,
    )


def _offer(unit: Unit, access: Access, line: int, offered: Course) -> Row:
    if not access.covers(provider=offered.provider):
        return Row.refused(line, fault("provider", "other-provider"))
    try:
        decision = seats.offer(unit.working.find(COURSES, offered.course), offered)
    except Rejected as rejected:
        return Row.refused(line, rejected)
    unit.apply(decision)
    return Row(line=line, status="repeated" if decision is NOTHING else "accepted", ids={"course": offered.course})


def _read(row: CompletionRow, today: date) -> Completion | Row:
    try:
        return rows.check(row.fields, today)
    except rows.RowFaults as found:
        return Row.refused(row.line, *[fault(field, reason) for field, reason in found.faults])


def _of_own_course(
    line: int, completion: Completion | Row, courses: Mapping[str, Course], access: Access
) -> Completion | Row:
    """Refused before anything is held, so that a mistaken row leaves no trace."""
    if isinstance(completion, Row):
        return completion
    course = courses.get(completion.course)
    if course is None:
        return Row.refused(line, fault("course", "unknown-course"))
    if not access.covers(provider=course.provider):
        return Row.refused(line, fault("course", "other-provider"))
    return completion


def _record(unit: Unit, line: int, completion: Completion, course: Course) -> Row:
    referral = unit.working.get(REFERRALS, completion.code)
    try:
        decision = completions.record_completion(referral, course, completion)
    except Rejected as rejected:
        return Row.refused(line, rejected)
    unit.apply(decision)
    if decision is NOTHING:
        return Row(line=line, status="repeated")
    now = unit.working.get(REFERRALS, completion.code)
    if now.state != COMPLETED or now.referral is None:
        return Row(line=line, status="waiting")
    return Row(line=line, status="accepted", ids={"referral": now.referral})


ROUTER.include_router(reading.ROUTER)
