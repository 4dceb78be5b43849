"""Social protection rules: three answers, each with its reason; laws that hold whatever the facts."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import eligibility
from services.intake.domain.eligibility import ELIGIBLE, NOT_ELIGIBLE, RULES, UNKNOWN, Facts, answer, evaluate, facts_of
from services.intake.texts import sentences
from shared import reference
from tests.unit.intake.made_up import PLACEMENT, TODAY, case

NSSF = RULES[0]
facts = st.builds(
    Facts,
    st.none() | st.sampled_from(["employee", "self-employed", "volunteer"]),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@pytest.mark.parametrize(
    ("known", "outcome", "missing"),
    [
        (Facts("employee", TODAY), ELIGIBLE, ()),
        (Facts("employee", None), UNKNOWN, ("starts",)),
        (Facts("self-employed", TODAY), NOT_ELIGIBLE, ()),
        (Facts("self-employed", None), NOT_ELIGIBLE, ()),
        (Facts("volunteer", TODAY), UNKNOWN, ("engagement",)),
        (Facts(None, None), UNKNOWN, ("engagement", "starts")),
    ],
)
def test_the_fund_for_employees(known: Facts, outcome: str, missing: tuple[str, ...]) -> None:
    told = answer(NSSF, known)
    assert (told.scheme, told.outcome, told.missing) == ("nssf", outcome, missing)


@given(facts)
def test_no_outcome_without_its_facts(known: Facts) -> None:
    told = answer(NSSF, known)
    assert (told.outcome == UNKNOWN) == bool(told.missing)
    if told.outcome == ELIGIBLE:
        assert None not in known
    assert all(getattr(known, name) is None or name == "engagement" for name in told.missing)


@given(facts, facts)
def test_more_facts_never_take_an_answer_back(some: Facts, more: Facts) -> None:
    fuller = Facts(
        more.engagement if some.engagement is None else some.engagement,
        more.starts if some.starts is None else some.starts,
    )
    before, after = answer(NSSF, some), answer(NSSF, fuller)
    if before.outcome != UNKNOWN:
        assert after == before
    assert set(after.missing) <= set(before.missing)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_rule_speaks_only_while_it_holds(on: date) -> None:
    until = NSSF._replace(valid_to=date(2040, 1, 1))
    held = eligibility._holds(until, on)
    assert held == (NSSF.valid_from <= on <= date(2040, 1, 1))
    assert bool(evaluate(Facts("employee", on), on)) == (on >= NSSF.valid_from)


def test_a_rule_that_follows_another_leaves_no_day_to_both_or_to_none() -> None:
    by_scheme: dict[str, list[eligibility.Rule]] = {}
    for rule in RULES:
        by_scheme.setdefault(rule.scheme, []).append(rule)
    for rules in by_scheme.values():
        rules.sort(key=lambda rule: rule.valid_from)
        for earlier, later in itertools.pairwise(rules):
            assert earlier.valid_to is not None
            assert later.valid_from == earlier.valid_to + timedelta(days=1)


def test_every_rule_says_where_it_comes_from_and_of_which_scheme_it_is() -> None:
    assert all(rule.source and rule.scheme in reference.codes("scheme") for rule in RULES)
    assert len({rule.version for rule in RULES}) == len(RULES)


@given(facts)
def test_every_reason_is_told_in_khmer_and_english(known: Facts) -> None:
    told = sentences("eligibility")[answer(NSSF, known).reason]
    assert told.en.isascii()
    assert any("\u1780" <= letter <= "\u17ff" for letter in told.km)


def test_the_facts_of_a_case_are_those_of_its_placement() -> None:
    assert facts_of(case()) == Facts(None, None)
    assert facts_of(case(placement=PLACEMENT)) == Facts("employee", date(2026, 12, 1))
