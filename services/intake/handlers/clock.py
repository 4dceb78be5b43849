"""The clock of referrals that wait for their offices."""

from collections.abc import Iterator, Sequence

from services.intake.domain import clock, referrals, rerouting
from services.intake.domain.model import Referral
from services.intake.handlers import situations
from services.intake.handlers.noting import HANDLERS
from services.intake.storage import PERSONS, REFERRALS
from shared.database import Connection
from shared.kinds import Decision, Key, Timer, Working


def _concerned(timer: Timer) -> Iterator[Key]:
    yield PERSONS(timer.subject)
    yield REFERRALS(timer.data["referral"])


async def _around(connection: Connection, timers: Sequence[Timer], working: Working) -> None:
    held = [working.get(REFERRALS, timer.data["referral"]) for timer in timers]
    await situations.look_around(connection, working, [each for each in held if _expires(each, working)])


def _expires(referral: Referral, working: Working) -> bool:
    return referral.state in referrals.WAITING and clock.turn(referral, working.now).expire


@HANDLERS.timer(clock.TIMER, keys=_concerned, look_up=_around, waits_for_parked=True)
def go_off(working: Working, timer: Timer) -> Decision:
    """The next step of a referral's clock, as far as its office has still not answered."""
    referral = working.get(REFERRALS, timer.data["referral"])
    if not _expires(referral, working):
        return referrals.tick(referral, working.now)
    expired = rerouting.expire(
        referral, situations.situation(working, referral), situations.codes(working), working.now
    )
    return situations.noted(working, expired)
