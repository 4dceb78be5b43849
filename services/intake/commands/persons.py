"""How a person is reached."""

from services.intake import identity, storage
from services.intake.commands.holding import hold_person
from services.intake.domain import consents
from services.intake.domain.model import Identity
from services.intake.requests.persons import NewContact
from services.intake.storage import CASES
from shared.commands import Answer, Command, Unit
from shared.work import new_id


async def change_contact(command: Command, person: str, body: NewContact) -> Answer:
    """The person is reached in another way."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        needs = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid].needs or ()
        contact = new_id()
        channel = consents.channel(body.phone is not None, body.phone_owner, needs)
        unit.apply(consents.change_contact(held, contact, channel, body.language))
        before = (await identity.read(unit.connection, [person])).get(person, Identity())
        owner = body.phone_owner if body.phone else None
        now = before._replace(phone=body.phone, phone_owner=owner)
        secret = command.running.settings.digest_key.get_secret_value()
        await identity.keep(unit.connection, [identity.Kept(person, contact, now)], secret)
        return Answer(status="changed", ids={"person": person, "contact": contact})

    return await command.run(act)
