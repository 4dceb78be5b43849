"""A referral that was refused or not answered goes to the next fitting provider; each is asked at most once in a
chain, and then the centre's lead has to see to it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from services.intake.domain import offers, offices, plans, referrals
from services.intake.domain.consents import agrees
from services.intake.domain.model import Case, Offer, Person, Referral
from services.intake.domain.offices import Directory
from services.intake.domain.referrals import Wanted
from shared.kinds import NOTHING, Decision
from shared.local_time import day

NONE_LEFT, NO_CONSENT = "none-left", "no-consent"
"""Why nobody else is asked."""
BY_OFFER: Final = ("course", "prior-learning")


class Situation(NamedTuple):
    """What a re-route goes by: the person and her case, its referrals, and who could be asked."""

    person: Person
    case: Case
    made: Sequence[Referral]
    offered: Sequence[Offer]
    directory: Directory


def refuse(referral: Referral, reason: str, situation: Situation, codes: Iterator[str], now: datetime) -> Decision:
    """The office refuses, and the next one is asked. Nothing where the refusal comes too late."""
    if "rejected" not in referrals.MOVES[referral.state]:
        return NOTHING
    found = successor(referral, situation, day(now))
    refused = referrals.reject(referral, reason, day(now), rerouted=isinstance(found, Wanted))
    return refused.and_then(_follow(refused.changes[0], found, codes, now))


def expire(referral: Referral, situation: Situation, codes: Iterator[str], now: datetime) -> Decision:
    """The office did not answer, and the next one is asked. Nothing where it did."""
    if "expired" not in referrals.MOVES[referral.state]:
        return NOTHING
    found = successor(referral, situation, day(now))
    expired = referrals.expire(referral, day(now), rerouted=isinstance(found, Wanted))
    return expired.and_then(_follow(expired.changes[0], found, codes, now))


def follow(referral: Referral, found: Wanted, code: str, now: datetime) -> Decision:
    """Ask `found` in place of a referral that was refused or has expired."""
    made = referrals.request(found, referral.referral, code, referral.person, referral.caseid, now, before=referral)
    return referrals.hand_on(referral, made.changes[0], day(now)).and_then(made)


def successor(referral: Referral, situation: Situation, today: date) -> Wanted | str:
    """The referral to make in place of this one, or why there is none."""
    person, case, made, offered, directory = situation
    if not agrees(person, referral.purpose, today):
        return NO_CONSENT
    same = Wanted(referral.service, referral.kind, referral.purpose, priority=referral.priority)
    asked = asked_before(referral, made)
    if referral.kind == "course":
        # Of all of the case: what one chain was refused, another line of the plan was refused as well.
        courses = {each.course for each in made} | {referral.course}
        offer = offers.course_for(case, offered, courses, plans.teaches(referral.service))
        return NONE_LEFT if offer is None else same._replace(provider=offer.provider, course=offer.course)
    if referral.kind == "prior-learning":
        assessor = offers.assessor_for(case, [offer for offer in offered if offer.provider not in asked])
        return NONE_LEFT if assessor is None else same._replace(provider=assessor, occupation=referral.occupation)
    if referral.kind in offices.KINDS:
        office = offices.office_for(case, referral.kind, directory, asked)
        return NONE_LEFT if office is None else same._replace(provider=office)
    return NONE_LEFT


def asked_before(referral: Referral, made: Sequence[Referral]) -> Collection[str | None]:
    """The providers of a referral's chain."""
    root = referral.root or referral.referral
    return {referral.provider, *(each.provider for each in made if root in (each.root, each.referral))}


def _follow(referral: Referral, found: Wanted | str, codes: Iterator[str], now: datetime) -> Decision:
    if isinstance(found, Wanted):
        return follow(referral, found, next(codes), now)
    return referrals.escalate(referral, found, now)
