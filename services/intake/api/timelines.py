"""What happened to a person or in a case, across all services."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.queries import timelines as queries
from services.intake.views.timelines import Timeline
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, allow
from shared.commands import Query
from shared.events.envelope import Id

allow(
    "intake",
    {
        "read-timeline": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/persons/{person}/timeline", tags=["person"], summary="What happened, across all services")
async def read_timeline(person: Id, query: Annotated[Query, Query.of("intake.read-timeline")]) -> Timeline:
    """Effects stand behind their causes, and otherwise facts by the time they were recorded."""
    return await queries.timeline_of_person(query, person)


@ROUTER.get("/cases/{case}/timeline", tags=["case"], summary="What happened in one case, across all services")
async def read_case_timeline(case: Id, query: Annotated[Query, Query.of("intake.read-timeline")]) -> Timeline:
    """With the facts that belong to no case of the person."""
    return await queries.timeline_of_case(query, case)
