"""Referrals, for the centre that made them and the office they were made to."""

import csv
import io
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from services.intake.commands import referrals as commands
from services.intake.queries import referrals as queries
from services.intake.requests.fields import ReferralCode
from services.intake.requests.referrals import OfficeDecision, Withdrawal
from services.intake.views.referrals import ReferralView, SheetRow
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, SCHEME_OFFICER, TRAINING_PROVIDER, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Code

MOST_SHOWN: Final = 500
"""Referrals that one answer lists."""

allow(
    "intake",
    {
        "read-referral": {COUNSELLOR, CENTRE_LEAD, TRAINING_PROVIDER, SCHEME_OFFICER},
        "withdraw-referral": {COUNSELLOR, CENTRE_LEAD},
        "decide-referral": {COUNSELLOR, CENTRE_LEAD, SCHEME_OFFICER},
        "read-scheme": {SCHEME_OFFICER, OPERATOR},
        "read-sheet": {TRAINING_PROVIDER, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.get("/referrals/{code}", tags=["referral"], summary="A referral by the code that the person carries")
async def read_referral(code: ReferralCode, query: Annotated[Query, Query.of("intake.read-referral")]) -> ReferralView:
    """For the centre that made it and the office it was made to."""
    return await queries.referral(query, code)


@ROUTER.post("/referrals/{code}/withdrawal", tags=["referral"], summary="Take a referral back")
async def withdraw_referral(
    code: ReferralCode, body: Withdrawal, command: Annotated[Command, Command.of("intake.withdraw-referral")]
) -> Answer:
    """While the receiving office is not done with it."""
    return await commands.withdraw_referral(command, code, body)


@ROUTER.post("/referrals/{code}/decision", tags=["referral"], summary="The receiving office answers")
async def decide_referral(
    code: ReferralCode, body: OfficeDecision, command: Annotated[Command, Command.of("intake.decide-referral")]
) -> Answer:
    """By the officer of the scheme; for legal help by the centre, which tells what became of it."""
    return await commands.decide_referral(command, code, body)


@ROUTER.get("/schemes/{scheme}/referrals", tags=["referral"], summary="Referrals to a social protection scheme")
async def read_scheme(
    scheme: Code,
    query: Annotated[Query, Query.of("intake.read-scheme")],
    state: Annotated[Literal["requested", "accepted", "rejected", "completed", "withdrawn"], Parameter()] = "requested",
) -> list[ReferralView]:
    """The oldest first, at most 500."""
    query.access.require(scheme=scheme)
    return await queries.of_scheme(query, scheme, state, MOST_SHOWN)


@ROUTER.get(
    "/providers/{provider}/sheet",
    tags=["referral"],
    summary="Who is referred to a training provider",
    response_model=list[SheetRow],
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def read_sheet(
    provider: Code,
    query: Annotated[Query, Query.of("intake.read-sheet")],
    format: Annotated[Literal["csv", "json"], Parameter()] = "csv",
) -> list[SheetRow] | Response:
    """By the code each person carries, without names. As CSV it is what a provider fills in and sends to training."""
    query.access.require(provider=provider)
    rows = await queries.sheet(query, provider)
    return rows if format == "json" else _as_csv(rows, provider)


def _as_csv(rows: list[SheetRow], provider: str) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(SheetRow.model_fields)
    writer.writerows(list(row.model_dump(mode="json").values()) for row in rows)
    name = {"Content-Disposition": f'attachment; filename="sheet-{provider}.csv"'}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=name)
