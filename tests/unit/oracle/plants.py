"""One broken thing each: what is done to a world in order, and the one name that the oracle must give it."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tests.unit.oracle.world import CONSUMES, PARTITIONS, Entry, Parked, Seen, World, Written, chosen, identity

T = TypeVar("T")
Plant = Callable[[World, random.Random], bytes]
"""Breaks a world; returns the id (or the subject, where a subject is broken) that an example must name."""

PLANTS: list[tuple[str, Plant]] = []


def plant(name: str) -> Callable[[Plant], Plant]:
    """What the oracle must call it."""

    def register(breaks: Plant) -> Plant:
        PLANTS.append((name, breaks))
        return breaks

    return register


def exchange(things: list[T], old: T, new: T) -> None:
    things[things.index(old)] = new


def applied(world: World) -> list[Seen]:
    """Inbox rows of events that were not parked."""
    parked = {(parked.service, parked.id) for parked in world.parked}
    return [seen for seen in world.seen if (seen.service, seen.id) not in parked]


def newcomer(world: World, chance: random.Random, model: Entry) -> Entry:
    """One more event of the same owner, type and subject."""
    sequence = world.last(model.service, model.subject).sequence + 1
    data = chance.randbytes(8)
    return replace(model, id=identity(chance), sequence=sequence, data=data, effect=None, message=None)


@plant("lost-write")
def never_sent(world: World, chance: random.Random) -> bytes:
    lost = chosen(world.ledger, chance)
    world.records = [record for record in world.records if record.id != lost.id]
    world.seen = [seen for seen in world.seen if seen.id != lost.id]
    world.parked = [parked for parked in world.parked if parked.id != lost.id]
    return lost.id


@plant("lost-write")
def lost_after_it_was_seen(world: World, chance: random.Random) -> bytes:
    seen = {each.id for each in world.seen}
    lost = chosen([entry for entry in world.ledger if entry.id in seen] or world.ledger, chance)
    world.records = [record for record in world.records if record.id != lost.id]
    return lost.id


@plant("lost-effect")
def passed_over(world: World, chance: random.Random) -> bytes:
    event = world.record(newcomer(world, chance, _handled(world, chance)))
    lost = chance.choice([seen for seen in world.seen if seen.id == event.id])
    world.seen.remove(lost)
    return event.id


@plant("duplicate-event")
def twice_in_a_ledger(world: World, chance: random.Random) -> bytes:
    entry = chosen(world.ledger, chance)
    end = max(each.position for each in world.ledger)
    world.ledger.append(
        replace(entry, position=end + 1, sequence=world.last(entry.service, entry.subject).sequence + 1)
    )
    return entry.id


@plant("duplicate-event")
def in_two_ledgers(world: World, chance: random.Random) -> bytes:
    entry = chosen(world.ledger, chance)
    other = chance.choice([service for service in CONSUMES if service != entry.service])
    end = max(each.position for each in world.ledger)
    world.ledger.append(
        replace(entry, service=other, position=end + 1, sequence=world.last(other, entry.subject).sequence + 1)
    )
    return entry.id


@plant("duplicate-effect")
def decided_twice(world: World, chance: random.Random) -> bytes:
    once = chosen([entry for entry in world.ledger if entry.message is None], chance)
    effect = once.effect or chance.randbytes(16)
    exchange(world.ledger, once, replace(once, effect=effect))
    again = world.record(replace(newcomer(world, chance, once), effect=effect))
    return min(once.id, again.id)


@plant("duplicate-message")
def told_twice(world: World, chance: random.Random) -> bytes:
    once = world.record(replace(newcomer(world, chance, chosen(world.ledger, chance)), message=chance.randbytes(16)))
    again = world.record(replace(newcomer(world, chance, once), message=once.message))
    return min(once.id, again.id)


@plant("duplicate-seen")
def twice_in_an_inbox(world: World, chance: random.Random) -> bytes:
    seen = _seen(world, chance)
    world.seen.append(replace(seen))
    return seen.id


@plant("out-of-order-ledger")
def positions_against_sequences(world: World, chance: random.Random) -> bytes:
    one, two = chance.choice(world.pairs())
    exchange(world.ledger, one, replace(one, position=two.position))
    exchange(world.ledger, two, replace(two, position=one.position))
    return two.id


@plant("out-of-order-ledger")
def a_number_left_out(world: World, chance: random.Random) -> bytes:
    after = newcomer(world, chance, chosen(world.ledger, chance))
    return world.record(replace(after, sequence=after.sequence + 1)).id


@plant("out-of-order-ledger")
def begun_at_two(world: World, chance: random.Random) -> bytes:
    model = chosen(world.ledger, chance)
    return world.record(
        replace(model, id=identity(chance), subject=identity(chance), sequence=2, effect=None, message=None)
    ).id


@plant("out-of-order-topic")
def overtaken(world: World, chance: random.Random) -> bytes:
    one, two = chance.choice(world.pairs())
    world.records = [record for record in world.records if record not in world.of(one)[1:] + world.of(two)[1:]]
    (first,), (second,) = world.of(one), world.of(two)
    exchange(world.records, first, replace(first, offset=second.offset))
    exchange(world.records, second, replace(second, offset=first.offset))
    return one.id


@plant("split-subject")
def another_partition(world: World, chance: random.Random) -> bytes:
    record = chance.choice(world.records)
    _move(world, record)
    assert record.subject is not None
    return record.subject


@plant("out-of-order-inbox")
def applied_the_wrong_way_round(world: World, chance: random.Random) -> bytes:
    model = _handled(world, chance)
    one = world.record(newcomer(world, chance, model))
    two = world.record(newcomer(world, chance, model))
    service = chance.choice([service for service, kinds in CONSUMES.items() if model.type in kinds])
    (first,) = [seen for seen in world.seen if (seen.service, seen.id) == (service, one.id)]
    (second,) = [seen for seen in world.seen if (seen.service, seen.id) == (service, two.id)]
    exchange(world.seen, first, replace(first, batch=second.batch))
    exchange(world.seen, second, replace(second, batch=first.batch))
    return one.id


@plant("out-of-order-inbox")
def wrong_way_round_within_a_batch(world: World, chance: random.Random) -> bytes:
    late = applied_the_wrong_way_round(world, chance)
    world.seen = [replace(seen, batch=1, place=seen.batch * 1000 + seen.place) for seen in world.seen]
    return late


@plant("overtaken-parked")
def applied_over_a_parked_one(world: World, chance: random.Random) -> bytes:
    model = _handled(world, chance)
    stuck = world.record(newcomer(world, chance, model))
    world.record(newcomer(world, chance, next(e for e in world.ledger if e.service == model.service)))
    after = world.record(newcomer(world, chance, model))
    service = chance.choice([service for service, kinds in CONSUMES.items() if model.type in kinds])
    (record,) = world.of(stuck)
    world.parked.append(Parked(service, stuck.id, record.topic, record.partition, record.offset))
    if chance.random() < 0.5:  # it waited too, but was replayed alone
        (record,) = world.of(after)
        world.parked.append(Parked(service, after.id, record.topic, record.partition, record.offset, "replayed"))
    return after.id


@plant("ghost-event")
def out_of_thin_air(world: World, chance: random.Random) -> bytes:
    record = chance.choice(world.records)
    ghost = replace(record, id=identity(chance), offset=world.end(record.topic, record.partition))
    world.records.append(ghost)
    if chance.random() < 0.5:  # whoever handles its type took it in good faith
        world.seen.append(Seen("training", ghost.id, 999, 0))
    return ghost.id


@plant("ghost-event")
def gone_from_its_ledger(world: World, chance: random.Random) -> bytes:
    event = world.record(newcomer(world, chance, chosen(world.ledger, chance)))
    world.ledger.remove(event)
    return event.id


@plant("altered-event")
def other_data(world: World, chance: random.Random) -> bytes:
    return _alter(world, chance, data=b"other")


@plant("altered-event")
def other_attributes(world: World, chance: random.Random) -> bytes:
    return _alter(world, chance, attributes=b"other")


@plant("altered-event")
def other_sequence(world: World, chance: random.Random) -> bytes:
    return _alter(world, chance, sequence=chance.choice([None, 1_000]))


@plant("altered-event")
def other_subject(world: World, chance: random.Random) -> bytes:
    return _alter(world, chance, subject=chance.choice([None, identity(chance)]))


@plant("altered-event")
def other_type(world: World, chance: random.Random) -> bytes:
    return _alter(world, chance, type="reintegration.intake.case-closed.v1")


@plant("ghost-effect")
def seen_from_nowhere(world: World, chance: random.Random) -> bytes:
    ghost = Seen(chance.choice(sorted(CONSUMES)), identity(chance), 999, 0)
    world.seen.append(ghost)
    return ghost.id


def _handled(world: World, chance: random.Random) -> Entry:
    """An event that somebody consumes, of a subject nobody has parked events of."""
    kinds = set().union(*CONSUMES.values())
    parked = {parked.id for parked in world.parked}
    stuck = {entry.subject for entry in world.ledger if entry.id in parked}
    free = [entry for entry in world.ledger if entry.type in kinds and entry.subject not in stuck]
    if free:
        return chosen(free, chance)
    model = replace(world.ledger[0], subject=identity(chance), service="intake", effect=None, message=None)
    return world.record(replace(model, id=identity(chance), type="reintegration.intake.case-registered.v1", sequence=1))


def _seen(world: World, chance: random.Random) -> Seen:
    if not applied(world):
        world.record(newcomer(world, chance, _handled(world, chance)))
    return chance.choice(applied(world))


def _alter(world: World, chance: random.Random, **changed: object) -> bytes:
    record = chance.choice(world.records)
    exchange(world.records, record, replace(record, **changed))  # type: ignore[arg-type]
    return record.id


def _move(world: World, record: Written) -> None:
    """A later copy of the record goes to the next partition: the topic got more of them, say."""
    partition = (record.partition + 1) % PARTITIONS
    world.records.append(replace(record, partition=partition, offset=world.end(record.topic, partition)))
