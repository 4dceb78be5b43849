"""What rules propose, and what a counsellor decides on it. When rules change, every open case is asked about again."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from services.intake.domain import eligibility, plans, referrals, scheme_rules
from services.intake.domain.cases import require_open
from services.intake.domain.consents import agrees
from services.intake.domain.eligibility import NOT_ELIGIBLE, UNKNOWN, Answer, Facts
from services.intake.domain.model import SOCIAL_PROTECTION, Case, Evaluation, Person, Referral
from services.intake.domain.referrals import TOLD_SCHEMES, Wanted
from shared.events.envelope import NewEvent
from shared.events.protection import EligibilityDecided, EligibilityEvaluated, SchemeAnswer
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import day
from shared.rejections import Conflict

ASKED, FACTS_TOLD, PLACEMENT, RULES_CHANGED = "asked", "facts-told", "placement", "rules-changed"
"""What made the rules be asked."""
READ: Final = frozenset({"birth_date", "birth_precision", "idpoor_level", "idpoor_until"})
"""Fields of a person that rules read, beside her household."""
EVALUATE: Final = "evaluate-case"
"""Timer of a person: ask the rules about one of her cases."""
PAGE: Final = "evaluate-page"
"""Timer of a change of rules: the next page of open cases."""
PAGE_SIZE: Final = 200
FIRST: Final = "00000000-0000-0000-0000-000000000000"
"""Before every case."""
REFER, NOT_NOW = "refer", "not-now"
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "reintegration/intake/rules")


class Decided(NamedTuple):
    """What a counsellor decided on an answer. `referral` is the one that was made."""

    evaluation: str
    person: str
    caseid: str
    scheme: str
    decision: str
    reason: str | None
    decided_at: datetime
    referral: str | None


def evaluate(
    case: Case, facts: Facts, latest: Mapping[str, Answer], because: str, origin: str, now: datetime
) -> Decision:
    """Ask every rule that holds today about an open case, and keep the answers that are new. `latest` has each scheme's
    last answer.

    Where nobody asked, that an answer cannot be told is kept only for a scheme that was told before.
    """
    if case.state != "open":
        return NOTHING
    held = scheme_rules.rules_on(day(now))
    new = [
        answer
        for answer in eligibility.evaluate(facts, day(now), held)
        if latest.get(answer.scheme) != answer
        and (answer.outcome != UNKNOWN or answer.scheme in latest or because == ASKED)
    ]
    if not new:
        return NOTHING
    told = tuple(
        SchemeAnswer(scheme=answer.scheme, rule=answer.rule, outcome=answer.outcome)
        for answer in new
        if answer.scheme in TOLD_SCHEMES
    )
    fact = EligibilityEvaluated(rules=scheme_rules.version_of(held), because=because, answers=told)
    return Decision(plans.evaluations(case, origin, new, now), (NewEvent(case.person, fact, case.caseid),))


def ask_later(case: Case, fields: Iterable[str], now: datetime) -> Decision:
    """Who she is was corrected: the rules are asked a moment later, where they read one of these fields."""
    if case.state != "open" or not any(each in READ or each.startswith("household.") for each in fields):
        return NOTHING
    return Decision(timers=(NewTimer(EVALUATE, case.person, now, {"because": FACTS_TOLD}, case.caseid),))


def decide(
    evaluation: Evaluation,
    latest: str,
    person: Person,
    case: Case,
    made: Sequence[Referral],
    decided: Decided | None,
    decision: str,
    reason: str | None,
    codes: Iterator[str],
    now: datetime,
) -> Decision:
    """A counsellor refers the person to the scheme, or does not for now. `latest` is the scheme's last answer's id,
    `decided` what was decided on this one before.

    Raises Conflict: `superseded`, `decided`, `case-closed`; for a referral also `not-eligible`, `not-agreed`,
    `referral-stands`.
    """
    require_open(case)
    if latest != evaluation.evaluation:
        raise Conflict("superseded", field="evaluation")
    if decided is not None:
        if (decided.decision, decided.reason) == (decision, reason):
            return NOTHING
        raise Conflict("decided", field="evaluation")
    referral, follows = None, NOTHING
    if decision == REFER:
        _require_referable(evaluation, person, made, day(now))
        wanted = Wanted(SOCIAL_PROTECTION, SOCIAL_PROTECTION, SOCIAL_PROTECTION, scheme=evaluation.scheme)
        follows = referrals.request(wanted, evaluation.evaluation, next(codes), person.person, case.caseid, now)
        referral = follows.changes[0].referral
    kept = Decided(
        evaluation.evaluation, person.person, case.caseid, evaluation.scheme, decision, reason, now, referral
    )
    fact = EligibilityDecided(evaluation=evaluation.evaluation, decision=decision)
    return Decision((kept,), (NewEvent(person.person, fact, case.caseid),)).and_then(follows)


def _require_referable(evaluation: Evaluation, person: Person, made: Sequence[Referral], today: date) -> None:
    if evaluation.outcome == NOT_ELIGIBLE:
        raise Conflict("not-eligible", allowed=(NOT_NOW,))
    if not agrees(person, SOCIAL_PROTECTION, today):
        raise Conflict("not-agreed", allowed=(NOT_NOW,))
    if any(referral.scheme == evaluation.scheme and plans.stands(referral) for referral in made):
        raise Conflict("referral-stands", allowed=(NOT_NOW,))


def begin(version: str, now: datetime) -> Decision:
    """Rules came into force or went: every open case is asked about again."""
    return Decision(timers=(NewTimer(PAGE, subject_of(version), now, {"version": version, "after": FIRST}),))


def subject_of(version: str) -> str:
    """The subject that pages of this change belong to, which is no person."""
    return str(uuid.uuid5(NAMESPACE, version))


def turn_page(data: Mapping[str, Any], cases: Sequence[tuple[str, str]], now: datetime) -> Decision:
    """A timer for each case of the page, as (case, person), and one for the next page where this one was full."""
    timers = [NewTimer(EVALUATE, person, now, {"because": RULES_CHANGED}, caseid) for caseid, person in cases]
    if len(cases) == PAGE_SIZE:
        timers.append(NewTimer(PAGE, subject_of(data["version"]), now, {**data, "after": cases[-1][0]}))
    return Decision(timers=timers)
