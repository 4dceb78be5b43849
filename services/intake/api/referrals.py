"""Referrals, for the centre that made them and the office they were made to."""

import csv
import io
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from services.intake.commands import referrals as commands
from services.intake.commands import rerouting
from services.intake.queries import referrals as queries
from services.intake.requests.fields import ReferralCode
from services.intake.requests.referrals import NewReferral, OfficeDecision, Rerouting, Withdrawal
from services.intake.views.referrals import ListedReferral, ReferralView, ReferredPerson, SheetRow
from shared.access import (
    CENTRE_LEAD,
    COUNSELLOR,
    OPERATOR,
    SCHEME_OFFICER,
    SERVICE_PROVIDER,
    TRAINING_PROVIDER,
    allow,
)
from shared.commands import Answer, Command, Query
from shared.events.envelope import Code, Id

State = Literal[
    "requested",
    "received",
    "accepted",
    "rejected",
    "in-progress",
    "completed",
    "failed",
    "withdrawn",
    "expired",
    "re-routed",
]

MOST_SHOWN: Final = 500
"""Referrals that one answer lists."""

allow(
    "intake",
    {
        "refer": {COUNSELLOR, CENTRE_LEAD},
        "read-referral": {COUNSELLOR, CENTRE_LEAD, TRAINING_PROVIDER, SCHEME_OFFICER, SERVICE_PROVIDER},
        "read-referrals": {COUNSELLOR, CENTRE_LEAD},
        "read-referred-person": {TRAINING_PROVIDER, SCHEME_OFFICER, SERVICE_PROVIDER},
        "withdraw-referral": {COUNSELLOR, CENTRE_LEAD},
        "reroute-referral": {CENTRE_LEAD},
        "receive-referral": {TRAINING_PROVIDER, SCHEME_OFFICER, SERVICE_PROVIDER},
        "decide-referral": {COUNSELLOR, CENTRE_LEAD, TRAINING_PROVIDER, SCHEME_OFFICER, SERVICE_PROVIDER},
        "read-scheme": {SCHEME_OFFICER, OPERATOR},
        "read-office": {SERVICE_PROVIDER, OPERATOR},
        "read-sheet": {TRAINING_PROVIDER, OPERATOR},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/cases/{case}/referrals", tags=["referral"], summary="Refer the person to an office")
async def refer(case: Id, body: NewReferral, command: Annotated[Command, Command.of("intake.refer")]) -> Answer:
    """To the one named, or to the nearest of its kind with the most room. Legal help without an office is the centre's
    own affair."""
    return await commands.refer(command, case, body)


@ROUTER.get("/referrals", tags=["referral"], summary="A centre's referrals that somebody has to see to")
async def read_referrals(
    query: Annotated[Query, Query.of("intake.read-referrals")],
    view: Annotated[
        queries.View,
        Parameter(description="refused (and why), unanswered in time, or lead: what the lead has to see to"),
    ],
) -> list[ListedReferral]:
    """The latest first, at most 500."""
    return await queries.of_centre(query, view, MOST_SHOWN)


@ROUTER.get("/referrals/{code}", tags=["referral"], summary="A referral by the code that the person carries")
async def read_referral(code: ReferralCode, query: Annotated[Query, Query.of("intake.read-referral")]) -> ReferralView:
    """For the centre that made it and the office it was made to."""
    return await queries.referral(query, code)


@ROUTER.get("/referrals/{code}/chain", tags=["referral"], summary="Every provider that was asked, one after the other")
async def read_chain(
    code: ReferralCode, query: Annotated[Query, Query.of("intake.read-referrals")]
) -> list[ReferralView]:
    """By any code of the chain; for the centre that made it."""
    return await queries.chain(query, code)


@ROUTER.get("/referrals/{code}/person", tags=["referral"], summary="Who was referred, for the office that accepted")
async def read_referred_person(
    code: ReferralCode, query: Annotated[Query, Query.of("intake.read-referred-person")]
) -> ReferredPerson:
    """Name, phone and whose it is, language and commune; after the office accepted and while the person agrees."""
    return await queries.person(query, code)


@ROUTER.post("/referrals/{code}/rerouting", tags=["referral"], summary="Send the person to another office")
async def reroute_referral(
    code: ReferralCode, body: Rerouting, command: Annotated[Command, Command.of("intake.reroute-referral")]
) -> Answer:
    """Before the clock does it, or where no office was left. The old code ends, and the answer has the new one."""
    return await rerouting.reroute(command, code, body)


@ROUTER.post("/referrals/{code}/receipt", tags=["referral"], summary="The office has the referral")
async def receive_referral(
    code: ReferralCode, command: Annotated[Command, Command.of("intake.receive-referral")]
) -> Answer:
    """It is still to be answered, and the clock goes on."""
    return await commands.receive_referral(command, code)


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
    """By the officer of the scheme, or the office it was made to; legal help without an office is answered by the
    centre. After a refusal the next office that fits is asked."""
    return await commands.decide_referral(command, code, body)


@ROUTER.get("/schemes/{scheme}/referrals", tags=["referral"], summary="Referrals to a social protection scheme")
async def read_scheme(
    scheme: Code,
    query: Annotated[Query, Query.of("intake.read-scheme")],
    state: Annotated[State, Parameter()] = "requested",
) -> list[ReferralView]:
    """The oldest first, at most 500."""
    query.access.require(scheme=scheme)
    return await queries.of_scheme(query, scheme, state, MOST_SHOWN)


@ROUTER.get("/providers/{provider}/referrals", tags=["referral"], summary="Referrals to an office")
async def read_office(
    provider: Code,
    query: Annotated[Query, Query.of("intake.read-office")],
    state: Annotated[State | None, Parameter(description="by default every state")] = None,
) -> list[ReferralView]:
    """The oldest first, at most 500; without anything of the person but the code she carries."""
    query.access.require(provider=provider)
    return await queries.of_provider(query, provider, state, MOST_SHOWN)


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
