"""Rules of social protection as they are shown, their last answers about a case, and what a person said."""

from datetime import date
from typing import Any, Final

import orjson

from services.intake import circumstances
from services.intake.domain import scheme_rules
from services.intake.domain.scheme_rules import Fact, Ground, Rule
from services.intake.texts import sentence
from services.intake.views.eligibility import AnswerView, DecisionView, FactView, Rules, RuleView, SaidView
from shared import reference
from shared.commands import Query
from shared.local_time import day
from shared.rejections import Absent

ANSWERS: Final = """
select distinct on (scheme) evaluation::text, scheme, rule, outcome, evaluation.reason, missing::text, evaluated_at,
       decided.decision, decided.reason as decided_because, decided_at, referral::text
from evaluation left join eligibility_decision decided using (evaluation, scheme)
where evaluation.caseid = $1 order by scheme, position desc
"""


def rules(query: Query) -> Rules:
    """Every rule, with the day's version."""
    today = day(query.running.clock())
    version = scheme_rules.version_of(scheme_rules.rules_on(today))
    return Rules(version=version, rules=[_rule(rule, today) for rule in scheme_rules.rules()])


async def answers(query: Query, caseid: str) -> list[AnswerView]:
    """Each scheme's last answer about a case; Absent for another centre's."""
    centre = await query.fetch("select centre from cases where caseid = $1", caseid)
    if not centre:
        raise Absent
    query.access.require(centre=centre[0][0])
    return [_answer(row) for row in await query.fetch(ANSWERS, caseid)]


async def said(query: Query, person: str) -> list[SaidView]:
    """What a person said of every fact that is asked for; Absent for another centre's."""
    async with query.running.database.connection() as connection:
        row = await connection.fetchrow("select centre from person where person = $1", person)
        if row is None:
            raise Absent
        query.access.require(centre=row[0])
        known = await circumstances.said_by(connection, person)
        today = day(query.running.clock())
        believed = (await circumstances.facts_of(connection, [person], today))[person]
    asked = [fact for fact in scheme_rules.facts().values() if fact.asked]
    return [_said(fact, known.get(fact.fact, {}), fact.fact in believed) for fact in asked]


def _said(fact: Fact, answer: Any, believed: bool) -> SaidView:
    return SaidView(fact=_fact(fact), value=answer.get("value"), said_on=answer.get("said_on"), believed=believed)


def _rule(rule: Rule, today: date) -> RuleView:
    asked = dict.fromkeys(test.fact for ground in (*rule.exclusions, *rule.grounds) for test in ground.all)
    return RuleView(
        **{name: getattr(rule, name) for name in ("scheme", "version", "valid_from", "valid_to", "decides")},
        **{name: getattr(rule, name) for name in ("source", "verified", "doubt")},
        title_en=reference.title("scheme", rule.scheme, "en"),
        title_km=reference.title("scheme", rule.scheme, "km"),
        holds=rule.holds(today),
        grounds=_reasons(rule.grounds),
        exclusions=_reasons(rule.exclusions),
        asks_for=[_fact(scheme_rules.facts()[name]) for name in asked],
    )


def _reasons(grounds: tuple[Ground, ...]) -> list[Any]:
    return [sentence(reason) for reason in dict.fromkeys(ground.reason for ground in grounds)]


def _fact(fact: Fact) -> FactView:
    return FactView(**fact._asdict())


def _answer(row: Any) -> AnswerView:
    verified = next((rule.verified for rule in scheme_rules.rules() if rule.version == row["rule"]), False)
    return AnswerView(
        **{name: row[name] for name in ("evaluation", "scheme", "rule", "outcome", "evaluated_at")},
        title_en=reference.title("scheme", row["scheme"], "en"),
        title_km=reference.title("scheme", row["scheme"], "km"),
        verified=verified,
        why=sentence(row["reason"]),
        missing=[_fact(known) for name in orjson.loads(row["missing"]) if (known := scheme_rules.facts().get(name))],
        decided=None
        if row["decision"] is None
        else DecisionView(
            decision=row["decision"],
            reason=row["decided_because"],
            decided_at=row["decided_at"],
            referral=row["referral"],
        ),
    )
