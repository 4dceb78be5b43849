"""A job found: the employment referral is done, and social protection is asked about again. Here the loop closes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from services.intake.domain import eligibility, plans, referrals
from services.intake.domain.consents import agrees
from services.intake.domain.model import EMPLOYMENT, SOCIAL_PROTECTION, Case, Person, Referral
from services.intake.domain.referrals import OPEN, WAITING, Wanted
from shared.events.employment import PlacementConfirmed
from shared.kinds import NOTHING, Decision
from shared.local_time import day


def take_up(made: Sequence[Referral], today: date) -> Decision:
    """The employment service found something for the person: her referral to it is answered, and its clock stands."""
    decision = NOTHING
    for referral in made:
        if referral.kind == EMPLOYMENT and referral.state in WAITING:
            decision = decision.and_then(referrals.accept(referral, today))
    return decision


def receive(
    person: Person,
    case: Case,
    made: Sequence[Referral],
    placed: PlacementConfirmed,
    origin: str,
    codes: Iterator[str],
    now: datetime,
) -> Decision:
    """An employer confirmed that the person starts work. `made` are the case's referrals, `origin` the event's id."""
    placement = {
        "match": placed.match,
        "employer": placed.employer,
        "occupation": placed.occupation,
        "starts": placed.starts.isoformat(),
        "engagement": placed.engagement,
    }
    case = case._replace(placement=placement)
    decision = Decision((case,))
    for referral in made:
        if referral.kind == EMPLOYMENT and referral.state in OPEN:
            decision = decision.and_then(referrals.complete(referral, "placed", day(now)))
    return decision.and_then(protect(person, case, made, origin, codes, now))


def protect(
    person: Person, case: Case, made: Sequence[Referral], origin: str, codes: Iterator[str], now: datetime
) -> Decision:
    """Ask every scheme's rule about the case as it stands, keep the answers, and refer to those that take the person.

    No referral without consent, from a closed case, or beside one that still runs or was accepted.
    """
    answers = eligibility.evaluate(eligibility.facts_of(case), day(now))
    decision = Decision(plans.evaluations(case, origin, answers, now))
    if case.state != "open" or not agrees(person, SOCIAL_PROTECTION, day(now)):
        return decision
    standing = {referral.scheme for referral in made if referral.scheme and plans.stands(referral)}
    for answer in answers:
        if answer.outcome == eligibility.ELIGIBLE and answer.scheme not in standing:
            wanted = Wanted(SOCIAL_PROTECTION, SOCIAL_PROTECTION, SOCIAL_PROTECTION, scheme=answer.scheme)
            made_now = referrals.request(wanted, origin, next(codes), case.person, case.caseid, now)
            decision = decision.and_then(made_now)
    return decision
