"""Which fact is told in which words; pure.

One template a fact, and one message a happening: where two facts tell of the same thing (a seat reserved, and the
referral accepted with it), the one that says more to the returnee is told.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from shared.events.employment import MatchProposed, PlacementConfirmed
from shared.events.envelope import Contract
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
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

COURSE, PRIOR_LEARNING, EMPLOYMENT, SOCIAL_PROTECTION = "course", "prior-learning", "employment", "social-protection"

TOLD_BY_TRAINING: Final = (COURSE, PRIOR_LEARNING)
"""Kinds of referral whose outcome training tells; intake's own fact about it would be a second message."""
TOLD_OTHERWISE: Final = (*TOLD_BY_TRAINING, EMPLOYMENT, SOCIAL_PROTECTION)
"""Kinds whose completion follows from another fact that is told: a placement, or the scheme's acceptance."""
UNANSWERED: Final = "unanswered"
"""Why another provider is asked where the first one said nothing: the person has heard nothing yet either."""
WITH_ITS_CASE: Final = "case-closed"
"""Why intake takes back what is still open when it closes a case; the farewell tells it."""
PARTED_WITHOUT_A_WORD: Final = ("died", "missing", "refused")
"""Reasons for closing a case after which a farewell would hurt or reach nobody."""


class Wording(NamedTuple):
    """Which template tells a fact, and the codes that fill it."""

    template: str
    fields: Mapping[str, Any] = {}


FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "welcome": frozenset(),
    "prior-learning-referral": frozenset({"code"}),
    "work-referral": frozenset({"code"}),
    "referral": frozenset({"code"}),
    "referral-accepted": frozenset({"code"}),
    "referral-rejected": frozenset({"code"}),
    "referral-completed": frozenset({"code"}),
    "referral-failed": frozenset({"code"}),
    "referral-expired": frozenset({"code"}),
    "referral-rerouted": frozenset({"code", "next_code"}),
    "referral-withdrawn": frozenset({"code"}),
    "seat-reserved": frozenset({"code", "starts"}),
    "seat-refused": frozenset({"code", "reason"}),
    "course-not-passed": frozenset({"code"}),
    "skills-recognised": frozenset({"skills"}),
    "prior-learning-recognised": frozenset({"skills"}),
    "prior-learning-partly-recognised": frozenset({"skills", "gaps"}),
    "prior-learning-not-yet": frozenset({"gaps"}),
    "prior-learning-decided": frozenset(),
    "match-proposed": frozenset({"occupation", "commune"}),
    "placement-confirmed": frozenset({"occupation", "commune", "starts"}),
    "farewell": frozenset(),
}
"""Every template and the fields that fill it. A phone may be shared: no template names an office of health or of
social protection, or says that there is a case."""


def wording(data: Contract) -> Wording | None:
    """How a fact is told, or None where another fact of the same happening tells it, or nothing is to be told."""
    match data:
        case CaseRegistered():
            return Wording("welcome")
        case ReferralRequested(kind=kind, follows=follows):
            # Whether there is a seat is known a moment later, and that is worth a message. A referral in another's
            # place is told with both codes.
            told_otherwise = kind == COURSE or follows is not None
            return None if told_otherwise else Wording(_template_of_request(kind), {"code": data.code})
        case ReferralAccepted(kind=kind):
            # The employment service accepts by what it proposes, which is told.
            told_otherwise = kind in (*TOLD_BY_TRAINING, EMPLOYMENT)
            return None if told_otherwise else Wording("referral-accepted", {"code": data.code})
        case ReferralRejected(kind=kind, rerouted=rerouted):
            return None if kind == COURSE or rerouted else Wording("referral-rejected", {"code": data.code})
        case ReferralExpired(rerouted=rerouted):
            return None if rerouted else Wording("referral-expired", {"code": data.code})
        case ReferralRerouted():
            return _wording_of_another_way(data)
        case ReferralFailed():
            return Wording("referral-failed", {"code": data.code})
        case ReferralCompleted(kind=kind):
            return None if kind in TOLD_OTHERWISE else Wording("referral-completed", {"code": data.code})
        case ReferralWithdrawn(reason=reason):
            return None if reason == WITH_ITS_CASE else Wording("referral-withdrawn", {"code": data.code})
        case SeatReserved():
            return Wording("seat-reserved", {"code": data.code, "starts": _day(data.starts)})
        case SeatRefused():
            return Wording("seat-refused", {"code": data.code, "reason": data.reason})
        case CompletionRecorded(result=result):
            # Who passed hears of the skills that are recognised with it.
            return None if result == "passed" else Wording("course-not-passed", {"code": data.code})
        case SkillsRecognised(via=via):
            return None if via == PRIOR_LEARNING else Wording("skills-recognised", {"skills": data.skills})
        case PriorLearningDecided():
            return _wording_of_decision(data)
        case MatchProposed():
            return Wording("match-proposed", {"occupation": data.occupation, "commune": data.commune})
        case PlacementConfirmed():
            place = {"occupation": data.occupation, "commune": data.commune}
            return Wording("placement-confirmed", {**place, "starts": _day(data.starts)})
        case CaseClosed(reason=reason):
            return None if reason in PARTED_WITHOUT_A_WORD else Wording("farewell")
    return None


def _template_of_request(kind: str) -> str:
    return {PRIOR_LEARNING: "prior-learning-referral", EMPLOYMENT: "work-referral"}.get(kind, "referral")


def _wording_of_another_way(rerouted: ReferralRerouted) -> Wording | None:
    """Both codes. After a seat was refused the next course tells by itself whether it has one."""
    if rerouted.kind == COURSE and rerouted.reason != UNANSWERED:
        return None
    return Wording("referral-rerouted", {"code": rerouted.code, "next_code": rerouted.next_code})


def _wording_of_decision(decided: PriorLearningDecided) -> Wording:
    template = f"prior-learning-{decided.decision}"
    fields = {"skills": decided.skills, "gaps": decided.gaps}
    if template not in FIELDS:
        return Wording("prior-learning-decided")
    return Wording(template, {name: fields[name] for name in sorted(FIELDS[template])})


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
