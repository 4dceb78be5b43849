"""Social protection: whether a scheme takes the person, and why. Rules are dated data, and every answer names its rule.

Three answers: `eligible`, `not-eligible`, and `unknown`, which says what is missing. A rule decides on facts that it
was given, never on their absence. The sentences for the reasons are in `texts/eligibility.csv`.
"""

from datetime import date
from typing import Final, NamedTuple

from services.intake.domain.model import Case

ELIGIBLE, NOT_ELIGIBLE, UNKNOWN = "eligible", "not-eligible", "unknown"


class Rule(NamedTuple):
    """Whom a scheme covers, and from when to when the rule holds. `verified`: read in the law itself."""

    scheme: str
    version: str
    valid_from: date
    valid_to: date | None
    covers: tuple[str, ...]
    excludes: tuple[str, ...]
    source: str
    verified: bool


RULES: Final = (
    # An employer with one worker or more registers within 30 days of opening, and each worker within 3 days. The
    # self-employed have a voluntary scheme (Sub-Decree 280 of 28 August 2023) that is not one of ours yet.
    Rule(
        scheme="nssf",
        version="nssf-employees-1",
        valid_from=date(2022, 1, 1),  # its true first day was not found; older placements are not ours
        valid_to=None,
        covers=("employee",),
        excludes=("self-employed",),
        source="NSSF duties of employers as summarised by aquariibd.com; not compared with the law",
        verified=False,
    ),
)


class Facts(NamedTuple):
    """What is known of the person's work: `employee` or `self-employed`, and its first day."""

    engagement: str | None
    starts: date | None


class Answer(NamedTuple):
    """What a rule says, why (a code), and which facts are missing where it cannot say."""

    scheme: str
    rule: str
    outcome: str
    reason: str
    missing: tuple[str, ...] = ()


def facts_of(case: Case) -> Facts:
    """What a case tells the rules."""
    if case.placement is None:
        return Facts(None, None)
    return Facts(case.placement["engagement"], date.fromisoformat(case.placement["starts"]))


def evaluate(facts: Facts, on: date) -> tuple[Answer, ...]:
    """Each scheme's answer by the rule that holds on this day."""
    return tuple(answer(rule, facts) for rule in RULES if _holds(rule, on))


def answer(rule: Rule, facts: Facts) -> Answer:
    """One rule's answer. More facts never take an answer back that was given on fewer."""
    if facts.engagement in rule.excludes:
        return Answer(rule.scheme, rule.version, NOT_ELIGIBLE, facts.engagement)
    missing = []
    if facts.engagement not in rule.covers:
        missing.append("engagement")
    if facts.starts is None:
        missing.append("starts")
    if missing:
        return Answer(rule.scheme, rule.version, UNKNOWN, "no-employment-known", tuple(missing))
    return Answer(rule.scheme, rule.version, ELIGIBLE, "employed")


def _holds(rule: Rule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)
