"""What training keeps: courses with their seats, and referrals by the code that people carry."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from shared.events.envelope import Contract, Event, NewEvent
from shared.events.intake import ReferralRequested

COURSE, PRIOR_LEARNING = "course", "prior-learning"
"""The kinds of referral that training receives."""
KINDS: Final = (COURSE, PRIOR_LEARNING)

UNHEARD, REQUESTED, SEATED, REFUSED, WITHDRAWN, EXPIRED, COMPLETED = (
    "unheard",
    "requested",
    "seated",
    "refused",
    "withdrawn",
    "expired",
    "completed",
)
"""States of a referral. Unheard: a completion quoted the code before the referral arrived. Requested: prior learning,
which waits for assessors. Expired: intake had no answer in time and asks another provider; who came all the same may
complete."""

PASSED: Final = "passed"


class Course(NamedTuple):
    """A course that a provider offers once; `taken` counts the seats held, never more than `seats`."""

    course: str
    provider: str
    title_en: str
    title_km: str
    occupation: str | None
    skills: tuple[str, ...]
    seats: int
    taken: int
    starts: date | None
    closed: bool


class Referral(NamedTuple):
    """A referral as training knows it, by the code that people carry.

    `outcome` is what was said of how it ended: a provider's completion, or the assessors' findings. While the state is
    not `completed` it waits: for the referral to be heard of, or for a correction, where it does not fit the referral.
    `skills` are those recognised through it; a person has those of all her referrals, over all cases.
    """

    code: str
    referral: str | None = None
    person: str | None = None
    caseid: str | None = None
    kind: str | None = None
    provider: str | None = None
    course: str | None = None
    occupation: str | None = None
    state: str = UNHEARD
    skills: tuple[str, ...] = ()
    outcome: Mapping[str, Any] | None = None


class Completion(NamedTuple):
    """How a course ended for whoever carries the code. `skills`: those shown, sorted; empty for all of the course's."""

    code: str
    course: str
    completed_on: date
    result: str
    skills: tuple[str, ...] = ()


def heard(referral: Referral, event: Event, requested: ReferralRequested) -> Referral:
    """The referral with what intake says of it; what waits for it is kept."""
    return Referral(
        referral.code,
        requested.referral,
        event.subject,
        event.caseid,
        requested.kind,
        requested.provider,
        requested.course,
        requested.occupation,
        outcome=referral.outcome,
    )


def fact(referral: Referral, data: Contract) -> NewEvent:
    """A fact about the person of a referral that was heard of."""
    assert referral.person is not None
    return NewEvent(referral.person, data, referral.caseid)


def course_fact(referral: Referral) -> dict[str, Any]:
    """What every fact about a person on a course carries."""
    return {
        "referral": referral.referral,
        "code": referral.code,
        "course": referral.course or "unknown",
        "provider": referral.provider,
    }
