"""Legal matters opened and moved; each step's note is kept in confidence beside those before."""

from services.intake import questionnaires, sealed, storage
from services.intake.commands.holding import hold_case
from services.intake.domain import matters
from services.intake.requests.casework import MatterStep, NewMatter
from services.intake.storage import MATTERS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.work import new_id


async def open_matter(command: Command, caseid: str, body: NewMatter) -> Answer:
    """A legal matter is opened."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        matter, today = new_id(), day(unit.working.now)
        unit.apply(matters.begin(case, matter, body.kind, body.next_on, questionnaires.norms(), today))
        await _noted(unit, matter, person.person, "opened", body.note)
        return Answer(status="opened", ids={"case": caseid, "matter": matter})

    return await command.run(act)


async def move_matter(command: Command, caseid: str, matter: str, body: MatterStep) -> Answer:
    """A step was done."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        known = (await storage.of_persons(unit.connection, MATTERS, [person.person])).get(matter)
        norms, today = questionnaires.norms(), day(unit.working.now)
        unit.apply(matters.move(case, known, body.step, body.outcome, body.next_on, norms, today))
        await _noted(unit, matter, person.person, body.step, body.note)
        return Answer(status=body.step, ids={"case": caseid, "matter": matter})

    return await command.run(act)


async def _noted(unit: Unit, matter: str, person: str, step: str, note: str | None) -> None:
    before = (await sealed.unseal(unit.connection, "matter", [matter])).get(matter, {"steps": []})
    done = {"step": step, "on": day(unit.working.now).isoformat(), "note": note}
    content = {"steps": [*before["steps"], done]}
    await sealed.seal(unit.connection, [sealed.Sealed("matter", matter, person, content)])
