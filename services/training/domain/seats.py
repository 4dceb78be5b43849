"""Courses and their seats: offered, held, given back."""

from typing import Any

from services.training.domain.completions import completion_of, settle
from services.training.domain.model import (
    COMPLETED,
    EXPIRED,
    REFUSED,
    REQUESTED,
    SEATED,
    UNHEARD,
    WITHDRAWN,
    Course,
    Referral,
    course_fact,
    fact,
    heard,
)
from shared.events.envelope import Event
from shared.events.intake import ReferralRequested
from shared.events.training import SeatRefused, SeatReserved
from shared.kinds import NOTHING, Decision
from shared.rejections import Rejected


def offer(known: Course | None, offered: Course) -> Decision:
    """Take a course into the catalogue, or change it; what is offered already changes nothing.

    Raises Rejected: `other-provider`, `fewer-than-taken`. Seats that are held stay held.
    """
    if known is None:
        return Decision(changes=(offered._replace(taken=0),))
    if known.provider != offered.provider:
        raise Rejected("other-provider", *OTHER_PROVIDER, field="provider")
    if offered.seats < known.taken:
        raise Rejected("fewer-than-taken", *FEWER_THAN_TAKEN, field="seats")
    changed = offered._replace(taken=known.taken)
    return NOTHING if changed == known else Decision(changes=(changed,))


def receive_course_referral(
    referral: Referral, course: Course | None, event: Event, requested: ReferralRequested
) -> Decision:
    """Hold a seat on the course, or refuse before anyone travels. A completion that came first is settled instead."""
    if referral.state != UNHEARD:
        return NOTHING  # the same referral, told twice under two event ids
    known = heard(referral, event, requested)
    if referral.outcome is not None and course is not None:
        completion = completion_of(referral)
        if completion.course == requested.course:
            return settle(known, course, completion)
        # Of another course: it goes on waiting, for the provider to correct it.
    if course is None:
        return _refuse(known, "unknown-course")
    if course.closed:
        return _refuse(known, "closed")
    if course.taken >= course.seats:
        return _refuse(known, "full")
    return Decision(
        changes=(course._replace(taken=course.taken + 1), known._replace(state=SEATED)),
        events=(fact(known, SeatReserved(**course_fact(known), starts=course.starts)),),
    )


def receive_prior_learning_referral(referral: Referral, event: Event, requested: ReferralRequested) -> Decision:
    """Note the referral, so that assessors can take up the person's application."""
    if referral.state != UNHEARD:
        return NOTHING
    return Decision(changes=(heard(referral, event, requested)._replace(state=REQUESTED),))


def withdraw(referral: Referral, course: Course | None) -> Decision:
    """Give the seat back, if one is held. What is completed stays completed.

    Raises LookupError where a seat is held on a course that the withdrawal does not name.
    """
    if referral.state in (COMPLETED, WITHDRAWN):
        return NOTHING
    return _given_back(referral, course, WITHDRAWN)


def expire(referral: Referral, course: Course | None) -> Decision:
    """Intake waits no longer: the seat is free again, if one is held. Whatever is settled stays as it is.

    Raises LookupError where a seat is held on a course that the fact does not name.
    """
    if referral.state not in (REQUESTED, SEATED):
        return NOTHING
    return _given_back(referral, course, EXPIRED)


def _given_back(referral: Referral, course: Course | None, state: str) -> Decision:
    changes: list[Any] = [referral._replace(state=state)]
    if referral.state == SEATED:
        if course is None:
            raise LookupError("the fact names another course than the one on which a seat is held")
        changes.append(course._replace(taken=course.taken - 1))
    return Decision(changes=changes)


def _refuse(referral: Referral, reason: str) -> Decision:
    return Decision(
        changes=(referral._replace(state=REFUSED),),
        events=(fact(referral, SeatRefused(**course_fact(referral), reason=reason)),),
    )


OTHER_PROVIDER = (
    "Another provider offers a course with this code. Choose another code.",
    "អ្នកផ្តល់សេវាផ្សេងមានវគ្គដែលប្រើលេខកូដនេះរួចហើយ។ សូមជ្រើសរើសលេខកូដផ្សេង។",
)
FEWER_THAN_TAKEN = (
    "More seats than that are held for people already. Offer at least as many as are taken.",
    "មានកន្លែងដែលបានរក្សាទុកច្រើនជាងនេះរួចហើយ។ សូមផ្តល់កន្លែងយ៉ាងតិចស្មើនឹងចំនួនដែលបានរក្សាទុក។",
)
"""What to do, in English and Khmer."""
