"""The rules of training: seats, completions, recognition of prior learning. Pure; every rule is a function from what is
known and what happened to a decision, or raises Refusal where what was asked for cannot be."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from shared.events.envelope import Contract, Event, NewEvent
from shared.events.intake import ReferralRequested
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)
from shared.kinds import NOTHING, Decision

COURSE, PRIOR_LEARNING = "course", "prior-learning"
"""The kinds of referral that training receives."""
KINDS = (COURSE, PRIOR_LEARNING)


class Refusal(Exception):
    """What was asked for cannot be; `reason` is a code of the reasons catalogue, `field` what to look at."""

    def __init__(self, reason: str, field: str = "code") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


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

    State: `unheard` (a completion quoted the code before the referral arrived, it waits in `waiting`), `requested`
    (prior learning), `seated`, `refused`, `withdrawn`, `completed`. `skills` are those recognised through it; a
    person has those of all her referrals, over all cases.
    """

    code: str
    referral: str | None = None
    person: str | None = None
    caseid: str | None = None
    kind: str | None = None
    provider: str | None = None
    course: str | None = None
    occupation: str | None = None
    state: str = "unheard"
    result: str | None = None
    completed_on: date | None = None
    skills: tuple[str, ...] = ()
    waiting: Mapping[str, Any] | None = None


class Completion(NamedTuple):
    """How a course ended for whoever carries the code. `skills`: those shown, where not all of the course's."""

    code: str
    course: str
    completed_on: date
    result: str
    skills: tuple[str, ...] = ()


def receive_course_referral(
    referral: Referral, course: Course | None, event: Event, requested: ReferralRequested
) -> Decision:
    """Hold a seat on the course, or refuse before anyone travels. A completion that came first is settled instead."""
    if referral.state != "unheard":
        return NOTHING  # the same referral, told twice under two event ids
    heard = _heard(referral, event, requested)
    if referral.waiting is not None:
        if course is None:
            raise LookupError("a completion waits for a course that was not loaded")
        return _complete(heard._replace(waiting=None), course, _kept(referral.code, referral.waiting))
    if course is None:
        return _refuse_seat(heard, "unknown-course")
    if course.closed:
        return _refuse_seat(heard, "closed")
    if course.taken >= course.seats:
        return _refuse_seat(heard, "full")
    return Decision(
        changes=(course._replace(taken=course.taken + 1), heard._replace(state="seated")),
        events=(_fact(heard, SeatReserved(**_course_fact(heard), starts=course.starts)),),
    )


def receive_prior_learning_referral(referral: Referral, event: Event, requested: ReferralRequested) -> Decision:
    """Note the referral, so that the provider can take up the person's application."""
    if referral.state != "unheard":
        return NOTHING
    return Decision(changes=(_heard(referral, event, requested)._replace(state="requested", waiting=None),))


def withdraw(referral: Referral, course: Course | None) -> Decision:
    """Give the seat back, if one is held. What is completed stays completed."""
    if referral.state in ("completed", "withdrawn"):
        return NOTHING
    changes: list[Any] = [referral._replace(state="withdrawn")]
    if referral.state == "seated" and course is not None:
        changes.append(course._replace(taken=course.taken - 1))
    return Decision(changes=changes)


def record_completion(referral: Referral, course: Course | None, completion: Completion) -> Decision:
    """Take a provider's completion: recorded when the referral is known, kept waiting when it is not heard of yet.

    Repeating a completion changes nothing. Raises Refusal: `unknown-course`, `other-course`, `changed`, `withdrawn`,
    `other-kind`, `unknown-skill`.
    """
    if course is None:
        raise Refusal("unknown-course", "course")
    if not set(completion.skills) <= set(course.skills):
        raise Refusal("unknown-skill", "skills")
    if referral.state == "unheard":
        return _keep(referral, completion)
    if referral.kind != COURSE:
        raise Refusal("other-kind")
    if referral.course != completion.course:
        raise Refusal("other-course", "course")
    if referral.state == "withdrawn":
        raise Refusal("withdrawn")
    if referral.state == "completed":
        if (referral.result, referral.completed_on) != (completion.result, completion.completed_on):
            raise Refusal("changed", "result")
        return NOTHING
    return _complete(referral, course, completion)


def decide_prior_learning(
    referral: Referral, occupation: str, competent: tuple[str, ...], gaps: tuple[str, ...]
) -> Decision:
    """Record what assessors found: all skills competent, some, or none; partial results count.

    Raises Refusal: `other-kind`, `changed` (decided before), `withdrawn`, `nothing-assessed`, `both-ways`.
    """
    if referral.kind != PRIOR_LEARNING or referral.person is None or referral.referral is None:
        raise Refusal("other-kind")
    if referral.state == "withdrawn":
        raise Refusal("withdrawn")
    if referral.state == "completed":
        raise Refusal("changed")
    if not competent and not gaps:
        raise Refusal("nothing-assessed", "competent")
    if set(competent) & set(gaps):
        raise Refusal("both-ways", "gaps")
    decision = "recognised" if not gaps else "partly-recognised" if competent else "not-yet"
    decided = PriorLearningDecided(
        application=referral.referral,
        referral=referral.referral,
        code=referral.code,
        occupation=occupation,
        decision=decision,
        skills=competent,
        gaps=gaps,
    )
    changes = (referral._replace(state="completed", result=decision, skills=competent),)
    events = [_fact(referral, decided)]
    if competent:
        events.append(
            _fact(referral, SkillsRecognised(skills=competent, via=PRIOR_LEARNING, evidence=decided.application))
        )
    return Decision(changes, events)


def _heard(referral: Referral, event: Event, requested: ReferralRequested) -> Referral:
    return Referral(
        referral.code,
        requested.referral,
        event.subject,
        event.caseid,
        requested.kind,
        requested.provider,
        requested.course,
        requested.occupation,
        waiting=referral.waiting,
    )


def _refuse_seat(referral: Referral, reason: str) -> Decision:
    return Decision(
        changes=(referral._replace(state="refused"),),
        events=(_fact(referral, SeatRefused(**_course_fact(referral), reason=reason)),),
    )


def _complete(referral: Referral, course: Course, completion: Completion) -> Decision:
    """A completion without a seat (one was refused, or the completion came before the referral) counts all the same:
    the person was there. The seat that was held stays taken, since the course has been given."""
    recorded = CompletionRecorded(
        **_course_fact(referral), completed_on=completion.completed_on, result=completion.result
    )
    events = [_fact(referral, recorded)]
    skills: tuple[str, ...] = ()
    if completion.result == "passed":
        skills = completion.skills or course.skills
        events.append(_fact(referral, SkillsRecognised(skills=skills, via="completion", evidence=recorded.referral)))
    done = referral._replace(
        state="completed", result=completion.result, completed_on=completion.completed_on, skills=skills
    )
    return Decision((done,), events)


def _keep(referral: Referral, completion: Completion) -> Decision:
    kept = {
        "course": completion.course,
        "completed_on": completion.completed_on.isoformat(),
        "result": completion.result,
        "skills": completion.skills,
    }
    if referral.waiting is not None:
        if _kept(referral.code, referral.waiting) != completion:
            raise Refusal("changed", "result")
        return NOTHING
    return Decision(changes=(referral._replace(waiting=kept),))


def _kept(code: str, waiting: Mapping[str, Any]) -> Completion:
    return Completion(
        code,
        waiting["course"],
        date.fromisoformat(waiting["completed_on"]),
        waiting["result"],
        tuple(waiting["skills"]),
    )


def _course_fact(referral: Referral) -> dict[str, Any]:
    return {
        "referral": referral.referral,
        "code": referral.code,
        "course": referral.course or "unknown",
        "provider": referral.provider,
    }


def _fact(referral: Referral, data: Contract) -> NewEvent:
    assert referral.person is not None
    return NewEvent(referral.person, data, referral.caseid)
