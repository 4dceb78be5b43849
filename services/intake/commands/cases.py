"""Needs, plan and end of a case."""

from services.intake import storage
from services.intake.commands.editing import Noted, note, touched
from services.intake.commands.holding import hold_case, referrals_of
from services.intake.domain import cases, offices, plans
from services.intake.domain.model import Case, Person
from services.intake.requests.cases import AssessedNeeds, CaseClosing
from services.intake.requests.transfers import CaseReopening
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Conflict
from shared.work import new_id


async def assess_needs(command: Command, caseid: str, body: AssessedNeeds) -> Answer:
    """Needs assessed, and the plan that follows from them. Where the assessment names the version it is based on, and
    somebody else assessed them since, it is refused: a plan follows from needs, so they are not merged."""

    async def act(unit: Unit) -> Answer:
        person, held = await hold_case(unit, command, caseid)
        if body.based_on is not None and await touched(unit, caseid, held.version, body.based_on, "needs"):
            raise Conflict("stale-version", field="based_on", allowed=[str(held.version)])
        needs = tuple(dict.fromkeys(body.needs))
        case = held._replace(version=held.version + 1)
        unit.apply(cases.assess(case, needs))
        before = None if held.needs is None else list(held.needs)
        changed: Noted = ("case", caseid, case.version, {"needs": before}, {"needs": list(needs)})
        await note(unit, command, person.person, [changed], command.device_at)
        return await _plan(unit, person, case._replace(needs=needs))

    return await command.run(act)


async def plan_again(command: Command, caseid: str) -> Answer:
    """The plan made anew, by the consents and offers of today."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        cases.require_open(case)
        return await _plan(unit, person, case)

    return await command.run(act)


async def _plan(unit: Unit, person: Person, case: Case) -> Answer:
    offered = await storage.all_offers(unit.connection)
    made = await referrals_of(unit, person.person, case.caseid)
    asking = plans.asks_offices(case.needs or ())
    directory = await storage.directory(unit.connection) if asking else offices.NONE
    proposal = plans.propose(case, person, offered, made, day(unit.working.now), directory)
    codes = await storage.reserve_codes(unit.connection, len(proposal.wanted))
    plan = new_id()
    unit.apply(plans.agree(case, plan, proposal, codes, unit.working.now))
    return Answer(status="agreed", ids={"case": case.caseid, "plan": plan}, links={"case": f"/cases/{case.caseid}"})


async def close_case(command: Command, caseid: str, body: CaseClosing) -> Answer:
    """The case ends."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        made = await referrals_of(unit, person.person, caseid)
        unit.apply(cases.close(case, made, body.reason, day(unit.working.now)))
        return Answer(status="closed", ids={"case": caseid})

    return await command.run(act)


async def reopen_case(command: Command, caseid: str, body: CaseReopening) -> Answer:
    """A closed case goes on."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        unit.apply(cases.reopen(case, person.caseid, body.reason))
        return Answer(status="reopened", ids={"case": caseid})

    return await command.run(act)
