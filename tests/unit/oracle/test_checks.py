"""The checks over rows in memory: what is in order is clean, and each broken thing gets its own name and no other."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.oracle.checks import CHECKS
from tests.unit.oracle.plants import PLANTS, Plant, exchange, newcomer
from tests.unit.oracle.world import CONSUMES, Parked, Seen, World, Written, identity, make, text

SEEDS = st.integers(min_value=0, max_value=2**32)
CASES = [pytest.param(name, plant, id=f"{name}-{plant.__name__}") for name, plant in PLANTS]


@given(SEEDS)
def test_a_system_in_order_is_clean_and_drained(seed: int) -> None:
    world = make(random.Random(seed))
    report = world.report()
    assert report.anomalies == {}
    assert report.clean
    assert report.drained
    assert sum(report.events.values()) == len(world.ledger)
    assert sum(report.records.values()) == len(world.records) == len(world.ledger) + report.repeated
    assert sum(report.seen.values()) == len(world.seen)
    assert report.waiting == sum(parked.state == "waiting" for parked in world.parked)


@pytest.mark.parametrize(("name", "plant"), CASES)
@settings(max_examples=30)
@given(seed=SEEDS)
def test_a_broken_thing_gets_its_name_and_no_other(name: str, plant: Plant, seed: int) -> None:
    chance = random.Random(seed)
    world = make(chance)
    planted = text(plant(world, chance))
    report = world.report()
    assert set(report.anomalies) == {name}
    assert not report.clean
    assert report.drained
    found = report.anomalies[name]
    assert found.count >= 1
    assert planted in {example.get("id") for example in found.examples} | {
        example.get("subject") for example in found.examples
    }
    assert report.count(found.kind) == found.count


def test_every_check_has_a_plant() -> None:
    assert {check.name for check in CHECKS} == {name for name, _ in PLANTS}


def a_world(seed: int = 1) -> tuple[World, random.Random]:
    chance = random.Random(seed)
    return make(chance), chance


def test_what_waits_to_be_sent_is_not_lost() -> None:
    world, chance = a_world()
    event = world.record(newcomer(world, chance, world.ledger[0]), sent=False)
    report = world.report()
    assert report.clean
    assert not report.drained
    assert report.unseen.to_send == {event.service: 1}


def test_what_a_group_has_not_gone_beyond_is_not_lost() -> None:
    world, chance = a_world()
    model = next(e for e in world.ledger if e.type == "reintegration.intake.case-registered.v1")
    event = world.record(newcomer(world, chance, model))
    world.seen = [seen for seen in world.seen if seen.id != event.id]
    (record,) = world.of(event)
    world.committed["training", record.topic, record.partition] = record.offset
    del world.committed["notifications", record.topic, record.partition]
    report = world.report()
    assert report.clean
    assert report.unseen.to_consume == {"notifications": 1, "training": 1}
    assert report.unseen.total == 2


def test_a_type_that_nobody_handles_is_expected_nowhere() -> None:
    world, chance = a_world()
    model = next(e for e in world.ledger if e.type not in set().union(*CONSUMES.values()))
    world.record(newcomer(world, chance, model))
    assert world.report().clean
    assert world.report().drained


def test_a_record_parked_by_its_place_is_not_lost() -> None:
    """Its headers could not be read, so that the consumer knew no id; behind it the inbox has a gap."""
    world, chance = a_world()
    record = lacking(world, chance)
    world.parked.append(Parked("intake", None, record.topic, record.partition, record.offset, "dropped"))
    report = world.report()
    assert report.clean
    assert report.parked["intake"]["dropped"] >= 1


@pytest.mark.parametrize(("first", "last", "clean"), [(-3, 0, True), (-3, -1, False), (1, 4, False)])
def test_what_stands_in_a_batch_that_could_not_be_read_is_not_lost(first: int, last: int, clean: bool) -> None:
    world, chance = a_world()
    record = lacking(world, chance)
    begin, end = record.offset + first, record.offset + last
    world.parked.append(Parked("intake", None, record.topic, record.partition, begin, "waiting", end))
    assert world.report().clean is clean


def lacking(world: World, chance: random.Random) -> Written:
    """The record of an event that intake should have and has not, though its group went on."""
    model = next(e for e in world.ledger if e.type == "reintegration.training.seat-reserved.v1")
    event = world.record(replace(newcomer(world, chance, model), subject=identity(chance), sequence=1))
    world.seen = [seen for seen in world.seen if seen.id != event.id]
    (record,) = world.of(event)
    return record


def test_a_parked_record_is_not_lost_wherever_a_copy_of_it_was_parked() -> None:
    world, chance = a_world()
    record = lacking(world, chance)
    world.parked.append(Parked("intake", record.id, record.topic, record.partition, record.offset + 5))
    assert world.report().clean


@pytest.mark.parametrize("named", [True, False])
def test_what_another_service_parked_excuses_nobody(named: bool) -> None:
    world, chance = a_world()
    record = lacking(world, chance)
    identity = record.id if named else None
    world.parked.append(Parked("notifications", identity, record.topic, record.partition, record.offset))
    assert set(world.report().anomalies) == {"lost-effect"}


def test_what_another_consumer_has_seen_excuses_nobody() -> None:
    world, chance = a_world()
    record = lacking(world, chance)
    world.seen.append(Seen("intake", record.id, 999, 0, "a consumer beside it"))
    assert set(world.report().anomalies) == {"lost-effect"}


def test_an_event_on_the_wrong_topic_alone_is_lost_as_well() -> None:
    world, _ = a_world()
    event = world.ledger[-1]
    for record in world.of(event):
        world.records.remove(record)
    wrong = next(service for service in CONSUMES if service != event.service)
    world.records.append(replace(record, topic=wrong, offset=world.end(wrong, record.partition)))
    assert set(world.report().anomalies) == {"altered-event", "lost-write"}


@pytest.mark.parametrize(("by", "names"), [("training", set()), ("notifications", {"out-of-order-inbox"})])
def test_the_order_of_what_was_repaired_is_not_that_of_the_inbox(by: str, names: set[str]) -> None:
    """A parked event that got its inbox row late; but what one service parked does not excuse another."""
    world, chance = a_world()
    model = next(e for e in world.ledger if e.type == "reintegration.intake.case-registered.v1")
    late = world.record(replace(newcomer(world, chance, model), subject=identity(chance), sequence=1))
    world.record(newcomer(world, chance, late))
    (seen,) = [seen for seen in world.seen if (seen.service, seen.id) == ("training", late.id)]
    exchange(world.seen, seen, replace(seen, batch=1_000))
    (record,) = world.of(late)
    world.parked.append(Parked(by, late.id, record.topic, record.partition, record.offset, "replayed"))
    assert set(world.report().anomalies) == names


@pytest.mark.parametrize("knew", [True, False])
@pytest.mark.parametrize(("late", "name"), [(True, "out-of-order-inbox"), (False, "lost-effect")])
def test_a_type_that_a_later_release_handles_as_well_was_passed_over_rightly_before(
    knew: bool, late: bool, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it seen when the topic was read again, or never; but not where the release of then handled it already."""
    world, chance = a_world()
    model = next(e for e in world.ledger if e.type == "reintegration.intake.case-registered.v1")
    since = "reintegration.intake.consent-withdrawn.v1"
    monkeypatch.setitem(CONSUMES, "training", {*CONSUMES["training"], since})
    if knew:
        world.record(replace(newcomer(world, chance, model), type=since, subject=identity(chance), sequence=1))
    passed = world.record(replace(newcomer(world, chance, model), type=since, subject=identity(chance), sequence=1))
    world.record(newcomer(world, chance, replace(passed, type=model.type)))
    (seen,) = [each for each in world.seen if (each.service, each.id) == ("training", passed.id)]
    world.seen = [replace(each, old=True) for each in world.seen if each is not seen]
    if late:
        world.seen.append(replace(seen, batch=1_000, old=knew))
    assert set(world.report().anomalies) == ({name} if knew else set())


def test_an_event_dropped_behind_a_parked_one_was_not_applied() -> None:
    world, chance = a_world()
    model = next(e for e in world.ledger if e.type == "reintegration.training.seat-reserved.v1")
    stuck = world.record(replace(newcomer(world, chance, model), subject=identity(chance), sequence=1))
    for event, state in ((stuck, "waiting"), (world.record(newcomer(world, chance, stuck)), "dropped")):
        (record,) = world.of(event)
        world.parked.append(Parked("intake", event.id, record.topic, record.partition, record.offset, state))
    assert world.report().clean


def test_a_record_newer_than_the_snapshots_accuses_nobody() -> None:
    world, chance = a_world()
    event = world.record(newcomer(world, chance, world.ledger[0]))
    world.ledger.remove(event)
    (record,) = world.of(event)
    exchange(world.records, record, replace(record, newer=True))
    report = world.report()
    assert report.clean
    assert not report.drained
    assert report.unseen.newer == 1


def test_a_doubled_id_of_which_both_rows_were_sent_stays_one_anomaly() -> None:
    world, _ = a_world()
    entry = world.ledger[0]
    again = replace(entry, sequence=world.last(entry.service, entry.subject).sequence + 1, data=b"other")
    world.record(again)
    world.seen = list({(seen.service, seen.id): seen for seen in reversed(world.seen)}.values())
    assert set(world.report().anomalies) == {"duplicate-event"}


def test_a_later_event_may_repeat_its_type_and_data_for_another_cause() -> None:
    world, chance = a_world()
    model = world.ledger[0]
    world.record(replace(newcomer(world, chance, model), data=model.data, effect=chance.randbytes(16)))
    assert world.report().clean


def test_counts_go_on_beyond_the_examples() -> None:
    world, _ = a_world()
    world.records = []
    report = world.report()
    lost = report.anomalies["lost-write"]
    assert lost.count == report.count("lost") == len(world.ledger)
    assert len(lost.examples) == 10
    assert set(lost.examples[0]) == {"service", "id", "type", "subject", "sequence"}


def test_what_differs_is_named() -> None:
    world, _ = a_world()
    record = world.records[0]
    exchange(world.records, record, replace(record, sequence=77, data=b"other"))
    (example,) = world.report().anomalies["altered-event"].examples
    assert example["differs"] == "sequence data"
    assert (example["topic"], example["offset"]) == (record.topic, record.offset)


def test_a_record_on_a_topic_of_someone_else_is_altered() -> None:
    world, chance = a_world()
    event = world.record(newcomer(world, chance, next(e for e in world.ledger if e.service == "intake")))
    (record,) = world.of(event)
    world.records.append(replace(record, topic="training", offset=world.end("training", record.partition)))
    report = world.report()
    assert set(report.anomalies) == {"altered-event"}
    assert report.anomalies["altered-event"].examples[0]["differs"] == "topic"


def test_as_json_holds_the_verdict_and_a_count_of_each_kind() -> None:
    world, _ = a_world()
    clean = world.report().as_json()
    assert (clean["clean"], clean["lost"], clean["doubled"], clean["disordered"], clean["ghosts"]) == (True, 0, 0, 0, 0)
    world.records = [record for record in world.records if record.id != world.ledger[0].id]
    broken = world.report().as_json()
    assert (broken["clean"], broken["lost"]) == (False, 1)
    assert broken["anomalies"]["lost-write"]["examples"][0]["id"] == text(world.ledger[0].id)
