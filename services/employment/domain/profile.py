"""How a seeker's profile comes about from the events of intake and training.

Events of one owner about one person come in their order; between owners there is none. So each rule touches only what
its owner tells, and every interleaving ends with the same profile.
"""

from datetime import datetime
from typing import Final

from services.employment.domain.matching import WISHES, standing
from services.employment.domain.model import Seeker
from shared.events.envelope import Event
from shared.events.intake import (
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    NeedsAssessed,
    ReferralExpired,
    ReferralRequested,
    ReferralWithdrawn,
)
from shared.events.records import CaseChanged
from shared.events.training import SkillsRecognised
from shared.events.transfers import TransferAccepted
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day

EMPLOYMENT: Final = "employment"
"""The purpose of consent, and the kind of referral, that concern employment."""

PROPOSE_TO_SEEKER: Final = "propose-to-seeker"
"""Timer of a person: look for vacancies that fit her."""


def open_case(seeker: Seeker, event: Event, registered: CaseRegistered) -> Seeker:
    """A new case: she seeks work again, whatever came of an earlier one. Skills and consent are hers, and stay.

    Raises ValueError where the event names no case.
    """
    if event.caseid is None:
        raise ValueError("a case was registered without its id")
    return seeker._replace(
        cases=(*(case for case in seeker.cases if case != event.caseid), event.caseid),
        centres=tuple(sorted({*seeker.centres, registered.centre})),
        commune=registered.commune or seeker.commune,
        occupation=registered.occupation or seeker.occupation,
        limits=tuple(sorted(registered.work_limits)),
        assessed=(),
        seeking=True,
        placed=False,
    )


def change_case(seeker: Seeker, event: Event, changed: CaseChanged) -> Seeker:
    """Where she lives and what she worked as, completed or corrected in her latest case; what is taken away there is
    as good as never told."""
    if event.caseid not in seeker.cases[-1:]:
        return seeker
    return seeker._replace(commune=changed.commune, occupation=changed.occupation)


def close_case(seeker: Seeker, event: Event) -> Seeker:
    return seeker._replace(cases=tuple(case for case in seeker.cases if case != event.caseid))


def reopen_case(seeker: Seeker, event: Event) -> Seeker:
    """A closed case goes on, as if it had not been closed."""
    if event.caseid is None or event.caseid in seeker.cases:
        return seeker
    return seeker._replace(cases=(*seeker.cases, event.caseid))


def transfer(seeker: Seeker, accepted: TransferAccepted) -> Seeker:
    """Another centre looks after her: access moves with her."""
    centres = {*seeker.centres, accepted.to_centre} - {accepted.from_centre}
    return seeker._replace(centres=tuple(sorted(centres)))


def give_consent(seeker: Seeker, given: ConsentGiven) -> Seeker:
    if given.purpose != EMPLOYMENT:
        return seeker
    return seeker._replace(consent=True, consent_until=given.expires)


def withdraw_consent(seeker: Seeker, withdrawn: ConsentWithdrawn) -> Seeker:
    if withdrawn.purpose != EMPLOYMENT:
        return seeker
    return seeker._replace(consent=False, consent_until=None)


def assess(seeker: Seeker, needs: NeedsAssessed) -> Seeker:
    """Keep the wishes about work; the other needs are not employment's."""
    return seeker._replace(assessed=tuple(sorted(WISHES.intersection(needs.needs))))


def refer(seeker: Seeker, requested: ReferralRequested) -> Seeker:
    if requested.kind != EMPLOYMENT:
        return seeker
    return seeker._replace(referral=requested.referral, seeking=True)


def take_referral_back(seeker: Seeker, ended: ReferralWithdrawn | ReferralExpired) -> Seeker:
    """Her latest referral to the employment service was withdrawn, or ran out: nothing is proposed until another one
    comes."""
    if ended.kind != EMPLOYMENT or ended.referral != seeker.referral:
        return seeker
    return seeker._replace(referral=None, seeking=False)


def recognise(seeker: Seeker, recognised: SkillsRecognised) -> Seeker:
    return seeker._replace(skills=tuple(sorted({*seeker.skills, *recognised.skills})))


def learn(before: Seeker, after: Seeker, now: datetime) -> Decision:
    """Keep the new profile; look for vacancies where matching reads something in it that it did not read before."""
    if after == before:
        return NOTHING
    if standing(after, day(now)) or _read_by_matching(after, now) == _read_by_matching(before, now):
        return Decision(changes=(after,))
    return Decision(
        changes=(after,),
        timers=(NewTimer(PROPOSE_TO_SEEKER, after.person, now, caseid=after.cases[-1]),),
        cancelled=((PROPOSE_TO_SEEKER, after.person),),
    )


def _read_by_matching(seeker: Seeker, now: datetime) -> tuple[object, ...]:
    return standing(seeker, day(now)), seeker.skills, seeker.commune, seeker.occupation, seeker.wishes
