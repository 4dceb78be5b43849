"""What a person says for the rules of social protection, the rules asked, and what is decided on their answers."""

from services.intake import circumstances, storage
from services.intake.commands.holding import hold_case, hold_person, referrals_of
from services.intake.domain import eligibility, proposals, scheme_rules
from services.intake.domain.cases import require_open
from services.intake.domain.model import Case, Person
from services.intake.domain.proposals import ASKED, FACTS_TOLD, REFER
from services.intake.requests.eligibility import Circumstances, ProposalDecision
from services.intake.storage import CASES, DECISIONS, EVALUATIONS, PERSONS
from services.intake.storage.proposals import latest_answers
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Absent
from shared.work import new_id


async def tell_circumstances(command: Command, person: str, body: Circumstances) -> Answer:
    """What she says is kept sealed; where her latest case is open the rules are asked with it."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        today = day(unit.working.now).isoformat()
        said = dict(await circumstances.said_by(unit.connection, person))
        for name, value in body.facts.items():
            said.pop(name, None)
            if value is not None:
                said[name] = {"value": value, "said_on": today}
        await circumstances.keep(unit.connection, person, said)
        case = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid]
        await _evaluate(unit, case, FACTS_TOLD)
        return Answer(status="kept", ids={"person": person}, links={"eligibility": f"/cases/{case.caseid}/eligibility"})

    return await command.run(act)


async def ask_rules(command: Command, caseid: str) -> Answer:
    """Every rule that holds today is asked about the case."""

    async def act(unit: Unit) -> Answer:
        _, case = await hold_case(unit, command, caseid)
        require_open(case)
        await _evaluate(unit, case, ASKED)
        return Answer(status="asked", ids={"case": caseid}, links={"eligibility": f"/cases/{caseid}/eligibility"})

    return await command.run(act)


async def _evaluate(unit: Unit, case: Case, because: str) -> None:
    """Ask the rules; the case's person is held."""
    now = unit.working.now
    said = await circumstances.facts_of(unit.connection, [case.person], day(now))
    known = {**said[case.person], **eligibility.facts_of(case)}
    latest = (await latest_answers(unit.connection, [case.caseid]))[case.caseid]
    answers = {scheme: last.answer for scheme, last in latest.items()}
    unit.apply(proposals.evaluate(case, known, answers, because, new_id(), now))


async def decide_proposal(command: Command, evaluation: str, body: ProposalDecision) -> Answer:
    """A counsellor decides on a scheme's last answer: a referral, or none for now."""

    async def act(unit: Unit) -> Answer:
        row = await unit.connection.fetchrow(
            "select person::text, caseid::text from evaluation where evaluation = $1", evaluation
        )
        if row is None:
            raise Absent
        person, caseid = row
        keys = [PERSONS(person), CASES(caseid), EVALUATIONS(evaluation), DECISIONS(evaluation)]
        working = await unit.hold([person], keys)
        command.access.require(centre=working.get(CASES, caseid).centre)
        return await _decide(unit, working.get(PERSONS, person), working.get(CASES, caseid), evaluation, body)

    return await command.run(act)


async def _decide(unit: Unit, person: Person, case: Case, evaluation: str, body: ProposalDecision) -> Answer:
    working = unit.working
    asked = working.get(EVALUATIONS, evaluation)
    latest = (await latest_answers(unit.connection, [case.caseid]))[case.caseid][asked.scheme]
    decision = proposals.decide(
        asked,
        latest.evaluation,
        person,
        case,
        await referrals_of(unit, person.person, case.caseid),
        working.find(DECISIONS, evaluation),
        body.decision,
        body.reason,
        await storage.reserve_codes(unit.connection, int(body.decision == REFER)),
        working.now,
    )
    unit.apply(decision)
    kept = working.get(DECISIONS, evaluation)
    ids = {"evaluation": evaluation} | ({"referral": kept.referral} if kept.referral else {})
    return Answer(status=kept.decision, ids=ids, links={"case": f"/cases/{case.caseid}"})


async def ask_about_all(command: Command) -> Answer:
    """Every open case is asked about again, in pages; for an operator who wants it beside a change of rules."""

    async def act(unit: Unit) -> Answer:
        version = scheme_rules.version_of(scheme_rules.rules_on(day(unit.working.now)))
        await unit.hold([proposals.subject_of(version)])
        unit.apply(proposals.begin(version, unit.working.now))
        return Answer(status="begun", ids={"rules": version})

    return await command.run(act)
