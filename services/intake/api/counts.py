"""How many there are at each stage."""

from typing import Annotated

from fastapi import APIRouter

from services.intake.queries import counts as queries
from services.intake.views.counts import Counts
from shared.access import CENTRE_LEAD, OPERATOR, allow
from shared.commands import Query

allow(
    "intake",
    {
        "count": {CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/counts", tags=["counts"], summary="How many cases and referrals there are at each stage")
async def count(query: Annotated[Query, Query.of("intake.count")]) -> Counts:
    """A centre's lead sees her centre, an operator every one and the events beside."""
    return await queries.counts(query)
