"""Persons and cases taken up with what is known, completed and corrected later; conflicts between edits; flags."""

from typing import Annotated, Final

from fastapi import APIRouter

from services.intake.commands import conflicts as deciding
from services.intake.commands import editing, taking_up
from services.intake.queries import records as queries
from services.intake.requests.records import (
    CaseEdit,
    FlagSettlement,
    MemberEdit,
    MemberGone,
    NewMember,
    NewPerson,
    NewReturn,
    PersonEdit,
    Resolution,
)
from services.intake.views.records import ChangeView, ConflictView, FlagView
from shared.access import CENTRE_LEAD, COUNSELLOR, allow
from shared.commands import Answer, Command, Query
from shared.events.envelope import Code, Id

MOST_SHOWN: Final = 200

CENTRE: Final = frozenset({COUNSELLOR, CENTRE_LEAD})

allow(
    "intake",
    {
        "take-up": CENTRE,
        "edit-person": CENTRE,
        "edit-case": CENTRE,
        "read-changes": CENTRE,
        "read-conflicts": CENTRE,
        "resolve-conflict": CENTRE,
        "read-flags": {CENTRE_LEAD},
        "settle-flag": {CENTRE_LEAD},
    },
)

ROUTER = APIRouter()


@ROUTER.post("/persons", tags=["registration"], summary="Take somebody up with what is known of her")
async def take_up(body: NewPerson, command: Annotated[Command, Command.of("intake.take-up")]) -> Answer:
    """A name and a phone will do, and so will nothing at all: the answer names the person and her case, and the rest
    comes later. Needs, plan and consent follow in the case."""
    return await taking_up.take_up(command, body)


@ROUTER.post("/persons/{person}/returns", tags=["registration"], summary="A known person came back, details to follow")
async def return_again(
    person: Id, body: NewReturn, command: Annotated[Command, Command.of("intake.take-up")]
) -> Answer:
    """A new case of the same person; who she is and what she agreed to stays. With a filled-in form:
    `/persons/{person}/cases`."""
    return await taking_up.return_again(command, person, body)


@ROUTER.patch("/persons/{person}", tags=["person"], summary="Complete or correct who a person is")
async def edit_person(
    person: Id, body: PersonEdit, command: Annotated[Command, Command.of("intake.edit-person")]
) -> Answer:
    """What nobody else touched since the version `based_on` is taken over. Where somebody did, the answer is 202 with
    status `conflict`: nothing is lost, and `/conflicts/{conflict}` shows both versions."""
    return await editing.edit_person(command, person, body)


@ROUTER.patch("/cases/{case}", tags=["case"], summary="Complete or correct a case")
async def edit_case(case: Id, body: CaseEdit, command: Annotated[Command, Command.of("intake.edit-case")]) -> Answer:
    """As with a person; a closed case stays as it is."""
    return await editing.edit_case(command, case, body)


@ROUTER.post("/persons/{person}/household", tags=["person"], summary="Somebody else she lives with")
async def add_member(
    person: Id, body: NewMember, command: Annotated[Command, Command.of("intake.edit-person")]
) -> Answer:
    """The answer names the member's id."""
    return await editing.add_member(command, person, body)


@ROUTER.put("/persons/{person}/household/{member}", tags=["person"], summary="Correct somebody she lives with")
async def edit_member(
    person: Id, member: Id, body: MemberEdit, command: Annotated[Command, Command.of("intake.edit-person")]
) -> Answer:
    """In place of what was known of this member."""
    return await editing.edit_member(command, person, member, body)


@ROUTER.post("/persons/{person}/household/{member}/removal", tags=["person"], summary="No longer in the household")
async def remove_member(
    person: Id, member: Id, body: MemberGone, command: Annotated[Command, Command.of("intake.edit-person")]
) -> Answer:
    """What was known stays in the changes."""
    return await editing.edit_member(command, person, member, body)


@ROUTER.get("/persons/{person}/changes", tags=["person"], summary="What was changed about a person, and when")
async def read_changes(person: Id, query: Annotated[Query, Query.of("intake.read-changes")]) -> list[ChangeView]:
    """The newest first, at most 200; with the time of the device and ours. A registration from a form is version 1
    and not listed."""
    return await queries.changes(query, "person", person, MOST_SHOWN)


@ROUTER.get("/cases/{case}/changes", tags=["case"], summary="What was changed about a case, and when")
async def read_case_changes(case: Id, query: Annotated[Query, Query.of("intake.read-changes")]) -> list[ChangeView]:
    """As with a person."""
    return await queries.changes(query, "case", case, MOST_SHOWN)


@ROUTER.get("/conflicts", tags=["conflicts"], summary="What waits for a decision")
async def read_conflicts(query: Annotated[Query, Query.of("intake.read-conflicts")]) -> list[ConflictView]:
    """What the asker submitted herself; the centre's lead sees all of her centre. Nobody else sees any."""
    return await queries.conflicts(query, MOST_SHOWN)


@ROUTER.get("/conflicts/{conflict}", tags=["conflicts"], summary="Both versions of a conflict")
async def read_conflict(conflict: Id, query: Annotated[Query, Query.of("intake.read-conflicts")]) -> ConflictView:
    """For its submitter and the centre's lead, until it is settled or expires."""
    return await queries.conflict(query, conflict)


@ROUTER.post("/conflicts/{conflict}/resolution", tags=["conflicts"], summary="Decide which version holds")
async def resolve_conflict(
    conflict: Id, body: Resolution, command: Annotated[Command, Command.of("intake.resolve-conflict")]
) -> Answer:
    """A choice for each field, on the version that was looked at."""
    return await deciding.resolve(command, conflict, body)


@ROUTER.get("/flags", tags=["case"], summary="Cases that the centre's lead is to look at")
async def read_flags(query: Annotated[Query, Query.of("intake.read-flags")]) -> list[FlagView]:
    """Such as a child who came alone; the oldest first."""
    return await queries.flags(query, MOST_SHOWN)


@ROUTER.post("/cases/{case}/flags/{flag}/settlement", tags=["case"], summary="What was done about a flag")
async def settle_flag(
    case: Id, flag: Code, body: FlagSettlement, command: Annotated[Command, Command.of("intake.settle-flag")]
) -> Answer:
    """By the centre's lead."""
    return await taking_up.settle_flag(command, case, flag, body.outcome)
