"""Returnees taken up."""

from services.intake import registering
from services.intake.commands.holding import own_centre
from services.intake.registering import Batch, FormRow
from services.intake.requests.registration import Registrations, SecondReturn
from shared import gathering
from shared.commands import Answer, Command, Unit
from shared.gathering import Gathered
from shared.local_time import day
from shared.rejections import Absent


async def register(command: Command, body: Registrations, dry_run: bool) -> Answer:
    """Register the rows of the asker's centre, or say what would become of them. Registrations that come at the same
    time are done together."""
    batch = await _read(command, body.rows)
    if not dry_run:
        return await gathering.run(command, registering.take, batch)

    async def act(unit: Unit) -> Answer:
        return (await registering.take(unit, [Gathered(batch, unit.cause)]))[0]

    return await command.run(act, rehearse=True)


async def register_again(command: Command, person: str, body: SecondReturn) -> Answer:
    """A new case of a person who is known."""
    batch = await _read(command, [FormRow(line=1, fields=body.fields)], person)

    async def act(unit: Unit) -> Answer:
        known = await unit.connection.fetchval("select centre from person where person = $1", person)
        if known is None:
            raise Absent
        command.access.require(centre=known)
        return (await registering.take(unit, [Gathered(batch, unit.cause)]))[0]

    return await command.run(act)


async def _read(command: Command, sent: list[FormRow], person: str | None = None) -> Batch:
    secret = command.running.settings.digest_key.get_secret_value()
    read = await registering.read(sent, day(command.running.clock()))
    return Batch(own_centre(command), sent, read, secret, command.principal.subject, command.device_at, person)
