"""The centre's work list."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter
from fastapi import Query as Parameter

from services.intake.queries import worklist as queries
from services.intake.views.worklist import Worklist
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Query

Kind = Literal[
    "assessment",
    "plan",
    "goal",
    "session",
    "outreach",
    "matter",
    "referral",
    "refusal",
    "escalation",
    "flag",
    "proposal",
    "conflict",
    "transfer",
    "confirmation",
]

MOST_SHOWN: Final = 500

allow("intake", {"read-worklist": {COUNSELLOR, CENTRE_LEAD}})

ROUTER = APIRouter()


@ROUTER.get("/worklist", tags=["work list"], summary="What is due, late and waiting, and on whom")
async def read_worklist(
    query: Annotated[Query, Query.of("intake.read-worklist")],
    kind: Annotated[list[Kind], Parameter(description="these kinds only", max_length=20)] = [],  # noqa: B006
    days: Annotated[int, Parameter(ge=0, le=366, description="what becomes due within so many days")] = 7,
    most: Annotated[int, Parameter(ge=1, le=MOST_SHOWN)] = 100,
) -> Worklist:
    """Of the asker's own centre, the oldest day first."""
    return await queries.worklist(query, kind, days, most)
