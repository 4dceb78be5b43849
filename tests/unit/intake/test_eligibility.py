"""Social protection rules: three answers, each with its reason; laws that hold whatever the rules and the facts."""

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import scheme_rules
from services.intake.domain.eligibility import (
    ELIGIBLE,
    NOT_ELIGIBLE,
    UNKNOWN,
    answer,
    evaluate,
    facts_of,
    facts_of_person,
)
from services.intake.domain.model import Identity
from services.intake.domain.scheme_rules import (
    Condition,
    Ground,
    Rule,
    WrongRules,
    facts,
    read,
    rules,
    rules_on,
    version_of,
)
from services.intake.texts import sentences
from shared import reference
from tests.unit.intake.made_up import PLACEMENT, TODAY, case

BY_VERSION = {rule.version: rule for rule in rules()}
NSSF, VOLUNTARY = BY_VERSION["nssf-employees-1"], BY_VERSION["nssf-voluntary-1"]
FUND, PACKAGE = BY_VERSION["health-equity-fund-2"], BY_VERSION["family-package-1"]
TRAINING = BY_VERSION["vocational-training-1"]
LONG_AGO = (date(1960, 1, 1), date(1960, 1, 1))

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "engagement": st.sampled_from(["employee", "self-employed"]),
    "starts": st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    "idpoor": st.sampled_from(["idpoor-1", "idpoor-2", "near-poor", "none"]),
    "born": st.dates(date(1930, 1, 1), date(2020, 1, 1)).flatmap(
        lambda born: st.integers(0, 800).map(lambda days: (born, born + timedelta(days=days)))
    ),
}
known_facts: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={name: VALUES.get(name, st.booleans()) for name in facts()}
)
made_up_rules = st.builds(
    lambda grounds, exclusions: PACKAGE._replace(grounds=tuple(grounds), exclusions=tuple(exclusions)),
    *[
        st.lists(
            st.builds(
                Ground,
                st.sampled_from(["pregnant", "disability"]),
                st.lists(
                    st.one_of(
                        st.sampled_from(
                            [Condition(name, (True,)) for name in ("pregnant", "disability", "own-employees")]
                        ),
                        st.sampled_from([Condition("idpoor", ("idpoor-1", "idpoor-2")), Condition("starts")]),
                        st.integers(1, 80).map(lambda years: Condition("born", (), years)),
                    ),
                    min_size=1,
                    max_size=3,
                ).map(tuple),
            ),
            min_size=least,
            max_size=3,
        )
        for least in (1, 0)
    ],
)
any_rule = st.sampled_from(rules()) | made_up_rules


@pytest.mark.parametrize(
    ("rule", "known", "outcome", "reason", "missing"),
    [
        (NSSF, {"engagement": "employee", "starts": TODAY}, ELIGIBLE, "employed", ()),
        (NSSF, {"engagement": "employee"}, UNKNOWN, "no-employment-known", ("starts",)),
        (NSSF, {"engagement": "self-employed"}, NOT_ELIGIBLE, "self-employed", ()),
        (NSSF, {}, UNKNOWN, "no-employment-known", ("engagement", "starts")),
        (
            VOLUNTARY,
            {"engagement": "self-employed", "own-employees": False, "left-voluntary-scheme": False},
            ELIGIBLE,
            "works-for-herself",
            (),
        ),
        (
            VOLUNTARY,
            {"engagement": "self-employed", "own-employees": False},
            UNKNOWN,
            "facts-missing",
            ("left-voluntary-scheme",),
        ),
        (VOLUNTARY, {"left-voluntary-scheme": True}, NOT_ELIGIBLE, "left-voluntary-scheme", ()),
        (VOLUNTARY, {"own-employees": True}, NOT_ELIGIBLE, "not-self-employed", ()),
        (FUND, {"idpoor": "idpoor-2"}, ELIGIBLE, "equity-card", ()),
        (FUND, {"idpoor": "near-poor"}, ELIGIBLE, "near-poor", ()),
        (FUND, {"idpoor": "none"}, NOT_ELIGIBLE, "apply-for-equity-card", ()),
        (FUND, {}, UNKNOWN, "facts-missing", ("idpoor",)),
        (PACKAGE, {"idpoor": "idpoor-1", "pregnant": True}, ELIGIBLE, "pregnant", ()),
        (PACKAGE, {"nssf-member": True, "child-under-two": True}, ELIGIBLE, "child-under-two", ()),
        (PACKAGE, {"idpoor": "idpoor-1", "born": LONG_AGO}, ELIGIBLE, "sixty-or-older", ()),
        (PACKAGE, {"idpoor": "idpoor-1", "disability": True}, ELIGIBLE, "disability", ()),
        (PACKAGE, {"idpoor": "none", "nssf-member": False, "state-staff": False}, NOT_ELIGIBLE, None, ()),
        (TRAINING, {"idpoor": "near-poor", "born": LONG_AGO}, ELIGIBLE, "poor-household", ()),
    ],
)
def test_whom_each_scheme_takes(
    rule: Rule, known: Mapping[str, Any], outcome: str, reason: str | None, missing: tuple[str, ...]
) -> None:
    told = answer(rule, known, TODAY)
    assert (told.scheme, told.rule, told.outcome, told.missing) == (rule.scheme, rule.version, outcome, missing)
    assert reason is None or told.reason == reason


@given(any_rule, known_facts)
def test_no_outcome_without_its_facts(rule: Rule, known: dict[str, Any]) -> None:
    told = answer(rule, known, TODAY)
    assert (told.outcome == UNKNOWN) == bool(told.missing)
    assert all(name not in known or name == "born" for name in told.missing)
    if told.outcome == ELIGIBLE:
        assert any({test.fact for test in ground.all} <= known.keys() for ground in rule.grounds)
    assert answer(rule, {}, TODAY).outcome == UNKNOWN


@given(any_rule, known_facts, known_facts)
def test_more_facts_never_take_an_answer_back(rule: Rule, some: dict[str, Any], more: dict[str, Any]) -> None:
    before, after = answer(rule, some, TODAY), answer(rule, {**more, **some}, TODAY)
    if before.outcome != UNKNOWN:
        assert after.outcome == before.outcome


@given(any_rule, known_facts, st.data())
def test_what_is_not_asked_for_decides_nothing(rule: Rule, known: dict[str, Any], data: st.DataObject) -> None:
    asked = {test.fact for ground in (*rule.grounds, *rule.exclusions) for test in ground.all}
    others = {name: value for name, value in data.draw(known_facts).items() if name not in asked}
    assert answer(rule, {**known, **others}, TODAY) == answer(rule, known, TODAY)


@given(known_facts, st.integers(0, 30_000))
def test_age_only_ever_opens_a_scheme(known: dict[str, Any], older: int) -> None:
    """Being born earlier never makes her lose what age gives."""
    born = known.pop("born", (date(2000, 1, 1), date(2000, 1, 1)))
    earlier = tuple(day - timedelta(days=older) for day in born)
    for rule in (PACKAGE, TRAINING):
        if answer(rule, {**known, "born": born}, TODAY).outcome == ELIGIBLE:
            assert answer(rule, {**known, "born": earlier}, TODAY).outcome == ELIGIBLE


@given(known_facts)
def test_a_lower_level_of_the_equity_card_never_loses_what_a_higher_one_gives(known: dict[str, Any]) -> None:
    ladder = ("none", "near-poor", "idpoor-2", "idpoor-1")
    for rule in (FUND, PACKAGE, TRAINING):
        outcomes = [answer(rule, {**known, "idpoor": level}, TODAY).outcome == ELIGIBLE for level in ladder]
        assert outcomes == sorted(outcomes)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_rule_speaks_only_while_it_holds(on: date) -> None:
    until = NSSF._replace(valid_to=date(2040, 1, 1))
    assert until.holds(on) == (NSSF.valid_from <= on <= date(2040, 1, 1))
    assert bool(evaluate({"engagement": "employee", "starts": on}, on)) == (on >= NSSF.valid_from)
    assert {told.rule for told in evaluate({}, on, rules_on(on))} == {r.version for r in rules() if r.holds(on)}


def test_a_rule_that_follows_another_leaves_no_day_to_both_or_to_none() -> None:
    by_scheme: dict[str, list[Rule]] = {}
    for rule in rules():
        by_scheme.setdefault(rule.scheme, []).append(rule)
    for found in by_scheme.values():
        found.sort(key=lambda rule: rule.valid_from)
        for earlier, later in itertools.pairwise(found):
            assert earlier.valid_to is not None
            assert later.valid_from == earlier.valid_to + timedelta(days=1)


def test_every_rule_says_where_it_comes_from_and_what_is_in_doubt() -> None:
    assert all(rule.source and rule.scheme in reference.codes("scheme") for rule in rules())
    assert all(rule.verified or len(rule.doubt) > 20 for rule in rules())


def test_every_reason_and_question_stands_in_khmer_and_english() -> None:
    reasons = {ground.reason for rule in rules() for ground in (*rule.grounds, *rule.exclusions)}
    reasons |= {reason for rule in rules() for reason in (rule.otherwise, rule.unknown)}
    spoken = [(told.en, told.km) for told in (sentences("eligibility")[reason] for reason in reasons)]
    for en, km in [*spoken, *[(fact.en, fact.km) for fact in facts().values()]]:
        assert en.isascii()
        assert any("\u1780" <= letter <= "\u17ff" for letter in km)


def test_any_change_of_the_rules_is_another_version() -> None:
    held = rules_on(TODAY)
    changed = [FUND._replace(grounds=FUND.grounds[:1]), *[rule for rule in held if rule is not FUND]]
    assert version_of(held) == version_of(tuple(reversed(held))) != version_of(changed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('fact = "pregnant"', 'fact = "rich"'), "nobody knows: rich"),
        (('decides = "rule"', 'decides = "chance"'), "who decides"),
        (('version = "health-equity-fund-2"', 'version = "health-equity-fund-1"'), "the same version"),
        (("verified = false", "verified ="), "cannot be read"),
        (('doubt = "Its true first day was not found."', 'doubt = ""'), "what is uncertain"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(change: tuple[str, str], told: str) -> None:
    data = files(scheme_rules.DATA).joinpath("social-protection.toml").read_text(encoding="utf-8")
    assert read(data, facts()) == rules()
    with pytest.raises(WrongRules, match=told):
        read(data.replace(*change), facts())


def test_the_facts_of_a_case_are_those_of_its_placement() -> None:
    assert facts_of(case()) == {}
    assert facts_of(case(placement=PLACEMENT)) == {"engagement": "employee", "starts": date(2026, 12, 1)}
    assert facts_of(case(placement={**PLACEMENT, "engagement": "apprentice"})) == {"starts": date(2026, 12, 1)}


def test_what_is_known_of_a_person_is_believed_as_long_as_it_holds() -> None:
    who = Identity(
        birth_date=date(1966, 6, 1),
        birth_precision="year",
        idpoor_level="idpoor-2",
        idpoor_until=TODAY,
        household={"a": {"birth_date": (TODAY - timedelta(days=300)).isoformat()}, "b": {"birth_date": None}},
    )
    said = {
        "pregnant": {"value": True, "said_on": (TODAY - timedelta(days=180)).isoformat()},
        "disability": {"value": False, "said_on": "2001-01-01"},
        "shoe-size": {"value": True, "said_on": TODAY.isoformat()},
    }
    known = {
        "born": (date(1966, 1, 1), date(1966, 12, 31)),
        "idpoor": "idpoor-2",
        "child-under-two": True,
        "pregnant": True,
        "disability": False,
    }
    assert facts_of_person(who, said, facts(), TODAY) == known
    later = facts_of_person(who, said, facts(), TODAY + timedelta(days=1))
    assert later == {name: value for name, value in known.items() if name not in ("idpoor", "pregnant")}
    no_card = {"equity-card": {"value": False, "said_on": TODAY.isoformat()}}
    assert facts_of_person(Identity(), no_card, facts(), TODAY)["idpoor"] == "none"


@given(st.dates(date(1950, 1, 1), date(1970, 12, 31)), st.sampled_from(["day", "month", "year", "about"]))
def test_sixty_is_told_only_where_the_birth_date_is_known_well_enough(born: date, precision: str) -> None:
    known = facts_of_person(Identity(birth_date=born, birth_precision=precision), {}, facts(), TODAY)
    told = answer(PACKAGE, {**known, "idpoor": "idpoor-1", "pregnant": False, "child-under-two": False}, TODAY)
    earliest, latest = known["born"]
    turned_60 = TODAY.replace(year=TODAY.year - 60)
    if latest <= turned_60:
        assert told.outcome == ELIGIBLE
    elif earliest <= turned_60:
        assert told.outcome == UNKNOWN
        assert "born" in told.missing
    else:
        assert told.outcome == UNKNOWN
        assert told.missing == ("disability",)
