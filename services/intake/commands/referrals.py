"""Referrals made by hand, taken back, and answered by the offices they were made to."""

from typing import Final

from services.intake import storage
from services.intake.commands.holding import hold_case, hold_referral, referrals_of
from services.intake.commands.rerouting import situation
from services.intake.domain import cases, offices, referrals, rerouting
from services.intake.domain.consents import agrees
from services.intake.domain.model import SERVICES, SOCIAL_PROTECTION, Case, Referral
from services.intake.domain.referrals import Wanted
from services.intake.requests.referrals import NewReferral, OfficeDecision, Withdrawal
from shared.access import Access
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.local_time import day
from shared.rejections import Conflict, Rejected
from shared.work import new_id


async def refer(command: Command, caseid: str, body: NewReferral) -> Answer:
    """A counsellor sends the person to an office: the one she names, or the one that fits best."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        cases.require_open(case)
        if not agrees(person, SERVICES, day(unit.working.now)):
            raise Conflict("not-agreed", field="kind")
        made = await referrals_of(unit, person.person, caseid)
        if any(each.kind == body.kind and each.state in referrals.OPEN for each in made):
            raise Conflict("already-referred", field="kind")
        provider = await _office(unit, case, body)
        wanted = Wanted(body.kind, body.kind, SERVICES, provider=provider, priority=body.priority)
        code = next(await storage.reserve_codes(unit.connection, 1))
        decision = referrals.request(wanted, new_id(), code, person.person, caseid, unit.working.now)
        unit.apply(decision)
        ids = {"case": caseid, "referral": decision.changes[0].referral, "code": code}
        return Answer(status="requested", ids=ids, links={"referral": f"/referrals/{code}"})

    return await command.run(act)


async def _office(unit: Unit, case: Case, body: NewReferral) -> str | None:
    directory = await storage.directory(unit.connection)
    if body.office is not None:
        able = [each.office for each in directory.offices if body.kind in each.kinds and not each.closed]
        if body.office not in able:
            raise Rejected("no-office", field="office", allowed=able[:50])
        return body.office
    office = offices.office_for(case, body.kind, directory)
    if office is None and body.kind != "legal-assistance":
        raise Conflict("no-office", field="kind")
    return office  # without one the centre itself gives legal help


async def withdraw_referral(command: Command, code: str, body: Withdrawal) -> Answer:
    """A counsellor takes a referral back."""

    async def act(unit: Unit) -> Answer:
        held, case = await hold_referral(unit, code)
        command.access.require(centre=case.centre)
        referrals.require_move(held, "withdrawn")
        unit.apply(referrals.withdraw(held, body.reason, day(unit.working.now)))
        return Answer(status="withdrawn", ids={"referral": held.referral})

    return await command.run(act)


async def receive_referral(command: Command, code: str) -> Answer:
    """The office says that it has the referral and will answer."""

    async def act(unit: Unit) -> Answer:
        held, case = await hold_referral(unit, code)
        _require_office_of(held, case, command.access)
        if held.state != "received":
            referrals.require_move(held, "received")
        unit.apply(referrals.receive(held, day(unit.working.now)))
        return Answer(status="received", ids={"referral": held.referral})

    return await command.run(act)


async def decide_referral(command: Command, code: str, body: OfficeDecision) -> Answer:
    """The office says what becomes of a referral.

    Training's and employment's referrals are moved by what those services tell; an assessor's office says by this
    command whether it takes the person, while training tells what was found.
    """

    async def act(unit: Unit) -> Answer:
        held, case = await hold_referral(unit, code)
        _require_office_of(held, case, command.access)
        if held.kind == "prior-learning" and body.decision == "complete":
            raise Rejected("other-kind", field="code")
        referrals.require_move(held, STATE_AFTER[body.decision])
        unit.apply(await _decided(unit, held, case, body))
        return Answer(status=STATE_AFTER[body.decision], ids={"referral": held.referral})

    return await command.run(act)


STATE_AFTER: Final = {
    "accept": "accepted",
    "reject": "rejected",
    "start": "in-progress",
    "complete": "completed",
    "fail": "failed",
}
"""The state that each decision of an office leads to."""


async def _decided(unit: Unit, held: Referral, case: Case, body: OfficeDecision) -> Decision:
    today = day(unit.working.now)
    match body.decision:
        case "accept":
            return referrals.accept(held, today)
        case "start":
            return referrals.start(held, today)
        case "complete":
            return referrals.complete(held, "done", today)
        case "fail":
            return referrals.fail(held, body.reason or "other", today)
    around = await situation(unit, held, case)
    codes = await storage.reserve_codes(unit.connection, 1)
    return rerouting.refuse(held, body.reason or "other", around, codes, unit.working.now)


def _require_office_of(referral: Referral, case: Case, access: Access) -> None:
    """Raises Absent where the asker has nothing to do with the referral, Rejected where others answer it."""
    if referral.kind == SOCIAL_PROTECTION:
        access.require(scheme=referral.scheme)
        return
    access.require(centre=case.centre, provider=referral.provider)
    if referral.kind not in (*offices.KINDS, "prior-learning"):
        raise Rejected("other-kind", field="code")
    if referral.provider is not None and not access.covers(provider=referral.provider):
        raise Rejected("other-office", field="code")
