"""Kinds of aggregates: what a service's author may declare, and what a decision may hold."""

import math
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from shared.database import Connection, Unkeepable, is_of_the_data
from shared.kinds import NOTHING, Decision, Kind, Missing, NewTimer, Working


class Bag(NamedTuple):
    """A thing that is in this test only."""

    owner: str
    things: Any = ()
    label: str | None = None


def table(name: str, *more: Column[Any]) -> Table:
    return Table(
        name, MetaData(), Column("owner", Uuid(as_uuid=False), primary_key=True), Column("things", JSONB), *more
    )


BAGS = Kind(Bag, table("bag", Column("label", Text)))
PERSON = "0b9d6c1e-6f4b-4f0e-9a57-0d7c5b1f2a10"
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


class Recording:
    """A connection that answers with prepared rows and keeps what it was asked."""

    def __init__(self, *rows: list[Any]) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._rows = list(rows)

    async def fetch(self, *asked: Any) -> list[Any]:
        self.asked.append(asked)
        return self._rows.pop(0)


def connection(recording: Recording) -> Connection:
    return cast(Connection, recording)


@pytest.mark.parametrize("columns", [(), (Column("label", Text), Column("weight", BigInteger))])
def test_fields_and_columns_must_be_the_same(columns: tuple[Column[Any], ...]) -> None:
    with pytest.raises(TypeError, match="other columns"):
        Kind(Bag, table("bag", *columns))


async def test_a_row_becomes_an_aggregate_that_cannot_be_changed() -> None:
    recording = Recording([(PERSON, '[["a", "b"], "c"]', None)])
    held = await BAGS.load(connection(recording), [PERSON])
    assert held == {PERSON: Bag(PERSON, (("a", "b"), "c"))}
    assert recording.asked[0][0].endswith("order by owner for update")
    hash(held[PERSON])


async def test_of_a_kind_that_is_created_a_row_that_another_made_meanwhile_is_asked_for_again() -> None:
    other = PERSON.replace("0b", "0c")
    created = Kind(Bag, table("bag", Column("label", Text)), created=True)
    recording = Recording([(other, "[]", None)], [(PERSON, "[]", "made by another")])
    held = await created.load(connection(recording), [PERSON, other])
    assert held == {PERSON: Bag(PERSON, (), "made by another"), other: Bag(other)}
    assert [asked[1] for asked in recording.asked] == [[PERSON, other], [PERSON]]


async def test_what_was_written_is_loaded_as_the_same() -> None:
    bag = Bag(PERSON, (("a",), "ខ្មែរ"), "label")
    _, (owners, things, labels) = BAGS.written([bag])
    loaded = await BAGS.load(connection(Recording([(owners[0], things[0], labels[0])])), [PERSON])
    assert loaded[PERSON] == bag


@pytest.mark.parametrize("thing", [2**70, "\ud800", object()])
def test_a_document_that_json_cannot_hold_is_a_fault_of_the_data(thing: Any) -> None:
    """Else its batch would be tried again for ever, with all the others in it."""
    with pytest.raises(Unkeepable) as caught:
        BAGS.written([Bag(PERSON), Bag(PERSON, (thing,))])
    assert is_of_the_data(caught.value)
    assert str(thing) not in str(caught.value).encode("utf-8", "replace").decode()


def test_the_working_set_finds_what_it_holds_and_says_what_is_missing() -> None:
    working = Working(NOW)
    assert working.find(BAGS, PERSON) is None
    with pytest.raises(Missing, match="no bag"):
        working.get(BAGS, PERSON)
    working._held[BAGS] = {PERSON: Bag(PERSON)}
    assert working.get(BAGS, PERSON) == Bag(PERSON)
    assert list(working.every(BAGS)) == [Bag(PERSON)]
    assert working.today.isoformat() == "2026-11-25", "the day in Cambodia, seven hours ahead"


def test_of_two_decisions_the_first_comes_first() -> None:
    first = Decision([Bag(PERSON)], timers=[NewTimer("a", PERSON, NOW)], cancelled=[("a", PERSON)])
    second = Decision([Bag(PERSON, ("x",))])
    both = first.and_then(second)
    assert both.changes == (Bag(PERSON), Bag(PERSON, ("x",)))
    assert NOTHING.and_then(both) == both == both.and_then(NOTHING)


def test_kinds_of_the_same_shape_are_different_kinds() -> None:
    twin = Kind(Bag, table("bag", Column("label", Text)))
    assert BAGS(PERSON) == (BAGS, PERSON)
    assert twin != BAGS
    assert math.isclose(len({BAGS, twin}), 2)
