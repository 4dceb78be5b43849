"""Returnees taken up."""

from services.intake import registering
from services.intake.commands.holding import own_centre
from services.intake.registering import FormRow
from services.intake.requests.registration import Registrations, SecondReturn
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Absent


async def register(command: Command, body: Registrations, dry_run: bool) -> Answer:
    """Register the rows of the asker's centre, or say what would become of them."""
    centre, secret = own_centre(command), command.running.settings.digest_key.get_secret_value()
    read = await registering.read(body.rows, day(command.running.clock()))

    async def act(unit: Unit) -> Answer:
        return Answer(rows=await registering.take(unit, centre, body.rows, read, secret))

    return await command.run(act, dry_run)


async def register_again(command: Command, person: str, body: SecondReturn) -> Answer:
    """A new case of a person who is known."""
    centre, secret = own_centre(command), command.running.settings.digest_key.get_secret_value()
    row = FormRow(line=1, fields=body.fields)
    read = await registering.read([row], day(command.running.clock()))

    async def act(unit: Unit) -> Answer:
        known = await unit.connection.fetchval("select centre from person where person = $1", person)
        if known is None:
            raise Absent
        command.access.require(centre=known)
        return Answer(rows=await registering.take(unit, centre, [row], read, secret, person))

    return await command.run(act)
