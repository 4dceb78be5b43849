"""How a course ended for a person: recorded, kept until its referral is heard of, or refused."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.training.domain.model import (
    COMPLETED,
    COURSE,
    PASSED,
    UNHEARD,
    WITHDRAWN,
    Completion,
    Course,
    Referral,
    course_fact,
    fact,
)
from shared.events.training import CompletionRecorded, SkillsRecognised
from shared.kinds import NOTHING, Decision
from shared.rejections import Rejected


def record_completion(referral: Referral, course: Course, completion: Completion) -> Decision:
    """Take a provider's completion: recorded when the referral is known, kept waiting when it is not heard of yet.

    Repeating a completion changes nothing. Raises Rejected: `unknown-skill`, `other-kind`, `other-course`, `withdrawn`,
    `changed`.
    """
    if not set(completion.skills) <= set(course.skills):
        raise Rejected("unknown-skill", field="skills")
    if referral.state == UNHEARD:
        if referral.outcome is None:
            return Decision(changes=(referral._replace(outcome=_said(completion)),))
        return _again(referral, completion)
    if referral.kind != COURSE:
        raise Rejected("other-kind", field="code")
    if referral.course != completion.course:
        raise Rejected("other-course", field="course")
    if referral.state == WITHDRAWN:
        raise Rejected("withdrawn", field="code")
    if referral.state == COMPLETED:
        return _again(referral, completion)
    return settle(referral, course, completion)


def settle(referral: Referral, course: Course, completion: Completion) -> Decision:
    """A completion of the referral's own course. Without a seat (one was refused, or the completion came before the
    referral) it counts all the same: the person was there. The seat that was held stays taken, since the course has
    been given."""
    recorded = CompletionRecorded(
        **course_fact(referral), completed_on=completion.completed_on, result=completion.result
    )
    events = [fact(referral, recorded)]
    skills: tuple[str, ...] = ()
    if completion.result == PASSED:
        skills = completion.skills or course.skills
        events.append(fact(referral, SkillsRecognised(skills=skills, via="completion", evidence=recorded.referral)))
    done = referral._replace(state=COMPLETED, skills=skills, outcome=_said(completion))
    return Decision((done,), events)


def completion_of(referral: Referral) -> Completion:
    """The completion that a provider gave for this code, settled or waiting."""
    said: Mapping[str, Any] = referral.outcome or {}
    return Completion(
        referral.code, said["course"], date.fromisoformat(said["completed_on"]), said["result"], tuple(said["skills"])
    )


def why_waiting(state: str, kind: str | None, course: str | None, said: Mapping[str, Any]) -> str:
    """Why a completion is not settled: `unheard`, or what keeps it from its referral, for the provider to correct."""
    if state == UNHEARD:
        return UNHEARD
    if kind != COURSE:
        return "other-kind"
    return "other-course" if course != said["course"] else state


def _again(referral: Referral, completion: Completion) -> Decision:
    """The same completion once more. Raises Rejected where it says something else than the first one did."""
    different = next(_differences(completion_of(referral), completion), None)
    if different is not None:
        raise Rejected("changed", field=different)
    return NOTHING


def _differences(first: Completion, second: Completion) -> Iterator[str]:
    for name, one, other in zip(Completion._fields, first, second, strict=True):
        if one != other:
            yield name


def _said(completion: Completion) -> Mapping[str, Any]:
    return {
        "course": completion.course,
        "completed_on": completion.completed_on.isoformat(),
        "result": completion.result,
        "skills": completion.skills,
    }
