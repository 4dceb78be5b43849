"""Sessions agreed on, held or missed; attempts to reach the person."""

from services.intake import sealed, storage
from services.intake.commands.holding import hold_case
from services.intake.domain import sessions
from services.intake.domain.casework import Outreach, Session
from services.intake.requests.casework import NewOutreach, NewSession, SessionState
from services.intake.storage import OUTREACH, SESSIONS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.work import new_id


async def plan_session(command: Command, caseid: str, body: NewSession) -> Answer:
    """A session is agreed on, or was held."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        session = Session(new_id(), person.person, caseid, body.kind, body.mode, body.on, body.state)
        unit.apply(sessions.plan(case, session, day(unit.working.now)))
        await _noted(unit, "session", session.session, person.person, body.note)
        return Answer(status=body.state, ids={"case": caseid, "session": session.session})

    return await command.run(act)


async def move_session(command: Command, caseid: str, session: str, body: SessionState) -> Answer:
    """What became of a session."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        known = await storage.of_persons(unit.connection, SESSIONS, [person.person])
        unit.apply(sessions.move(case, known.get(session), body.state, day(unit.working.now)))
        await _noted(unit, "session", session, person.person, body.note)
        return Answer(status=body.state, ids={"case": caseid, "session": session})

    return await command.run(act)


async def reach_out(command: Command, caseid: str, body: NewOutreach) -> Answer:
    """An attempt to reach the person."""

    async def act(unit: Unit) -> Answer:
        person, case = await hold_case(unit, command, caseid)
        today = day(unit.working.now)
        made = Outreach(
            new_id(),
            person.person,
            caseid,
            body.channel,
            body.made_on or today,
            body.outcome,
            body.follow_up_on,
        )
        earlier = await storage.of_persons(unit.connection, OUTREACH, [person.person])
        unit.apply(sessions.reach_out(case, made, earlier.values(), today))
        await _noted(unit, "outreach", made.outreach, person.person, body.note)
        return Answer(status="noted", ids={"case": caseid, "outreach": made.outreach})

    return await command.run(act)


async def _noted(unit: Unit, sort: str, number: str, person: str, note: str | None) -> None:
    """A note in the identity store; an earlier one stands where none is given."""
    if note is not None:
        await sealed.seal(unit.connection, [sealed.Sealed(sort, number, person, {"note": note})])
