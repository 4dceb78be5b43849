"""The rule by which a soak is flat, and steady, and clean."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from deploy.chaos.judge import Verdict
from deploy.chaos.soak import Soak, quarters
from deploy.chaos.usage import Usage
from deploy.cli import app as cli


def sample(memory: float = 100.0, files: float = 40, connections: float = 9) -> Usage:
    return Usage({"intake": memory}, {"intake": files}, {"reintegration_intake": connections})


def soaked(*samples: Usage, events: int = 2_000) -> Soak:
    return Soak(1, 200, events=events, held_s=10, samples=list(samples), verdict=Verdict(500, {}))


def test_medians_of_the_first_and_last_quarter_are_compared() -> None:
    series = [{"a": value} for value in (100.0, 900.0, 101.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 117.0, 126.2, 126.1)]
    assert quarters(series, 15) == {"a": {"first": 101.0, "last": 126.1, "flat": True}}
    assert not quarters([*series[:-1], {"a": 126.2}], 15)["a"]["flat"]


def test_a_process_that_was_away_at_a_look_counts_in_the_others() -> None:
    assert quarters([{"a": 1.0}, {}, {}, {"a": 1.0, "b": 9.0}], 5) == {
        "a": {"first": 1.0, "last": 1.0, "flat": True},
        "b": {"first": 0.0, "last": 9.0, "flat": False},
    }


def test_a_broker_may_fill_the_heap_that_it_was_given() -> None:
    series = [{"kafka-1": 280.0, "intake": 280.0}, {"kafka-1": 640.0, "intake": 640.0}]
    assert {name: each["flat"] for name, each in quarters(series, 16, 640).items()} == {
        "kafka-1": True,
        "intake": False,
    }
    assert not quarters([series[0], {"kafka-1": 640.1}], 16, 640)["kafka-1"]["flat"]


@pytest.mark.parametrize(
    ("last", "flat"),
    [
        (sample(), True),
        (sample(memory=126.0), True),
        (sample(memory=126.1), False),
        (sample(files=49.0), True),
        (sample(files=49.1), False),
        (sample(connections=14.9), True),
        (sample(connections=15), False),
    ],
)
def test_what_grows_beyond_its_bound_is_not_flat(last: Usage, flat: bool) -> None:
    result = soaked(*[sample()] * 9, *[last] * 3)
    assert (result.flat, result.clean) == (flat, flat)


def test_a_soak_is_clean_only_at_its_rate_and_with_all_counts_at_none() -> None:
    good = soaked(*[sample()] * 4)
    assert good.clean
    assert not replace(good, events=1_899).clean
    assert not replace(good, drain_s=30.1).clean
    assert not replace(good, verdict=Verdict(500, {"lost": {"unseen": 1}})).clean
    assert not soaked().flat
    told = good.as_json()
    assert (told["flat"], told["steady"], told["events_per_s"], told["acked"], told["lost"]) == (
        True,
        True,
        200,
        500,
        0,
    )
    assert "| memory_mib | intake | 100 | 100 | yes |" in good.as_text("reintegration chaos --soak")


def test_a_soak_has_no_faults() -> None:
    done = CliRunner().invoke(cli, ["chaos", "--soak", "--faults", "F1"])
    assert done.exit_code != 0
