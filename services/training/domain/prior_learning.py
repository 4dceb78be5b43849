"""Recognition of prior learning: what assessors found a person competent in."""

from collections.abc import Mapping
from typing import Any

from services.training.domain.model import COMPLETED, PRIOR_LEARNING, WITHDRAWN, Referral, fact
from shared.events.training import PriorLearningDecided, SkillsRecognised
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict, Rejected


def decide(referral: Referral, occupation: str | None, competent: tuple[str, ...], gaps: tuple[str, ...]) -> Decision:
    """Record what assessors found: all skills competent, some, or none; partial results count. `occupation` is that of
    the referral unless assessors name another.

    The same findings again change nothing. Raises Rejected: `other-kind`, `nothing-assessed`, `both-ways`, `required`
    (no occupation); Conflict: `withdrawn`, `changed` (decided otherwise before).
    """
    if referral.kind != PRIOR_LEARNING or referral.referral is None:
        raise Rejected("other-kind", field="code")
    if referral.state == WITHDRAWN:
        raise Conflict("withdrawn", field="code")
    if not competent and not gaps:
        raise Rejected("nothing-assessed", *NOTHING_ASSESSED, field="competent")
    if set(competent) & set(gaps):
        raise Rejected("both-ways", *BOTH_WAYS, field="gaps")
    if (assessed := occupation or referral.occupation) is None:
        raise Rejected("required", field="occupation")
    decision = "recognised" if not gaps else "partly-recognised" if competent else "not-yet"
    # Lists, as they come back from the database, so that the same findings compare the same.
    said: Mapping[str, Any] = {
        "result": decision,
        "occupation": assessed,
        "competent": sorted(competent),
        "gaps": sorted(gaps),
    }
    if referral.state == COMPLETED:
        if referral.outcome != said:
            raise Conflict("changed", field="competent")
        return NOTHING
    decided = PriorLearningDecided(
        application=referral.referral,
        referral=referral.referral,
        code=referral.code,
        occupation=assessed,
        decision=decision,
        skills=competent,
        gaps=gaps,
    )
    events = [fact(referral, decided)]
    if competent:
        recognised = SkillsRecognised(skills=competent, via=PRIOR_LEARNING, evidence=decided.application)
        events.append(fact(referral, recognised))
    return Decision((referral._replace(state=COMPLETED, skills=competent, outcome=said),), events)


NOTHING_ASSESSED = (
    "No skill is named. Name each skill that was assessed, as competent or as a gap.",
    "មិនមានឈ្មោះជំនាញណាមួយទេ។ សូមដាក់ឈ្មោះជំនាញនីមួយៗដែលបានវាយតម្លៃ ថាមានសមត្ថភាព ឬនៅខ្វះ។",
)
BOTH_WAYS = (
    "A skill is named both as competent and as a gap. Name it once.",
    "ជំនាញមួយត្រូវបានដាក់ទាំងជាសមត្ថភាព និងជាចំណុចខ្វះ។ សូមដាក់តែម្តង។",
)
"""What to do, in English and Khmer."""
