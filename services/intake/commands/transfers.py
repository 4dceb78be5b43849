"""A person moves from one centre to another."""

from services.intake.commands.holding import hold_person
from services.intake.domain import transfers
from services.intake.domain.transfers import Transfer
from services.intake.requests.transfers import NewTransfer, TransferDecision
from services.intake.storage import CASES, PERSONS, TRANSFERS, of_persons
from services.intake.storage.transfers import is_asked, move_conflicts
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.rejections import Absent, Conflict
from shared.work import new_id


async def request(command: Command, person: str, body: NewTransfer) -> Answer:
    """Ask another centre to look after a person of the asker's own."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        if await is_asked(unit.connection, person):
            raise Conflict("transfer-open")
        transfer = new_id()
        unit.apply(transfers.request(held, body.to, body.reason, transfer, unit.working.now))
        return Answer(status="requested", ids={"person": person, "transfer": transfer})

    return await command.run(act)


async def decide(command: Command, transfer: str, body: TransferDecision) -> Answer:
    """The other centre takes the person, with all that is hers, or declines."""

    async def act(unit: Unit) -> Answer:
        asked = await _hold(unit, transfer)
        command.access.require(centre=asked.to_centre)
        if body.decision == "decline":
            decision = transfers.decline(asked, body.reason or "other", unit.working.now)
        else:
            person = unit.working.get(PERSONS, asked.person)
            cases = await of_persons(unit.connection, CASES, [asked.person])
            decision = transfers.accept(asked, person, cases.values(), unit.working.now)
            await move_conflicts(unit.connection, asked.person, asked.to_centre)
        return _settled(unit, asked, decision)

    return await command.run(act)


async def take_back(command: Command, transfer: str) -> Answer:
    """Her own centre does not ask any more."""

    async def act(unit: Unit) -> Answer:
        asked = await _hold(unit, transfer)
        command.access.require(centre=asked.from_centre)
        return _settled(unit, asked, transfers.take_back(asked, unit.working.now))

    return await command.run(act)


def _settled(unit: Unit, asked: Transfer, decision: Decision) -> Answer:
    unit.apply(decision)
    return Answer(status=decision.changes[0].state, ids={"person": asked.person, "transfer": asked.transfer})


async def _hold(unit: Unit, transfer: str) -> Transfer:
    person = await unit.connection.fetchval("select person::text from transfer where transfer = $1", transfer)
    if person is None:
        raise Absent
    working = await unit.hold([person], [PERSONS(person), TRANSFERS(transfer)])
    return working.get(TRANSFERS, transfer)
