"""Intake's HTTP API: who may ask what, and where. What a command does is in `commands.py`, what is read in
`queries.py`."""

import csv
import io
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from services.intake import commands, queries
from services.intake.requests import (
    AssessedNeeds,
    CaseClosing,
    NewConsent,
    NewContact,
    NewOffers,
    OfficeDecision,
    Purpose,
    ReferralCode,
    Registrations,
    SecondReturn,
    Withdrawal,
)
from services.intake.views import CaseView, Counts, OfferView, PersonView, ReferralView, SheetRow, Timeline
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, SCHEME_OFFICER, TRAINING_PROVIDER, allow
from shared.commands import Answer, Command, DryRun, Query
from shared.desk import repair_desk
from shared.events.envelope import Code, Id

MOST_SHOWN: Final = 500
"""Referrals that one answer lists."""

allow(
    "intake",
    {
        "register": {COUNSELLOR, CENTRE_LEAD},
        "read-person": {COUNSELLOR, CENTRE_LEAD},
        "read-case": {COUNSELLOR, CENTRE_LEAD},
        "read-timeline": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
        "change-contact": {COUNSELLOR, CENTRE_LEAD},
        "give-consent": {COUNSELLOR, CENTRE_LEAD},
        "withdraw-consent": {COUNSELLOR, CENTRE_LEAD},
        "assess-needs": {COUNSELLOR, CENTRE_LEAD},
        "agree-plan": {COUNSELLOR, CENTRE_LEAD},
        "close-case": {COUNSELLOR, CENTRE_LEAD},
        "read-referral": {COUNSELLOR, CENTRE_LEAD, TRAINING_PROVIDER, SCHEME_OFFICER},
        "withdraw-referral": {COUNSELLOR, CENTRE_LEAD},
        "decide-referral": {COUNSELLOR, CENTRE_LEAD, SCHEME_OFFICER},
        "read-scheme": {SCHEME_OFFICER, OPERATOR},
        "read-sheet": {TRAINING_PROVIDER, OPERATOR},
        "offer-courses": {CENTRE_LEAD, OPERATOR},
        "read-offers": {COUNSELLOR, CENTRE_LEAD, OPERATOR},
        "count": {CENTRE_LEAD, OPERATOR},
    },
)

ROUTER = APIRouter()
ROUTER.include_router(repair_desk("intake"))


@ROUTER.post("/registrations", tags=["registration"], summary="Register returnees, one or a file's rows")
async def register(
    body: Registrations, command: Annotated[Command, Command.of("intake.register")], dry_run: DryRun = False
) -> Answer:
    """Each row is `accepted` with the ids of person and case, `repeated` with those it had before, or `refused` with
    what to correct. The columns are those of the intake file (`docs/files.md`), cells as typed."""
    return await commands.register(command, body, dry_run)


@ROUTER.post("/persons/{person}/cases", tags=["registration"], summary="A known person came back again")
async def register_again(
    person: Id, body: SecondReturn, command: Annotated[Command, Command.of("intake.register")]
) -> Answer:
    """A new case of the same person; the answer's one row is as in a registration."""
    return await commands.register_again(command, person, body)


@ROUTER.get("/persons/{person}", tags=["person"], summary="Who a person is, her consents and cases")
async def read_person(person: Id, query: Annotated[Query, Query.of("intake.read-person")]) -> PersonView:
    """For the person's own centre alone."""
    return await queries.person(query, person)


@ROUTER.get("/persons/{person}/timeline", tags=["person"], summary="What happened, across all services")
async def read_timeline(person: Id, query: Annotated[Query, Query.of("intake.read-timeline")]) -> Timeline:
    """Effects stand behind their causes, and otherwise facts by the time they were recorded."""
    return await queries.timeline_of_person(query, person)


@ROUTER.post("/persons/{person}/contact", tags=["person"], summary="How the person is reached from now on")
async def change_contact(
    person: Id, body: NewContact, command: Annotated[Command, Command.of("intake.change-contact")]
) -> Answer:
    """Others get a new opaque reference; the number itself stays here."""
    return await commands.change_contact(command, person, body)


@ROUTER.post("/persons/{person}/consents", tags=["person"], summary="The person agrees to purposes")
async def give_consent(
    person: Id, body: NewConsent, command: Annotated[Command, Command.of("intake.give-consent")]
) -> Answer:
    """Plans are not made anew by this: ask for that (`/cases/{case}/plan`) once everything is said."""
    return await commands.give_consent(command, person, body)


@ROUTER.delete("/persons/{person}/consents/{purpose}", tags=["person"], summary="The person no longer agrees")
async def withdraw_consent(
    person: Id, purpose: Purpose, command: Annotated[Command, Command.of("intake.withdraw-consent")]
) -> Answer:
    """Open referrals that rest on this purpose are taken back with it."""
    return await commands.withdraw_consent(command, person, purpose)


@ROUTER.get("/cases/{case}", tags=["case"], summary="A case with its plan, referrals and eligibility answers")
async def read_case(case: Id, query: Annotated[Query, Query.of("intake.read-case")]) -> CaseView:
    """For the case's own centre alone; who the person is stands elsewhere."""
    return await queries.case(query, case)


@ROUTER.get("/cases/{case}/timeline", tags=["case"], summary="What happened in one case, across all services")
async def read_case_timeline(case: Id, query: Annotated[Query, Query.of("intake.read-timeline")]) -> Timeline:
    """With the facts that belong to no case of the person."""
    return await queries.timeline_of_case(query, case)


@ROUTER.post("/cases/{case}/needs", tags=["case"], summary="Needs assessed; the plan follows")
async def assess_needs(
    case: Id, body: AssessedNeeds, command: Annotated[Command, Command.of("intake.assess-needs")]
) -> Answer:
    """What runs already goes on; what the new needs ask for is added."""
    return await commands.assess_needs(command, case, body)


@ROUTER.post("/cases/{case}/plan", tags=["case"], summary="The plan made anew by today's consents and offers")
async def agree_plan(case: Id, command: Annotated[Command, Command.of("intake.agree-plan")]) -> Answer:
    """For instance after a refusal, or after a consent was given."""
    return await commands.plan_again(command, case)


@ROUTER.post("/cases/{case}/closing", tags=["case"], summary="Close the case")
async def close_case(
    case: Id, body: CaseClosing, command: Annotated[Command, Command.of("intake.close-case")]
) -> Answer:
    """Open referrals are taken back with it."""
    return await commands.close_case(command, case, body)


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


@ROUTER.post("/offers", tags=["offers"], summary="Courses that may be referred to")
async def offer_courses(body: NewOffers, command: Annotated[Command, Command.of("intake.offer-courses")]) -> Answer:
    """The same catalogue that training keeps with its seats, which do not matter here."""
    return await commands.offer(command, body)


@ROUTER.get("/offers", tags=["offers"], summary="Courses that may be referred to")
async def read_offers(query: Annotated[Query, Query.of("intake.read-offers")]) -> list[OfferView]:
    """Every one, closed ones too."""
    return await queries.offers(query)


@ROUTER.get("/counts", tags=["counts"], summary="How many cases and referrals there are at each stage")
async def count(query: Annotated[Query, Query.of("intake.count")]) -> Counts:
    """A centre's lead sees her centre, an operator every one and the events beside."""
    return await queries.counts(query)
