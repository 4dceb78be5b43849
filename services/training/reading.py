"""What is read of training over HTTP: courses with their free seats, completions that wait, counts."""

from datetime import date
from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import BaseModel, Field

from services.training.domain.completions import why_waiting
from services.training.domain.model import Course
from services.training.storage import COUNT_COURSES, COUNT_REFERRALS, COUNT_WAITING, LIST_COURSES, WAITING, course_of
from shared import reference
from shared.access import (
    ASSESSOR,
    CENTRE_LEAD,
    COUNSELLOR,
    EMPLOYMENT_OFFICER,
    OPERATOR,
    TRAINING_PROVIDER,
    allow,
)
from shared.commands import Query
from shared.events.envelope import Code

MOST_SHOWN: Final = 500
"""Rows of an answer. What is after them is asked for with its `after`."""

allow(
    "training",
    {
        "read-courses": (COUNSELLOR, CENTRE_LEAD, TRAINING_PROVIDER, ASSESSOR, EMPLOYMENT_OFFICER, OPERATOR),
        "read-waiting": (TRAINING_PROVIDER, OPERATOR),
        "count": (TRAINING_PROVIDER, OPERATOR),
    },
)

ROUTER = APIRouter(tags=["training"])


class Named(BaseModel):
    """A code with what people read for it."""

    code: str
    title_en: str
    title_km: str


class CourseView(BaseModel):
    """A course; `free` seats can be had now, none where it is closed."""

    course: Code
    provider: Code
    title_en: str
    title_km: str
    occupation: Named | None
    skills: list[Named]
    seats: int
    taken: int
    free: int
    starts: date | None
    closed: bool


class Courses(BaseModel):
    """A page of courses; `after` asks for the next one, and is null on the last."""

    courses: list[CourseView]
    after: Code | None


class Waiting(BaseModel):
    """A completion that is not settled, and why: `unheard` while nobody has heard of its code, else what to correct."""

    code: str
    course: Code
    provider: Code
    completed_on: date
    result: Code
    reason: Code
    fix_en: str = Field(description="what the provider can do about it")
    fix_km: str


class AllWaiting(BaseModel):
    """A page of completions that wait; `after` asks for the next one, and is null on the last."""

    waiting: list[Waiting]
    after: str | None


class Counts(BaseModel):
    """Referrals by kind and state, outcomes of those that are completed by kind and result, seats, what waits."""

    courses: int
    seats: int
    taken: int
    referrals: dict[str, dict[str, int]]
    results: dict[str, dict[str, int]]
    waiting: int


@ROUTER.get("/courses", summary="Courses with their free seats")
async def list_courses(
    query: Annotated[Query, Query.of("training.read-courses")],
    provider: Annotated[Code | None, Parameter()] = None,
    free: Annotated[bool, Parameter(description="only those with a free seat")] = False,
    after: Annotated[str, Parameter(max_length=40, description="the last answer's `after`")] = "",
    limit: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 100,
) -> Courses:
    """Of all providers: whoever plans with a returnee sees what there is."""
    found = [course_of(row) for row in await query.fetch(LIST_COURSES, provider, free, after, limit)]
    return Courses(courses=[_view(course) for course in found], after=found[-1].course if len(found) == limit else None)


@ROUTER.get("/waiting", summary="Completions that are not settled yet, and why")
async def list_waiting(
    query: Annotated[Query, Query.of("training.read-waiting")],
    after: Annotated[str, Parameter(max_length=40, description="the last answer's `after`")] = "",
    limit: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 100,
) -> AllWaiting:
    """A provider sees those it posted."""
    rows = await query.fetch(WAITING, query.access.only("provider"), after, limit)
    return AllWaiting(waiting=[_waiting(row) for row in rows], after=rows[-1]["code"] if len(rows) == limit else None)


@ROUTER.get("/counts", summary="How many courses, seats, referrals and completions there are")
async def count(query: Annotated[Query, Query.of("training.count")]) -> Counts:
    """A provider's own, or everybody's."""
    provider = query.access.only("provider")
    (courses,) = await query.fetch(COUNT_COURSES, provider)
    referrals: dict[str, dict[str, int]] = {}
    results: dict[str, dict[str, int]] = {}
    for kind, state, result, number in await query.fetch(COUNT_REFERRALS, provider):
        states = referrals.setdefault(kind, {})
        states[state] = states.get(state, 0) + number
        if result is not None:
            results.setdefault(kind, {})[result] = number
    (waiting,) = await query.fetch(COUNT_WAITING, provider)
    return Counts(
        courses=courses[0],
        seats=courses[1],
        taken=courses[2],
        referrals=referrals,
        results=results,
        waiting=waiting[0],
    )


def _named(kind: reference.Kind, code: str) -> Named:
    return Named(code=code, title_en=reference.title(kind, code, "en"), title_km=reference.title(kind, code, "km"))


def _view(course: Course) -> CourseView:
    return CourseView(
        course=course.course,
        provider=course.provider,
        title_en=course.title_en,
        title_km=course.title_km,
        occupation=_named("occupations", course.occupation) if course.occupation else None,
        skills=[_named("skills", skill) for skill in course.skills],
        seats=course.seats,
        taken=course.taken,
        free=0 if course.closed else course.seats - course.taken,
        starts=course.starts,
        closed=course.closed,
    )


UNHEARD = (
    "Nobody has heard of this code yet. It is settled by itself when its referral arrives; if it does not within some "
    "days, compare the code with the sheet.",
    "មិនទាន់មានអ្នកណាស្គាល់លេខកូដនេះទេ។ វានឹងត្រូវបានដោះស្រាយដោយខ្លួនឯង ពេលការបញ្ជូនមកដល់។ បើប៉ុន្មានថ្ងៃហើយនៅតែមិនមក "
    "សូមផ្ទៀងលេខកូដជាមួយតារាង។",
)


def _waiting(row: Any) -> Waiting:
    said = orjson.loads(row["outcome"])
    reason = why_waiting(row["state"], row["kind"], row["course"], said)
    known = reference.reasons().get(reason)
    fix_en, fix_km = (known.title_en, known.title_km) if known else UNHEARD
    return Waiting(
        code=row["code"],
        course=said["course"],
        provider=row["provider"],
        completed_on=said["completed_on"],
        result=said["result"],
        reason=reason,
        fix_en=fix_en,
        fix_km=fix_km,
    )
