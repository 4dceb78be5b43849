"""A service made for the core's own tests: it tallies what it hears of each person and says it again.

It fails where it is told to: a need `fail` fails in the rule, `refused` is refused by the database, `too-large` by the
driver before that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from fastapi import APIRouter
from sqlalchemy import Column, Integer, MetaData, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from shared.events.envelope import Event, NewEvent
from shared.events.intake import NeedsAssessed
from shared.events.training import SkillsRecognised
from shared.handling import Handlers
from shared.kinds import Decision, Key, Kind, NewTimer, Timer, Working
from shared.service import Service


class Tally(NamedTuple):
    """What was heard of a person, in order."""

    person: str
    heard: tuple[str, ...] = ()
    number: int = 0
    refused: int = 0


tally = Table(
    "tally",
    MetaData(),
    Column("person", Uuid(as_uuid=False), primary_key=True),
    Column("heard", JSONB, nullable=False, server_default=text("'[]'")),
    Column("number", Integer, nullable=False, server_default=text("0")),
    Column("refused", Integer, nullable=False, server_default=text("0")),
)
TALLIES = Kind(Tally, tally, created=True)


def of_the_person(item: Event | Timer) -> Iterator[Key]:
    yield TALLIES(item.subject)


def says(person: str, words: tuple[str, ...], evidence: str) -> NewEvent:
    return NewEvent(person, SkillsRecognised(skills=words, via="completion", evidence=evidence))


def hear(working: Working, event: Event) -> Decision:
    needs = cast(NeedsAssessed, event.data).needs
    if "fail" in needs and not working.facts.get("mended"):
        raise RuntimeError("told to fail")
    held = working.get(TALLIES, event.subject)
    timers = [NewTimer("page", event.subject, working.now, {"left": int(needs[0][5:])}) for n in needs if "pages" in n]
    refused = held.refused + needs.count("refused") + needs.count("too-large") * 2**40
    return Decision(
        changes=(held._replace(heard=(*held.heard, event.id), number=event.sequence, refused=refused),),
        events=(says(event.subject, needs, event.id),),
        timers=timers,
    )


def turn_page(working: Working, timer: Timer) -> Decision:
    """A page of consequences: says one thing and leaves the rest to the next page."""
    left = timer.data["left"]
    again = [NewTimer("page", timer.subject, working.now, {"left": left - 1})] if left > 1 else []
    return Decision(events=(says(timer.subject, (f"page-{left}",), timer.correlationid),), timers=again)


def parrot(name: str = "parrot", **more: Any) -> Service:
    """The service; `more` are further handlers by contract. Each call makes its own registry."""
    handlers = Handlers()
    handlers.on(NeedsAssessed, keys=of_the_person)(hear)
    handlers.timer("page", keys=of_the_person)(turn_page)
    for contract in more.get("contracts", ()):
        handlers.on(contract, keys=of_the_person)(hear)
    return Service(name, Path(__file__).parent, handlers, (TALLIES,), (SkillsRecognised,), APIRouter())
