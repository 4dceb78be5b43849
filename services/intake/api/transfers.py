"""Looking for a person, moving her to another centre, going on with a closed case."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter
from fastapi import Query as Parameter

from services.intake.commands import cases
from services.intake.commands import transfers as commands
from services.intake.queries import finding
from services.intake.queries import transfers as queries
from services.intake.requests.transfers import CaseReopening, NewTransfer, Sought, TransferDecision
from services.intake.views.transfers import Found, TransferView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Id

MOST_SHOWN: Final = 500
"""Transfers that one answer lists."""

allow(
    "intake",
    {
        "find-persons": {COUNSELLOR, CENTRE_LEAD},
        "request-transfer": {COUNSELLOR, CENTRE_LEAD},
        "decide-transfer": {CENTRE_LEAD},
        "take-transfer-back": {COUNSELLOR, CENTRE_LEAD},
        "read-transfers": {COUNSELLOR, CENTRE_LEAD},
        "reopen-case": {CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/persons/search", tags=["person"], summary="Find a person of one's own centre")
async def find_persons(body: Sought, query: Annotated[Query, Query.of("intake.find-persons")]) -> list[Found]:
    """By name in either script, telephone, document or referral code; all that is given must fit. At most 50, the
    latest registered first. It is a POST so that no name stands in an address; it changes nothing and needs no key."""
    return await finding.find(query, body)


@ROUTER.post("/persons/{person}/transfers", tags=["transfer"], summary="Ask another centre to look after a person")
async def request_transfer(
    person: Id, body: NewTransfer, command: Annotated[Command, Command.of("intake.request-transfer")]
) -> Answer:
    """She stays where she is until the other centre accepts."""
    return await commands.request(command, person, body)


@ROUTER.get("/transfers", tags=["transfer"], summary="Transfers to one's centre and from it")
async def read_transfers(
    query: Annotated[Query, Query.of("intake.read-transfers")],
    state: Annotated[Literal["requested", "accepted", "declined", "withdrawn"], Parameter()] = "requested",
) -> list[TransferView]:
    """The oldest first, at most 500; until it is accepted, without who the person is."""
    return await queries.transfers(query, state, MOST_SHOWN)


@ROUTER.post("/transfers/{transfer}/decision", tags=["transfer"], summary="The other centre answers")
async def decide_transfer(
    transfer: Id, body: TransferDecision, command: Annotated[Command, Command.of("intake.decide-transfer")]
) -> Answer:
    """Once accepted, the person and all her cases are the new centre's, and no longer exist for the one before."""
    return await commands.decide(command, transfer, body)


@ROUTER.post("/transfers/{transfer}/withdrawal", tags=["transfer"], summary="Take the question back")
async def take_transfer_back(
    transfer: Id, command: Annotated[Command, Command.of("intake.take-transfer-back")]
) -> Answer:
    """While it is not answered."""
    return await commands.take_back(command, transfer)


@ROUTER.post("/cases/{case}/reopening", tags=["case"], summary="Go on with a closed case")
async def reopen_case(
    case: Id, body: CaseReopening, command: Annotated[Command, Command.of("intake.reopen-case")]
) -> Answer:
    """Of a person's cases the latest alone; what was taken back with its closing stays so, and a new plan asks anew."""
    return await cases.reopen_case(command, case, body)
