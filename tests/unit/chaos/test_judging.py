"""The judge, the journal and the dice by themselves: each anomaly is counted under its name, and nothing else is."""

import json
import random
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.chaos.faults import PLANNED, Fault
from deploy.chaos.journal import Forgery, Journal, Promise
from deploy.chaos.judge import Mark, Verdict, combined, compared, set_aside
from deploy.chaos.run import Result, chosen, rounds
from deploy.chaos.table import rows
from deploy.cli import app as cli
from deploy.oracle import Anomaly, Report, Unseen

PROMISES = [Promise("registration", "a", "p"), Promise("registration", "b", "q")]


def report(*anomalies: Anomaly, left: int = 0, waiting: int = 0) -> Report:
    parked = {"training": {"waiting": waiting}} if waiting else {}
    return Report(
        {each.name: each for each in anomalies},
        Unseen({}, {"intake": left} if left else {}),
        {},
        {},
        {},
        parked,
        0,
        {},
        (),
    )


@pytest.mark.parametrize(
    ("rows_found", "facts", "unclear", "counted"),
    [
        ({"a": 1, "b": 1}, {"a": 1, "b": 1}, 0, {}),
        ({"b": 1}, {"a": 1, "b": 1}, 0, {"lost": {"lost-write of a registration": 1}}),
        ({"a": 1, "b": 1}, {"b": 1}, 0, {"lost": {"untold registration": 1}}),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, 0, {"doubled": {"registration told twice": 1}}),
        ({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}, 0, {"ghosts": {"registration that nobody asked for": 1}}),
        ({"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}, 0, {"ghosts": {"registration that nobody asked for": 1}}),
        ({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}, 1, {}),
        ({}, {}, 0, {"lost": {"lost-write of a registration": 2}}),
    ],
)
def test_promises_are_held_against_rows_and_facts(
    rows_found: dict[str, int], facts: dict[str, int], unclear: int, counted: dict[str, dict[str, int]]
) -> None:
    found = compared(PROMISES, {"registration": (rows_found, facts)}, {"registration": unclear})
    assert {kind: dict(names) for kind, names in found.items() if names} == counted


def test_what_the_oracle_finds_counts_under_its_kind() -> None:
    verdict = combined(report(Anomaly("ghost-event", "ghosts", "", 12, [{"id": "real"}])), {}, 9)
    assert verdict.as_json() == {"acked": 9, "lost": 0, "doubled": 0, "disordered": 0, "ghosts": 12}
    assert verdict.examples == ["ghost-event: {'id': 'real'}"]
    assert not verdict.clean


def test_what_is_still_under_way_or_parked_after_the_drain_is_unseen() -> None:
    assert combined(report(left=2), {}, 1).anomalies == {"lost": {"unseen": 2}}
    assert combined(report(waiting=3), {}, 1).anomalies == {"lost": {"unseen": 3}}


@pytest.mark.parametrize(
    ("intake", "training", "counted"),
    [
        (1, 0, {}),
        (0, 0, {"lost": {"forged and not told by intake: no key": 1}}),
        (2, 0, {"doubled": {"forged and set aside more than once by intake: no key": 1}}),
        (1, 1, {"ghosts": {"forged and set aside by training without need: no key": 1}}),
    ],
)
def test_what_is_forged_is_set_aside_once_by_each_that_must_and_nobody_else(
    intake: int, training: int, counted: dict[str, dict[str, int]]
) -> None:
    forgery = Forgery("no key", None, b"{}", None, frozenset({"intake"}))
    content = (None, sha256(b"{}").digest())
    kept: dict[str, dict[Mark, int]] = {
        "intake": {content: intake} if intake else {},
        "training": {content: training} if training else {},
    }
    assert {kind: dict(names) for kind, names in set_aside([forgery], kept).items() if names} == counted


def test_what_is_kept_with_its_whole_batch_is_known_by_its_place() -> None:
    forgery = Forgery("a header", b"key", b"{}", None, frozenset({"intake"}), ("intake", 3, 17))
    kept: dict[str, dict[Mark, int]] = {"intake": {("intake", 3, 17): 1}, "training": {("intake", 3, 18): 1}}
    assert not any(set_aside([forgery], kept).values())
    assert set_aside([forgery], {"intake": {(b"key", sha256(b"{}").digest()): 1}})["lost"].total() == 1


def test_a_later_verdict_counts_only_what_is_new() -> None:
    before = Verdict(10, {"lost": {"lost-write": 1}})
    after = Verdict(25, {"lost": {"lost-write": 3, "unseen": 1}, "ghosts": {"ghost-event": 1}})
    new = after.since(before)
    assert new.as_json() == {"acked": 15, "lost": 3, "doubled": 0, "disordered": 0, "ghosts": 1}
    assert new.named() == ["lost: lost-write, 2 times", "lost: unseen, 1 times", "ghosts: ghost-event, 1 times"]
    assert after.since(after).clean
    assert after.since(None) is after


def test_the_journal_keeps_each_promise_in_its_file_too(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for promise in PROMISES:
        journal.acknowledged(promise)
    journal.unclear("vacancy")
    assert journal.promises() == PROMISES
    assert (len(journal), journal.unclear_of("vacancy"), journal.unclear_of("completion")) == (2, 1, 0)
    journal.close()
    lines = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert [Promise(**line) for line in lines] == PROMISES


def faults() -> list[Fault]:
    hits = {"F1": "services", "F2": "kafka", "F3": "postgres", "F4": "services"}
    return [Fault(name, "", lambda rig, dice: None, frozenset({part})) for name, part in hits.items()]


def test_a_seed_strikes_the_same_way_again_and_never_one_part_twice_at_once() -> None:
    orders = set()
    for seed in range(20):
        turns = rounds(faults(), random.Random(seed), at_random=True)
        again = rounds(faults(), random.Random(seed), at_random=True)
        assert [[one.name for one in turn] for turn in turns] == [[one.name for one in turn] for turn in again]
        assert Counter(each.name for turn in turns for each in turn) == Counter(["F1", "F2", "F3", "F4"])
        assert all(len({part for each in turn for part in each.hits}) == len(turn) for turn in turns)
        orders.add(tuple("+".join(each.name for each in turn) for turn in turns))
    assert len(orders) > 5


def test_without_chance_each_strikes_alone_in_its_order() -> None:
    turns = rounds(faults(), random.Random(1), at_random=False)
    assert [[each.name for each in turn] for turn in turns] == [["F1"], ["F2"], ["F3"], ["F4"]]


def test_a_fault_that_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no fault F99.*F1, F2"):
        chosen(["F1", "F99"])


def test_a_fault_that_is_not_built_yet_is_told_as_not_run_without_a_count(tmp_path: Path) -> None:
    table = tmp_path / "faults.md"
    done = CliRunner().invoke(cli, ["chaos", "--faults", "F15,F16", "--json", "--table", str(table)])
    assert done.exit_code == 1
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["faults"] == {"F15": {"not_run": "not built yet"}, "F16": {"not_run": "not built yet"}}
    assert not {"acked", "lost", "doubled", "disordered", "ghosts"} & told.keys()
    page = table.read_text(encoding="utf-8")
    assert "reintegration chaos --faults F15,F16 " in page
    assert page.count("not run, not built yet |  |") == 2


def test_built_and_planned_faults_are_told_apart_and_make_up_the_matrix() -> None:
    built, missing = chosen(["F15", "F1"])
    assert ([each.name for each in built], missing) == (["F1"], ["F15"])
    everything, nothing = chosen([])
    assert nothing == []
    assert {each.name for each in everything} | PLANNED.keys() == {f"F{number}" for number in range(1, 18)}


def test_a_run_in_which_a_fault_was_not_run_is_not_clean() -> None:
    counts = Verdict(10, {}).as_json()
    assert Result(1, 1, faults={"F1": counts}, whole=Verdict(10, {})).clean
    assert not Result(1, 1, faults={"F1": counts, "F6": {"not_run": "why"}}, whole=Verdict(10, {})).clean
    assert not Result(1, 1, faults={"F1": counts}, whole=Verdict(10, {"lost": {"unseen": 1}})).clean


def test_a_fault_that_was_not_run_shows_why_and_no_number() -> None:
    (row,) = rows({"F2": {"not_run": "there is no Kafka"}})
    assert "there is no Kafka" in row[1]
    assert not any(cell.isdigit() for cell in row)
