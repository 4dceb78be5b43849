"""What the oracle is told from outside: the map of events, and how far groups say to be."""

from typing import Any

import pytest

from deploy.oracle import verify
from deploy.oracle.flows import Flows
from deploy.oracle.store import Store
from deploy.oracle.verifying import add_expectations

DOCUMENT: dict[str, Any] = {
    "topics": {"intake": {"owner": "intake", "subject": "person"}},
    "services": {"intake": {"consumes": [], "emits": ["a"]}, "training": {"consumes": ["a"], "emits": []}},
}


def test_the_map_is_read() -> None:
    assert Flows.of(DOCUMENT) == Flows(("intake",), {"intake": frozenset(), "training": frozenset({"a"})})


@pytest.mark.parametrize(
    ("document", "lacking"),
    [
        ({}, "topics"),
        ({"topics": ["intake"], "services": {}}, "topics"),
        ({"topics": {"intake": {}}}, "services"),
        ({"topics": {"intake": {}}, "services": {"intake": {}}}, "consumes"),
        ({"topics": {"intake": {}}, "services": {"intake": {"consumes": "a"}}}, "consumes"),
        ({"topics": {"intake": {}}, "services": {"intake": {"consumes": [1]}}}, "consumes"),
        ({"topics": {"intake": {}}, "services": {"intake": ["a"]}}, "consumes"),
    ],
)
def test_half_a_map_is_refused(document: dict[str, Any], lacking: str) -> None:
    with pytest.raises(ValueError, match=f'"{lacking}"'):
        Flows.of(document)


async def test_a_service_whose_database_is_not_given_is_named() -> None:
    with pytest.raises(ValueError, match="training"):
        await verify({"intake": "postgresql://nobody@127.0.0.1:1/none"}, "127.0.0.1:1", DOCUMENT)


@pytest.mark.parametrize(("committed", "believed"), [(7, 1), (10, 1), (11, 0)])
def test_a_commit_beyond_the_end_of_a_topic_made_anew_is_not_believed(committed: int, believed: int) -> None:
    store = Store()
    place = ("intake", 0)
    add_expectations(store, Flows.of(DOCUMENT), {"training": {place: committed}}, {place: (0, 10)})
    assert store.count("select count(*) from committed") == believed
    store.close()
