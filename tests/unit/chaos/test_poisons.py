"""Each kind of poison, made from golden samples of every event: who the fault says must tell of it is who sets it aside
by the services' own decoding; and none of them can pass for an event."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.chaos.poisons import POISONS, Poison, Who, forge
from deploy.oracle.topics import Record
from services.__main__ import NAMES, service_named
from shared.events.decoding import Broken, Decoder, KeptRecord, Unhandled
from shared.events.envelope import Event

GOLDEN = Path(__file__).parent.parent.parent / "contracts" / "golden"
REPEATED = "the id of a real event, with other content"
UNREAD = "a header whose name is no text"
"""As bytes it is read by no client, so nobody comes to decode it (tests/integration/core/test_unreadable.py)."""


WHO = Who(
    {name: service_named(name).topics for name in NAMES},
    {name: [contract.type for contract in service_named(name).consumes] for name in NAMES},
)
TOPICS = {contract.type: contract.topic for name in NAMES for contract in service_named(name).consumes}


def samples() -> Iterator[Record]:
    for kind, topic in TOPICS.items():
        file = GOLDEN / f"{kind}.json"
        if file.exists():  # that each type has its samples is held by another test
            each = json.loads(file.read_text(encoding="utf-8"))[0]
            headers = [(name, value.encode()) for name, value in each["headers"].items()]
            yield Record(topic, 3, 17, each["key"].encode(), json.dumps(each["value"]).encode(), headers)


def by(name: str, record: Record) -> Event | Broken | Unhandled:
    """What a service makes of a record."""
    decoder = Decoder(service_named(name).consumes)
    return decoder.decode(
        KeptRecord(record.topic, record.partition, record.offset, record.key, record.value, record.headers or ())
    )


@pytest.mark.parametrize("poison", [each for each in POISONS if each.what != UNREAD], ids=lambda each: each.what)
def test_who_must_tell_is_who_cannot_take_it(poison: Poison) -> None:
    dice, told = random.Random(poison.what), set[str]()
    for real in samples():
        forgery, record = forge(poison, real, WHO, dice)
        made = {name: by(name, record) for name in NAMES if record.topic in service_named(name).topics}
        if poison.what == REPEATED:
            assert forgery.id is None
            assert record.value != real.value
            readable = [each for each in made.values() if not isinstance(each, Unhandled)]
            assert {each.id for each in readable} == {str(dict(real.headers or ())["ce_id"], "ascii")}  # type: ignore[arg-type]
            continue
        assert {name for name, each in made.items() if isinstance(each, Broken)} == forgery.told_by
        assert not any(isinstance(each, Event) for each in made.values())
        assert {each.id for each in made.values() if isinstance(each, Broken)} <= {forgery.id, None}
        told |= forgery.told_by
    assert bool(told) == (poison.told != "nobody")


def test_a_seed_makes_the_same_records_and_no_two_are_alike() -> None:
    def made(seed: int) -> list[tuple[Any, ...]]:
        dice, real = random.Random(seed), next(samples())
        return [(record.key, record.value) for poison in POISONS * 3 for _, record in [forge(poison, real, WHO, dice)]]

    assert made(1) == made(1)
    assert len(set(made(1))) == len(POISONS) * 3
    assert not set(made(1)) & set(made(2))


def test_there_are_few_enough_for_no_batch_to_be_a_flood() -> None:
    from deploy.chaos.faults.poison import EACH
    from shared.consuming import FLOOD

    assert sum(each.told != "nobody" for each in POISONS) * EACH * 2 <= FLOOD
