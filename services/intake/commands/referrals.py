"""Referrals taken back, and answered by the offices they were made to."""

from datetime import date

from services.intake.commands.holding import hold_referral
from services.intake.domain import referrals
from services.intake.domain.model import SOCIAL_PROTECTION, Referral
from services.intake.requests.referrals import OfficeDecision, Withdrawal
from shared.commands import Answer, Command, Unit
from shared.kinds import Decision
from shared.local_time import day
from shared.rejections import Rejected


async def withdraw_referral(command: Command, code: str, body: Withdrawal) -> Answer:
    """A counsellor takes a referral back."""

    async def act(unit: Unit) -> Answer:
        held, case = await hold_referral(unit, code)
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
        held, case = await hold_referral(unit, code)
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
