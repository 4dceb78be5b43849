"""How a person is reached, and what she agrees to."""

from services.intake import identity, storage
from services.intake.commands.holding import hold_person, referrals_of
from services.intake.domain import consents, placements
from services.intake.domain.model import SOCIAL_PROTECTION, Identity
from services.intake.requests.persons import NewConsent, NewContact
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Rejected
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


async def give_consent(command: Command, person: str, body: NewConsent) -> Answer:
    """The person agrees; where that opens a scheme that waited for it, the referral is made."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        if body.expires is not None and body.expires < day(unit.working.now):
            raise Rejected("past-date", field="expires")
        unit.apply(consents.give(held, body.purposes, body.given, body.text_version, body.expires))
        if SOCIAL_PROTECTION in body.purposes:
            case = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid]
            made = await referrals_of(unit, person, held.caseid)
            codes = await storage.reserve_codes(unit.connection, 1)
            agreeing = unit.working.get(PERSONS, person)
            unit.apply(placements.protect(agreeing, case, made, new_id(), codes, unit.working.now))
        return Answer(status="given", ids={"person": person})

    return await command.run(act)


async def withdraw_consent(command: Command, person: str, purpose: str) -> Answer:
    """The person no longer agrees."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        made = await storage.of_persons(unit.connection, REFERRALS, [person])
        unit.apply(consents.withdraw(held, purpose, made.values(), day(unit.working.now)))
        return Answer(status="withdrawn", ids={"person": person})

    return await command.run(act)
