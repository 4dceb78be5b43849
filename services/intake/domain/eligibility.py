"""Social protection: whether a scheme takes the person, and why. Rules are dated data, and every answer names its rule.

Three answers: `eligible`, `not-eligible`, and `unknown`, which says what is missing. A rule decides on facts that it
was given, never on their absence. The sentences for the reasons are in `texts/eligibility.csv`.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from services.intake.domain.children import ESTIMATE_YEARS, youngest
from services.intake.domain.model import Case, Identity
from services.intake.domain.scheme_rules import RULE, Condition, Fact, Ground, Rule, rules_on

ELIGIBLE, NOT_ELIGIBLE, UNKNOWN = "eligible", "not-eligible", "unknown"
ENGAGEMENTS: Final = ("employee", "self-employed")
UNDER_TWO: Final = 2

Facts = Mapping[str, Any]
"""What is known, by the name of the fact (`rules/facts.csv`); what is not in it is not known. `born` holds the earliest
and the latest day on which she may be born; the others are codes, days, yes or no."""


class Answer(NamedTuple):
    """What a rule says, why (a code), and which facts are missing where it cannot say."""

    scheme: str
    rule: str
    outcome: str
    reason: str
    missing: tuple[str, ...] = ()


def facts_of(case: Case) -> Facts:
    """What a case tells the rules: the work that was found."""
    if case.placement is None:
        return {}
    known: dict[str, Any] = {"starts": date.fromisoformat(case.placement["starts"])}
    if case.placement["engagement"] in ENGAGEMENTS:
        known["engagement"] = case.placement["engagement"]
    return known


def facts_of_person(
    identity: Identity, said: Mapping[str, Mapping[str, Any]], asked: Mapping[str, Fact], on: date
) -> Facts:
    """What who she is tells the rules, and what she said when she was asked: each `value` on its day, `said_on`.

    An equity card that has expired tells nothing, and neither does an answer that is too old to believe.
    """
    known = {
        name: answer["value"]
        for name, answer in said.items()
        if name in asked and asked[name].asked and _believed(answer["said_on"], asked[name].keeps_days, on)
    }
    if identity.birth_date is not None:
        known["born"] = _born(identity.birth_date, identity.birth_precision)
    if identity.idpoor_level is not None and (identity.idpoor_until is None or identity.idpoor_until >= on):
        known["idpoor"] = identity.idpoor_level
    elif known.get("equity-card") is False:
        known["idpoor"] = "none"
    if any(_under_two(member, on) for member in (identity.household or {}).values()):
        known["child-under-two"] = True
    return known


def evaluate(facts: Facts, on: date, rules: Iterable[Rule] | None = None) -> tuple[Answer, ...]:
    """Each rule's answer; by default of those that hold on this day and leave nothing for people to decide."""
    return tuple(answer(rule, facts, on) for rule in (rules_on(on, RULE) if rules is None else rules))


def answer(rule: Rule, facts: Facts, on: date) -> Answer:
    """One rule's answer. More facts never take back an answer that was given on fewer."""
    excluded = [(ground, _holds(ground, facts, on)) for ground in rule.exclusions]
    grounds = [(ground, _holds(ground, facts, on)) for ground in rule.grounds]
    for ground, holds in excluded:
        if holds:
            return Answer(rule.scheme, rule.version, NOT_ELIGIBLE, ground.reason)
    met = next((ground for ground, holds in grounds if holds), None)
    if met is None and all(holds is False for _, holds in grounds):
        return Answer(rule.scheme, rule.version, NOT_ELIGIBLE, rule.otherwise)
    open_grounds = [ground for ground, holds in excluded if holds is None]
    if met is not None and not open_grounds:
        return Answer(rule.scheme, rule.version, ELIGIBLE, met.reason)
    if met is None:
        open_grounds += [ground for ground, holds in grounds if holds is None]
    return Answer(rule.scheme, rule.version, UNKNOWN, rule.unknown, _missing(open_grounds, facts, on))


def _holds(ground: Ground, facts: Facts, on: date) -> bool | None:
    """Whether all its tests hold; None where that cannot be told."""
    results = [_passes(test, facts, on) for test in ground.all]
    if False in results:
        return False
    return None if None in results else True


def _passes(test: Condition, facts: Facts, on: date) -> bool | None:
    if test.fact not in facts:
        return None
    value = facts[test.fact]
    if test.aged_at_least is not None:
        earliest, latest = value
        bound = _years_before(on, test.aged_at_least)
        return True if latest <= bound else False if earliest > bound else None
    return not test.one_of or value in test.one_of


def _missing(grounds: Sequence[Ground], facts: Facts, on: date) -> tuple[str, ...]:
    open_tests = (test.fact for ground in grounds for test in ground.all if _passes(test, facts, on) is None)
    return tuple(dict.fromkeys(open_tests))


def _born(born: date, precision: str | None) -> tuple[date, date]:
    """The earliest and the latest day on which somebody may be born of whom this much is known."""
    earliest = {
        "month": born.replace(day=1),
        "year": date(born.year, 1, 1),
        "about": date(born.year - ESTIMATE_YEARS, 1, 1),
    }.get(precision or "day", born)
    return earliest, youngest(born, precision)


def _under_two(member: Mapping[str, Any], on: date) -> bool:
    """Whether somebody is under two for certain."""
    if not member.get("birth_date"):
        return False
    earliest, _ = _born(date.fromisoformat(member["birth_date"]), member.get("birth_precision"))
    return _years_before(on, UNDER_TWO) < earliest <= on


def _years_before(on: date, years: int) -> date:
    """The same day so many years before; the 28th for a 29th of February that the year does not have."""
    year = on.year - years
    return on.replace(year=year, day=min(on.day, calendar.monthrange(year, on.month)[1]))


def _believed(said_on: str, keeps_days: int | None, on: date) -> bool:
    return keeps_days is None or date.fromisoformat(said_on) + timedelta(days=keeps_days) >= on
