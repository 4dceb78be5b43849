"""Referrals that go to another provider: after a refusal, or because the centre's lead says so."""

from services.intake import storage
from services.intake.commands.holding import hold_referral, referrals_of
from services.intake.domain import offices, referrals, rerouting
from services.intake.domain.model import Case, Referral
from services.intake.domain.referrals import WAITING, Wanted
from services.intake.domain.rerouting import Situation
from services.intake.requests.referrals import Rerouting
from services.intake.storage import PERSONS
from shared.commands import Answer, Command, Unit
from shared.local_time import day
from shared.rejections import Conflict, Rejected


async def situation(unit: Unit, held: Referral, case: Case) -> Situation:
    """What a re-route goes by; the person is held."""
    return Situation(
        unit.working.get(PERSONS, held.person),
        case,
        await referrals_of(unit, held.person, held.caseid),
        await storage.all_offers(unit.connection) if held.kind in rerouting.BY_OFFER else [],
        await storage.directory(unit.connection) if held.kind in offices.KINDS else offices.NONE,
    )


async def reroute(command: Command, code: str, body: Rerouting) -> Answer:
    """The lead sends the person elsewhere: to the office she names, or to the next that fits."""

    async def act(unit: Unit) -> Answer:
        held, case = await hold_referral(unit, code)
        command.access.require(centre=case.centre)
        if held.state not in (*WAITING, "rejected", "expired"):
            raise Conflict("wrong-state", allowed=referrals.MOVES[held.state])
        around = await situation(unit, held, case)
        found = rerouting.successor(held, around, day(unit.working.now))
        if body.office is not None and found != rerouting.NO_CONSENT:
            found = _named(held, around, body.office)
        if not isinstance(found, Wanted):
            raise Conflict("not-agreed" if found == rerouting.NO_CONSENT else found, field="code")
        if held.state in WAITING:
            expired = referrals.expire(held, day(unit.working.now), rerouted=True)
            unit.apply(expired)
            held = expired.changes[0]
        next_code = next(await storage.reserve_codes(unit.connection, 1))
        unit.apply(rerouting.follow(held, found, next_code, unit.working.now))
        return Answer(
            status="re-routed",
            ids={"referral": held.referral, "code": next_code},
            links={"referral": f"/referrals/{next_code}", "chain": f"/referrals/{next_code}/chain"},
        )

    return await command.run(act)


def _named(held: Referral, around: Situation, office: str) -> Wanted:
    """To the office that the lead chose. Raises Rejected for one that takes no such referrals, or was asked."""
    if held.kind not in offices.KINDS:
        raise Rejected("other-kind", field="office")
    able = [each.office for each in around.directory.offices if held.kind in each.kinds and not each.closed]
    free = [each for each in able if each not in rerouting.asked_before(held, around.made)]
    if office not in free:
        raise Rejected("no-office", field="office", allowed=free[:50])
    return Wanted(held.service, held.kind, held.purpose, provider=office, priority=held.priority)
