"""What a person agrees to, and no longer agrees to."""

from services.intake import sealed, storage
from services.intake.commands.holding import hold_person, referrals_of
from services.intake.confirming import confirm_within
from services.intake.domain import consents, placements
from services.intake.domain.consents import WITNESS
from services.intake.domain.model import SOCIAL_PROTECTION
from services.intake.requests.consents import NewConsent
from services.intake.sealed import Sealed
from services.intake.storage import CASES, PERSONS, REFERRALS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Rejected
from shared.work import new_id


async def give_consent(command: Command, person: str, body: NewConsent) -> Answer:
    """The person agrees; where that opens a scheme that waited for it, the referral is made."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        if body.expires is not None and body.expires < day(unit.working.now):
            raise Rejected("past-date", field="expires")
        origin, now = new_id(), unit.working.now
        unit.apply(consents.give(held, body.purposes, body.given, body.text_version, body.expires, origin, now))
        agreeing = unit.working.get(PERSONS, person)
        if body.witness is not None:
            new = {consents.consent_id(origin, purpose) for purpose in body.purposes}
            said = sorted(new.intersection(str(each["consent"]) for each in agreeing.consents.values()))
            witnessed = [Sealed(WITNESS, consent, person, {"name": body.witness}) for consent in said]
            await sealed.seal(unit.connection, witnessed)
        if SOCIAL_PROTECTION in body.purposes:
            case = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid]
            made = await referrals_of(unit, person, held.caseid)
            codes = await storage.reserve_codes(unit.connection, 1)
            unit.apply(placements.protect(agreeing, case, made, new_id(), codes, unit.working.now))
        return Answer(status="given", ids={"person": person})

    return await command.run(act)


async def withdraw_consent(command: Command, person: str, purpose: str) -> Answer:
    """The person no longer agrees: what rests on it is taken back, and then told to have ended."""

    async def act(unit: Unit) -> Answer:
        held = await hold_person(unit, command, person)
        now = unit.working.now
        over = consents.withdraw(held, purpose, now, confirm_within())
        made = await storage.of_persons(unit.connection, REFERRALS, [person])
        unit.apply(consents.take_back(made.values(), purpose, "consent-withdrawn", day(now)))
        unit.apply(over)
        return Answer(status="withdrawn", ids={"person": person, "consent": str(held.consents[purpose]["consent"])})

    return await command.run(act)
