"""A system that recovers too slowly, or keeps too much memory, makes a run unclean and is told in words."""

import os

import pytest

from deploy.chaos.bounds import complaints, grown, recovered, resident
from deploy.chaos.judge import Verdict
from deploy.chaos.run import Result
from deploy.chaos.table import rows
from deploy.embedded import ChildProcess


@pytest.mark.parametrize(
    ("drain", "after", "said"),
    [
        (50.0, 264.0, []),
        (50.1, 100.0, ["took 50.1 s to drain, more than twice the outage and 30 s (50 s)"]),
        (1.0, 264.1, ["intake has 264.1 MiB after 100.0 MiB before"]),
        (
            51.0,
            300.0,
            [
                "took 51.0 s to drain, more than twice the outage and 30 s (50 s)",
                "intake has 300.0 MiB after 100.0 MiB before",
            ],
        ),
    ],
)
def test_recovery_is_held_against_its_bounds(drain: float, after: float, said: list[str]) -> None:
    told = {**Verdict(10, {}).as_json(), "outage_s": 10.0, "load_s": 20.0}
    told |= recovered(drain, 10.0, {"intake": 100.0}, {"intake": after, "training": 900.0})
    assert told["memory_mib"] == {"before": {"intake": 100.0}, "after": {"intake": after, "training": 900.0}}
    assert complaints(told) == said
    assert Result(1, 1, faults={"F4": told}, whole=Verdict(10, {})).clean == (not said)
    (row,) = rows({"F4": told})
    assert row[-1] == ": ".join([str(drain), *(["; ".join(said)] if said else [])])


def test_who_was_not_there_before_has_no_base_to_be_back_to() -> None:
    assert grown({"intake": 80.0}, {"intake": 225.0, "training": 1_000.0}) == {"intake": 225.0}


def test_memory_is_that_of_the_process_itself() -> None:
    class Ours(ChildProcess):
        pid = os.getpid()

    class Gone(ChildProcess):
        pid = None

    found = resident({"ours": Ours.__new__(Ours), "gone": Gone.__new__(Gone)})
    assert list(found) == ["ours"]
    assert found["ours"] > 10
