"""The case plan: goals set, agreed, approved, reached."""

from services.intake import questionnaires, sealed, storage
from services.intake.domain import caseplans
from services.intake.domain.casework import CasePlan, Goal
from services.intake.domain.model import Case
from services.intake.requests.caseplans import Agreement, GoalState, NewGoals, PlanDecision
from services.intake.storage import CASE_PLANS, CASES, GOALS, PERSONS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Absent
from shared.work import new_id


async def set_goals(command: Command, caseid: str, body: NewGoals) -> Answer:
    """Goals are added; what was agreed before waits for agreement anew."""

    async def act(unit: Unit) -> Answer:
        case, plan, known = await _hold(unit, command, caseid)
        new = [
            Goal(new_id(), case.person, caseid, each.area, tuple(dict.fromkeys(each.services)), each.due_on)
            for each in body.goals
        ]
        today = day(unit.working.now)
        unit.apply(caseplans.set_goals(case, plan, known.values(), new, questionnaires.norms(), today))
        await sealed.seal(
            unit.connection,
            [
                sealed.Sealed("goal", goal.goal, goal.person, {"text": said.text})
                for goal, said in zip(new, body.goals, strict=True)
            ],
        )
        ids = {"case": caseid} | {f"goal-{place}": goal.goal for place, goal in enumerate(new, 1)}
        return Answer(status="draft", ids=ids, links={"plan": f"/cases/{caseid}/case-plan"})

    return await command.run(act)


async def move_goal(command: Command, caseid: str, goal: str, body: GoalState) -> Answer:
    """A goal was reached or is given up."""

    async def act(unit: Unit) -> Answer:
        case, plan, known = await _hold(unit, command, caseid)
        today = day(unit.working.now)
        unit.apply(caseplans.move_goal(case, plan, known.get(goal), body.state, questionnaires.norms(), today))
        return Answer(status=body.state, ids={"case": caseid, "goal": goal})

    return await command.run(act)


async def agree(command: Command, caseid: str, body: Agreement) -> Answer:
    """The returnee agrees to her goals."""

    async def act(unit: Unit) -> Answer:
        case, plan, known = await _hold(unit, command, caseid)
        unit.apply(caseplans.agree(case, plan, known.values(), body.given, day(unit.working.now)))
        return Answer(status="agreed", ids={"case": caseid})

    return await command.run(act)


async def decide(command: Command, caseid: str, body: PlanDecision) -> Answer:
    """The centre's lead approves the plan or sends it back."""

    async def act(unit: Unit) -> Answer:
        case, plan, _ = await _hold(unit, command, caseid)
        decision = caseplans.decide(case, plan, body.reason, day(unit.working.now))
        unit.apply(decision)
        return Answer(status=decision.changes[0].state, ids={"case": caseid})

    return await command.run(act)


async def _hold(unit: Unit, command: Command, caseid: str) -> tuple[Case, CasePlan | None, dict[str, Goal]]:
    """A case of the asker's centre with its plan and goals, held. Raises Absent for another's."""
    person = await unit.connection.fetchval("select person::text from cases where caseid = $1", caseid)
    if person is None:
        raise Absent
    working = await unit.hold([person], [PERSONS(person), CASES(caseid), CASE_PLANS(caseid)])
    case = working.get(CASES, caseid)
    command.access.require(centre=case.centre)
    goals = await storage.of_persons(unit.connection, GOALS, [person])
    return case, working.find(CASE_PLANS, caseid), {key: goal for key, goal in goals.items() if goal.caseid == caseid}
