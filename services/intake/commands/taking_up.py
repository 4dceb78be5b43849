"""Persons taken up with what is known of them, and known ones who came back."""

from services.intake import identity
from services.intake.commands.editing import Noted, confide, identity_of, note
from services.intake.commands.holding import hold_case, hold_person, own_centre
from services.intake.domain import children, partial, records
from services.intake.domain.assessments import first_moment
from services.intake.domain.model import Case
from services.intake.domain.registration import Ids
from services.intake.questionnaires import norms
from services.intake.requests.records import NewPerson, NewReturn
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.local_time import day
from shared.work import new_id


async def take_up(command: Command, body: NewPerson) -> Answer:
    """Somebody nobody knew before, with her first case."""
    centre = own_centre(command)

    async def act(unit: Unit) -> Answer:
        today = day(unit.working.now)
        ids = Ids(new_id(), new_id(), new_id(), new_id())
        fields = body.person.fields_of(today)
        fields |= {f"household.{new_id()}": member.kept(today) for member in body.household}
        person, known = partial.person_of(ids, centre, fields)
        case, confided = partial.case_of(ids, centre, body.case.fields_of(), today)
        record = records.of_person(person, known)
        records.check_person(record, today)
        records.check_case(records.of_case(case, confided), record, today)
        case = children.watch_over(known, case, body.alone, today)
        await unit.hold((), minted={ids.person})
        unit.apply(partial.take_up(person, case).and_then(first_moment(case, norms())))
        secret = command.running.settings.digest_key.get_secret_value()
        await identity.keep(unit.connection, [identity.Kept(ids.person, ids.contact, known)], secret)
        if confided:
            await confide(unit, case, confided)
        changed: list[Noted] = [
            ("person", ids.person, 1, {}, fields),
            ("case", ids.caseid, 1, {}, body.case.fields_of()),
        ]
        await note(unit, command, ids.person, changed, body.device_time or command.device_at)
        return _answer(case)

    return await command.run(act)


async def return_again(command: Command, person: str, body: NewReturn) -> Answer:
    """A known person's next case, of what is known of this return."""
    centre = own_centre(command)

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        today = day(unit.working.now)
        ids = Ids(person, new_id(), held.contact, new_id())
        case, confided = partial.case_of(ids, centre, body.case.fields_of(), today)
        known = await identity_of(unit, person)
        records.check_case(records.of_case(case, confided), records.of_person(held, known), today)
        case = children.watch_over(known, case, False, today)
        unit.apply(partial.return_again(held, case).and_then(first_moment(case, norms())))
        if confided:
            await confide(unit, case, confided)
        changed: Noted = ("case", ids.caseid, 1, {}, body.case.fields_of())
        await note(unit, command, person, [changed], body.device_time or command.device_at)
        return _answer(case)

    return await command.run(act)


def _answer(case: Case) -> Answer:
    links = {"person": f"/persons/{case.person}", "case": f"/cases/{case.caseid}"}
    return Answer(status="registered", ids={"person": case.person, "case": case.caseid}, links=links)


async def settle_flag(command: Command, caseid: str, flag: str, outcome: str) -> Answer:
    """The centre's lead has looked at a flag."""

    async def act(unit: Unit) -> Answer:
        _, case = await hold_case(unit, command, caseid)
        unit.apply(Decision((children.settle(case, flag, outcome, day(unit.working.now)),)))
        return Answer(status="settled", ids={"case": caseid})

    return await command.run(act)
