"""One made-up fact of each sort that notifications hears, and events of them."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.events.employment import MatchProposed, PlacementConfirmed
from shared.events.envelope import Contract, Event
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    ContactChanged,
    ReferralAccepted,
    ReferralCompleted,
    ReferralExpired,
    ReferralFailed,
    ReferralRejected,
    ReferralRequested,
    ReferralRerouted,
    ReferralWithdrawn,
)
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
PERSON = "00000000-0000-4000-8000-000000000001"
CONTACT = "00000000-0000-4000-8000-0000000000c1"
CODE = "4821-0937-5518"
REFERRAL = {"referral": "00000000-0000-4000-8000-0000000000d1", "code": CODE}
COURSE = {**REFERRAL, "course": "welding-basic", "provider": "provider-a"}
MATCH = {"match": "00000000-0000-4000-8000-0000000000e1", "vacancy": "00000000-0000-4000-8000-0000000000f1"}
PLACE: dict[str, Any] = {"occupation": "7212", "commune": "220101"}
NEXT: dict[str, Any] = {
    "next": "00000000-0000-4000-8000-0000000000d2",
    "next_code": "4821-0937-5615",
    "root": REFERRAL["referral"],
    "number": 2,
}
KINDS = ("course", "prior-learning", "employment", "social-protection", "legal-assistance")


def decided(decision: str) -> PriorLearningDecided:
    return PriorLearningDecided(
        application=REFERRAL["referral"],
        occupation="7212",
        decision=decision,
        skills=("arc-welding",),
        gaps=("metal-cutting",),
    )


def recognised(via: str) -> SkillsRecognised:
    return SkillsRecognised(skills=("arc-welding", "metal-cutting"), via=via, evidence=REFERRAL["referral"])


def completed(result: str) -> CompletionRecorded:
    return CompletionRecorded(**COURSE, completed_on=date(2026, 5, 1), result=result)


TOLD: list[tuple[Contract, str | None]] = [
    (CaseRegistered(centre="pursat"), "welcome"),
    (ReferralRequested(**REFERRAL, kind="course"), None),
    (ReferralRequested(**REFERRAL, kind="prior-learning"), "prior-learning-referral"),
    (ReferralRequested(**REFERRAL, kind="employment"), "work-referral"),
    (ReferralRequested(**REFERRAL, kind="social-protection", scheme="nssf"), "referral"),
    (ReferralRequested(**REFERRAL, kind="unheard-of"), "referral"),
    (ReferralAccepted(**REFERRAL, kind="course"), None),
    (ReferralAccepted(**REFERRAL, kind="prior-learning"), None),
    (ReferralAccepted(**REFERRAL, kind="employment"), None),
    (ReferralAccepted(**REFERRAL, kind="social-protection", scheme="nssf"), "referral-accepted"),
    (ReferralRejected(**REFERRAL, kind="course", reason="full"), None),
    (ReferralRejected(**REFERRAL, kind="social-protection", reason="not-eligible"), "referral-rejected"),
    (ReferralRequested(**REFERRAL, kind="legal-assistance", follows=NEXT["next"]), None),
    (ReferralRejected(**REFERRAL, kind="legal-assistance", reason="full", rerouted=True), None),
    (ReferralExpired(**REFERRAL, kind="legal-assistance"), "referral-expired"),
    (ReferralExpired(**REFERRAL, kind="legal-assistance", rerouted=True), None),
    (ReferralRerouted(**REFERRAL, **NEXT, kind="other-service", reason="too-far"), "referral-rerouted"),
    (ReferralRerouted(**REFERRAL, **NEXT, kind="course", reason="full"), None),
    (ReferralRerouted(**REFERRAL, **NEXT, kind="course", reason="unanswered"), "referral-rerouted"),
    (ReferralFailed(**REFERRAL, kind="legal-assistance", reason="not-come"), "referral-failed"),
    (ReferralCompleted(**REFERRAL, kind="course", outcome="passed"), None),
    (ReferralCompleted(**REFERRAL, kind="employment", outcome="placed"), None),
    (ReferralCompleted(**REFERRAL, kind="legal-assistance", outcome="advised"), "referral-completed"),
    (ReferralWithdrawn(**REFERRAL, kind="course", reason="other", course="welding-basic"), "referral-withdrawn"),
    (ReferralWithdrawn(**REFERRAL, kind="course", reason="case-closed", course="welding-basic"), None),
    (SeatReserved(**COURSE, starts=date(2026, 6, 1)), "seat-reserved"),
    (SeatReserved(**COURSE), "seat-reserved"),
    (SeatRefused(**COURSE, reason="full"), "seat-refused"),
    (completed("passed"), None),
    (completed("not-passed"), "course-not-passed"),
    (recognised("completion"), "skills-recognised"),
    (recognised("prior-learning"), None),
    (decided("recognised"), "prior-learning-recognised"),
    (decided("partly-recognised"), "prior-learning-partly-recognised"),
    (decided("not-yet"), "prior-learning-not-yet"),
    (decided("unheard-of"), "prior-learning-decided"),
    (MatchProposed(**MATCH, **PLACE, score=80, rules="v1"), "match-proposed"),
    (
        PlacementConfirmed(**MATCH, **PLACE, employer="employer-a", starts=date(2026, 6, 1)),
        "placement-confirmed",
    ),
    (CaseClosed(reason="goals-reached"), "farewell"),
    (CaseClosed(reason="died"), None),
]
"""Facts, and the template each is told with; None where another fact tells of the same happening."""

CONTACT_CHANGED = ContactChanged(contact=CONTACT, channel="sms", language="en")
CONSENT = ConsentGiven(purpose="messages", text_version="v1", given="signed")
NO_CONSENT = ConsentWithdrawn(purpose="messages")


def event(data: Contract, number: int = 1, age: timedelta = timedelta()) -> Event:
    """An event about the person; its id follows from its number."""
    identity = str(uuid.UUID(int=number))
    case = "00000000-0000-4000-8000-0000000000a1"
    return Event(identity, data.type, PERSON, number, NOW - age, case, identity, None, None, data)
