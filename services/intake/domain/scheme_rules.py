"""The rules of social protection schemes, read from their data: whom a scheme takes, when, and by which source."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

DATA: Final = "services.intake.rules"
RULE, COUNSELLOR = "rule", "counsellor"
"""Who decides once a rule says yes: the rule itself, or a counsellor, to whom the answer is a proposal."""


class Condition(NamedTuple):
    """One thing that a rule asks of a fact: to be one of these values, to be a birth long enough ago, or, with neither,
    to be known at all."""

    fact: str
    one_of: tuple[Any, ...] = ()
    aged_at_least: int | None = None


class Ground(NamedTuple):
    """Conditions that must all hold; `reason` says in a word what they amount to."""

    reason: str
    all: tuple[Condition, ...]


class Rule(NamedTuple):
    """Whom a scheme takes, and from when to when the rule holds. `verified`: read in the law itself; where not, `doubt`
    says what is uncertain."""

    scheme: str
    version: str
    valid_from: date
    valid_to: date | None
    decides: str
    source: str
    verified: bool
    doubt: str
    otherwise: str
    unknown: str
    grounds: tuple[Ground, ...]
    exclusions: tuple[Ground, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Fact(NamedTuple):
    """A fact that rules ask for. `asked`: a yes or no that the person is asked for, which `keeps_days` says how long to
    believe (None: for good). `en` and `km`: the question, or where it comes from."""

    fact: str
    asked: bool
    keeps_days: int | None
    en: str
    km: str


class WrongRules(ValueError):
    """Rules that cannot be used; the text says which."""


def read(text: str, known: Mapping[str, Fact]) -> tuple[Rule, ...]:
    """Rules from their data. Raises WrongRules."""
    try:
        found = tuple(_rule(row) for row in tomllib.loads(text)["rule"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise WrongRules(f"the rules cannot be read: {fault}") from None
    for rule in found:
        asked = {test.fact for ground in (*rule.grounds, *rule.exclusions) for test in ground.all}
        if unknown := asked - known.keys():
            raise WrongRules(f"{rule.version} asks for facts that nobody knows: {', '.join(sorted(unknown))}")
        if not rule.grounds or rule.decides not in (RULE, COUNSELLOR):
            raise WrongRules(f"{rule.version} lacks its grounds, or who decides")
        if not rule.verified and not rule.doubt:
            raise WrongRules(f"{rule.version} was not verified and does not say what is uncertain")
    if len({rule.version for rule in found}) < len(found):
        raise WrongRules("two rules have the same version")
    _check_days(found)
    return found


def read_facts(lines: Iterable[str]) -> dict[str, Fact]:
    """Facts from their table, by name."""
    return {
        row["fact"]: Fact(
            row["fact"],
            row["asked"] == "yes",
            int(row["keeps_days"]) if row["keeps_days"] else None,
            row["en"],
            row["km"],
        )
        for row in csv.DictReader(lines, strict=True)
    }


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact that rules may ask for, by name."""
    return read_facts(files(DATA).joinpath("facts.csv").read_text(encoding="utf-8").splitlines())


@cache
def shipped() -> tuple[Rule, ...]:
    """The rules of this build, those of the past too."""
    return read(files(DATA).joinpath("social-protection.toml").read_text(encoding="utf-8"), facts())


_IN_FORCE: dict[str, tuple[Rule, ...]] = {}


def put_in_force(taken: tuple[Rule, ...]) -> None:
    """Go by these rules from now on, in this process."""
    _IN_FORCE["rules"] = taken


def rules() -> tuple[Rule, ...]:
    """Every rule that is gone by, those of the past too."""
    return _IN_FORCE.get("rules") or shipped()


def rules_on(on: date, decides: str | None = None) -> tuple[Rule, ...]:
    """The rules that hold on this day; with `decides`, only those on whose answer the rule itself, or a counsellor,
    decides."""
    return tuple(rule for rule in rules() if rule.holds(on) and decides in (None, rule.decides))


def version_of(held: Sequence[Rule]) -> str:
    """A name for these rules as they stand: another one as soon as anything in them is changed."""
    return f"rules-{hashlib.sha256(json.dumps(sorted(held), default=str).encode()).hexdigest()[:16]}"


def _check_days(found: Iterable[Rule]) -> None:
    """One scheme has one rule on a day."""
    latest: dict[str, Rule] = {}
    for rule in sorted(found, key=lambda rule: (rule.scheme, rule.valid_from)):
        before = latest.get(rule.scheme)
        if before is not None and (before.valid_to is None or before.valid_to >= rule.valid_from):
            raise WrongRules(f"{before.version} and {rule.version} both hold on {rule.valid_from}")
        latest[rule.scheme] = rule


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        row["scheme"],
        row["version"],
        row["valid_from"],
        row.get("valid_to"),
        row["decides"],
        row["source"],
        row["verified"],
        row.get("doubt", ""),
        row["otherwise"],
        row.get("unknown", "facts-missing"),
        tuple(map(_ground, row["grounds"])),
        tuple(map(_ground, row.get("exclusions", ()))),
    )


def _ground(row: Mapping[str, Any]) -> Ground:
    tests = tuple(
        Condition(test["fact"], tuple(test.get("one_of", ())), test.get("aged_at_least")) for test in row["all"]
    )
    return Ground(row["reason"], tests)
