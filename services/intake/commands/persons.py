"""How a person is reached."""

from services.intake.commands.editing import Edit, change_person, edit_held
from services.intake.commands.holding import hold_person
from services.intake.requests.persons import NewContact
from services.intake.storage import PERSONS
from shared.commands import Answer, Command, Unit


async def change_contact(command: Command, person: str, body: NewContact) -> Answer:
    """The person is reached in another way. On its own this is a statement about now; of one that names the version
    it is based on, what others touched meanwhile becomes a conflict, as with every edit."""

    device_at = body.device_time or command.device_at

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        fields = {
            "phone": body.phone,
            "phone_owner": body.phone_owner if body.phone else None,
            "language": body.language,
        }
        if body.based_on is not None:
            answer = await edit_held(
                unit, command, held, Edit(fields, body.based_on, body.device_time or command.device_at)
            )
        else:
            await change_person(unit, command, held, fields, device_at)
            answer = Answer(status="changed", ids={"person": person})
        contact = unit.working.get(PERSONS, person).contact
        return answer.model_copy(update={"ids": {**answer.ids, "contact": contact}})

    return await command.run(act)
