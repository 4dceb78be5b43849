"""What intake's commands do: find and hold the person, ask one rule, answer with ids.

Every row of a person changes under her lock alone, so each command holds the person first and reads what it needs of
her cases and referrals after that.
"""

from datetime import date

from services.intake import identity, registering, storage
from services.intake.domain import cases, consents, offers, placements, plans, referrals
from services.intake.domain.model import SOCIAL_PROTECTION, Case, Identity, Offer, Person, Referral
from services.intake.registering import FormRow
from services.intake.requests import (
    AssessedNeeds,
    CaseClosing,
    NewConsent,
    NewContact,
    NewOffers,
    OfficeDecision,
    Registrations,
    SecondReturn,
    Withdrawal,
)
from services.intake.storage import CASES, OFFERS, PERSONS, REFERRALS
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.local_time import day
from shared.rejections import Absent, Rejected
from shared.work import new_id


async def register(command: Command, body: Registrations, dry_run: bool) -> Answer:
    """Register the rows of the asker's centre, or say what would become of them."""
    centre, secret = _centre(command), command.running.settings.digest_key.get_secret_value()
    read = await registering.read(body.rows, day(command.running.clock()))

    async def act(unit: Unit) -> Answer:
        return Answer(rows=await registering.take(unit, centre, body.rows, read, secret))

    return await command.run(act, dry_run)


async def register_again(command: Command, person: str, body: SecondReturn) -> Answer:
    """A new case of a person who is known."""
    centre, secret = _centre(command), command.running.settings.digest_key.get_secret_value()
    row = FormRow(line=1, fields=body.fields)
    read = await registering.read([row], day(command.running.clock()))

    async def act(unit: Unit) -> Answer:
        known = await unit.connection.fetchval("select centre from person where person = $1", person)
        if known is None:
            raise Absent
        command.access.require(centre=known)
        return Answer(rows=await registering.take(unit, centre, [row], read, secret, person))

    return await command.run(act)


async def change_contact(command: Command, person: str, body: NewContact) -> Answer:
    """The person is reached in another way."""

    async def act(unit: Unit) -> Answer:
        held = await _hold(unit, command, person)
        needs = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid].needs or ()
        contact = new_id()
        channel = consents.channel(body.phone is not None, body.phone_owner, needs)
        unit.apply(consents.change_contact(held, contact, channel, body.language))
        before = (await identity.read(unit.connection, [person])).get(person, Identity())
        owner = body.phone_owner if body.phone else None
        now = before._replace(phone=body.phone, phone_owner=owner)
        await identity.keep(unit.connection, [identity.Kept(person, contact, now)])
        return Answer(status="changed", ids={"person": person, "contact": contact})

    return await command.run(act)


async def give_consent(command: Command, person: str, body: NewConsent) -> Answer:
    """The person agrees; where that opens a scheme that waited for it, the referral is made."""

    async def act(unit: Unit) -> Answer:
        held = await _hold(unit, command, person)
        if body.expires is not None and body.expires < day(unit.working.now):
            raise Rejected("past-date", field="expires")
        unit.apply(consents.give(held, body.purposes, body.given, body.text_version, body.expires))
        if SOCIAL_PROTECTION in body.purposes:
            case = (await storage.of_persons(unit.connection, CASES, [person]))[held.caseid]
            made = await _made(unit, person, held.caseid)
            codes = await storage.reserve_codes(unit.connection, 1)
            agreeing = unit.working.get(PERSONS, person)
            unit.apply(placements.protect(agreeing, case, made, new_id(), codes, unit.working.now))
        return Answer(status="given", ids={"person": person})

    return await command.run(act)


async def withdraw_consent(command: Command, person: str, purpose: str) -> Answer:
    """The person no longer agrees."""

    async def act(unit: Unit) -> Answer:
        held = await _hold(unit, command, person)
        made = await storage.of_persons(unit.connection, REFERRALS, [person])
        unit.apply(consents.withdraw(held, purpose, made.values(), day(unit.working.now)))
        return Answer(status="withdrawn", ids={"person": person})

    return await command.run(act)


async def assess_needs(command: Command, caseid: str, body: AssessedNeeds) -> Answer:
    """Needs assessed, and the plan that follows from them."""

    async def act(unit: Unit) -> Answer:
        person, case = await _hold_case(unit, command, caseid)
        needs = tuple(dict.fromkeys(body.needs))
        unit.apply(cases.assess(case, needs))
        return await _plan(unit, person, case._replace(needs=needs))

    return await command.run(act)


async def plan_again(command: Command, caseid: str) -> Answer:
    """The plan made anew, by the consents and offers of today."""

    async def act(unit: Unit) -> Answer:
        person, case = await _hold_case(unit, command, caseid)
        cases.require_open(case)
        return await _plan(unit, person, case)

    return await command.run(act)


async def _plan(unit: Unit, person: Person, case: Case) -> Answer:
    offered = await storage.all_offers(unit.connection)
    made = await _made(unit, person.person, case.caseid)
    proposal = plans.propose(case, person, offered, made, day(unit.working.now))
    codes = await storage.reserve_codes(unit.connection, len(proposal.wanted))
    plan = new_id()
    unit.apply(plans.agree(case, plan, proposal, codes, unit.working.now))
    return Answer(status="agreed", ids={"case": case.caseid, "plan": plan}, links={"case": f"/cases/{case.caseid}"})


async def close_case(command: Command, caseid: str, body: CaseClosing) -> Answer:
    """The case ends."""

    async def act(unit: Unit) -> Answer:
        person, case = await _hold_case(unit, command, caseid)
        made = await _made(unit, person.person, caseid)
        unit.apply(cases.close(case, made, body.reason, day(unit.working.now)))
        return Answer(status="closed", ids={"case": caseid})

    return await command.run(act)


async def withdraw_referral(command: Command, code: str, body: Withdrawal) -> Answer:
    """A counsellor takes a referral back."""

    async def act(unit: Unit) -> Answer:
        held, case = await _hold_referral(unit, code)
        command.access.require(centre=case.centre)
        referrals.require_move(held, "withdrawn")
        unit.apply(referrals.withdraw(held, body.reason, day(unit.working.now)))
        return Answer(status="withdrawn", ids={"referral": held.referral})

    return await command.run(act)


async def decide_referral(command: Command, code: str, body: OfficeDecision) -> Answer:
    """The scheme's officer, or for legal help the centre itself, says what becomes of a referral.

    Training's and employment's referrals are moved by what those services tell, not by this command.
    """

    async def act(unit: Unit) -> Answer:
        held, case = await _hold_referral(unit, code)
        if held.kind == SOCIAL_PROTECTION:
            command.access.require(scheme=held.scheme)
        else:
            command.access.require(centre=case.centre)
            if held.kind != "legal-assistance":
                raise Rejected("other-kind", field="code")
        decision = _decided(held, body, day(unit.working.now))
        unit.apply(decision)
        return Answer(status=decision.changes[0].state, ids={"referral": held.referral})

    return await command.run(act)


def _decided(referral: Referral, body: OfficeDecision, today: date) -> Decision:
    if body.decision == "accept":
        referrals.require_move(referral, "accepted")
        return referrals.accept(referral, today)
    if body.decision == "reject":
        referrals.require_move(referral, "rejected")
        return referrals.reject(referral, body.reason or "other", today)
    referrals.require_move(referral, "completed")
    return referrals.complete(referral, "done", today)


async def offer(command: Command, body: NewOffers) -> Answer:
    """Courses that may be referred to from now on."""
    offered = [
        Offer(
            new.course,
            new.provider,
            new.title_en,
            new.title_km,
            new.sector or offers.sector_of(new.occupation, new.skills),
            new.occupation,
            new.province,
            tuple(new.skills),
            new.closed,
        )
        for new in body.offers
    ]
    keys = [OFFERS(each.course) for each in offered]
    return await command.decide((), keys, lambda _: (Decision(offered), Answer(status="offered")))


def _centre(command: Command) -> str:
    """The asker's centre, for which she registers; the policy lets only members of a centre do so."""
    centre = command.principal.centre
    if centre is None:
        raise Absent
    return centre


async def _hold(unit: Unit, command: Command, person: str) -> Person:
    working = await unit.hold([person], [PERSONS(person)])
    held = working.get(PERSONS, person)
    command.access.require(centre=held.centre)
    return held


async def _hold_case(unit: Unit, command: Command, caseid: str) -> tuple[Person, Case]:
    person = await unit.connection.fetchval("select person::text from cases where caseid = $1", caseid)
    if person is None:
        raise Absent
    working = await unit.hold([person], [PERSONS(person), CASES(caseid)])
    case = working.get(CASES, caseid)
    command.access.require(centre=case.centre)
    return working.get(PERSONS, person), case


async def _hold_referral(unit: Unit, code: str) -> tuple[Referral, Case]:
    row = await unit.connection.fetchrow(
        "select referral::text, person::text, caseid::text from referral where code = $1", code
    )
    if row is None:
        raise Absent
    referral, person, caseid = row
    working = await unit.hold([person], [CASES(caseid), REFERRALS(referral)])
    return working.get(REFERRALS, referral), working.get(CASES, caseid)


async def _made(unit: Unit, person: str, caseid: str) -> list[Referral]:
    every = await storage.of_persons(unit.connection, REFERRALS, [person])
    return [referral for referral in every.values() if referral.caseid == caseid]
