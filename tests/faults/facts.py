"""What a service made of what it heard, so that two runs can be compared: without what chance or the clock gave.

Some of what services do is decided in time, once: who got the last seat, what was proposed while less was known, where
a message went before the telephone changed. Of those the comparison leaves out what another order may rightly change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import orjson

from shared.events.envelope import Contract
from shared.events.intake import CaseClosed, CaseRegistered, ConsentWithdrawn, ContactChanged, ReferralWithdrawn
from shared.events.protection import EligibilityEvaluated
from shared.events.training import SkillsRecognised
from shared.service import Running
from tests.faults.seeding import SEATS
from tests.faults.stories import CROWDED, Story, type_of

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""By table, its rows."""
Facts = dict[str, Iterable[Any]]
"""By what it is, rows without an order."""

OF_THE_CLOCK: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "employment": {"match": ("proposed_at",), "vacancy": ("opened_at",)},
    "notifications": {"message": ("settled_at",)},
    "intake": {  # the day too: a run may pass midnight
        "ended_consent": ("confirmed",),
        "evaluation": ("evaluated_at", "evaluation"),
        "referral": ("changed_on", "requested_on", "requested_at", "escalated_at"),
        "cases": ("registered_on",),
    },
}

LEDGER: Final = """
select id::text, type, subject::text, sequence, caseid::text, causationid::text, data::text
from ledger order by position
"""


async def facts(running: Running, told: Sequence[Story]) -> dict[str, Counter[str]]:
    """Everything of the service's own that must come out the same."""
    comparable = COMPARABLE[running.service.name](await aggregates(running), await recorded(running), told)
    return {
        what: Counter(orjson.dumps(each, option=orjson.OPT_SORT_KEYS).decode() for each in rows)
        for what, rows in comparable.items()
    }


async def aggregates(running: Running) -> Rows:
    """Every table of the service's own."""
    name = running.service.name
    clock = OF_THE_CLOCK.get(name, {})
    return {
        table: [
            without(orjson.loads(row[0]), *clock.get(table, ()))
            for row in await running.database.fetch(f"select to_jsonb(t)::text from {table} t")
        ]
        for table in import_module(f"services.{name}.storage").METADATA.tables
    }


async def recorded(running: Running) -> list[Row]:
    """Every event of the ledger, in its order."""
    return [{**row, "data": orjson.loads(row["data"])} for row in await running.database.fetch(LEDGER)]


def without(row: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def intake_facts(rows: Rows, ledger: list[Row], _: Sequence[Story]) -> Facts:
    """All of it. The code of a referral that a placement led to is drawn by chance.

    Of social protection's rules only the one that a placement asks, and its last word: the others are asked by timers,
    about what is known at that moment.
    """

    def plain(row: Row) -> Row:
        return without(row, "code") if row.get("kind") == "social-protection" else row

    # What its own commands recorded follows from their first fact, whose id is another in each run.
    own = {each["id"]: each["type"] for each in ledger}
    events = [
        without(each, "id", "sequence")
        | {"data": plain(each["data"]), "causationid": own.get(each["causationid"], each["causationid"])}
        for each in ledger
        if each["type"] != EligibilityEvaluated.type
    ]
    said = sorted(rows["evaluation"], key=lambda row: row["position"])
    last = {row["caseid"]: without(row, "position") for row in said if row["scheme"] == "nssf"}
    assert last
    return {**rows, "referral": map(plain, rows["referral"]), "evaluation": last.values(), "ledger": events}


def training_facts(rows: Rows, ledger: list[Row], _: Sequence[Story]) -> Facts:
    """All of it, but for who got the few seats of the crowded course."""
    crowd = Counter(row["state"] for row in rows["referral"] if row["course"] == CROWDED)
    assert (crowd["seated"], crowd["refused"] > 0) == (SEATS, True)
    return {
        "course": rows["course"],
        "crowd": crowd.items(),
        "referral": [row for row in rows["referral"] if row["course"] != CROWDED],
        "ledger": [without(each, "id") for each in ledger if each["data"].get("course") != CROWDED],
    }


def employment_facts(rows: Rows, ledger: list[Row], told: Sequence[Story]) -> Facts:
    """Every profile; and the matches of those of whom there was but one moment at which they could be proposed."""
    wishing = {row["person"] for row in rows["seeker"] if row["assessed"]}
    at_once = {
        story.person
        for story in told
        if story.person not in wishing
        and number_of(story, CaseRegistered, SkillsRecognised) == 2
        and not number_of(story, CaseClosed, ConsentWithdrawn, ReferralWithdrawn)
    }
    matches = [row for row in rows["match"] if row["person"] in at_once]
    assert len(matches) > len(at_once) > len(told) // 4
    return {
        "seeker": rows["seeker"],
        "vacancy": rows["vacancy"],
        "match": matches,
        "ledger": [without(each, "id", "causationid", "sequence") for each in ledger if each["subject"] in at_once],
    }


def notifications_facts(rows: Rows, ledger: list[Row], told: Sequence[Story]) -> Facts:
    """Everybody's contact and consent, and which facts became messages; what became of these only for those who could
    be reached in one way and were of one mind."""
    steady = {
        story.person
        for story in told
        if number_of(story, ContactChanged) == 1 and not number_of(story, ConsentWithdrawn, CaseClosed)
    }
    assert len(steady) > len(told) // 3
    assert {row["state"] for row in rows["message"]} == {"delivered", "failed", "withheld"}
    return {
        "recipient": [without(row, "waiting") for row in rows["recipient"]],
        "waiting": [(row["person"], intent) for row in rows["recipient"] for intent in row["waiting"]],
        "message": [row for row in rows["message"] if row["person"] in steady],
        "told": [(row["person"], row["about"], row["template"]) for row in rows["message"]],
        "ledger": [without(each, "id", "sequence") for each in ledger if each["subject"] in steady],
    }


def number_of(story: Story, *contracts: type[Contract]) -> int:
    """How many facts of these contracts her story holds."""
    return sum(type_of(each) in {contract.type for contract in contracts} for each in story.records)


COMPARABLE: Final[Mapping[str, Callable[[Rows, list[Row], Sequence[Story]], Facts]]] = {
    "intake": intake_facts,
    "training": training_facts,
    "employment": employment_facts,
    "notifications": notifications_facts,
}
