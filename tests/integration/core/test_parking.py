"""Whatever a record holds, it can be set aside; what was set aside is taken up again and holds up nobody else."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

import orjson
import pytest

from shared import inbox
from shared.events.decoding import KeptRecord
from shared.events.envelope import REGISTRY, contract
from shared.events.intake import NeedsAssessed
from shared.service import Running
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import needs, person, record, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


@pytest.fixture
def second() -> Iterator[type[NeedsAssessed]]:
    """A second version of a contract; only a service that is told of it handles it."""

    class NeedsAssessed2(NeedsAssessed):
        pass

    yield contract("intake", "needs-assessed", version=2)(NeedsAssessed2)
    del REGISTRY[NeedsAssessed2.type]


async def heard(running: Running, who: str) -> int:
    rows = await running.database.fetch("select number from tally where person = $1", who)
    return rows[0][0] if rows else 0


def hears(running: Running, who: str, number: int) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return await heard(running, who) == number

    return holds


async def test_records_that_a_database_can_hardly_keep_are_parked_and_their_neighbours_go_on(
    kafka: str, topics: str, running: Start
) -> None:
    good = person()
    named = record(person(), 1, b"{")
    named = replace(named, headers=[*named.headers, ("na\0me", b"x"), ("none", None)])
    odd = needs(person(), 1, type="reintegration.intake.needs-assessed.v\0")
    deep = orjson.dumps({"type": NeedsAssessed.type, "data": 0}).replace(b"0}", b"[" * 500 + b"]" * 500 + b"}")
    nested = replace(record(person(), 1, deep), headers=[("content-type", b"application/cloudevents+json")])
    huge = replace(record(person(), 1, b"{"), headers=[("ce_type", b"x" * 300_000)] * 2 + [("ce_id", b"\xff")])
    keyless = replace(record(person(), 1, b"{"), key=b"\xff\0not a uuid", headers=[("ce_type", b"\xff")])
    misaligned = needs(person(), 1, caseid=good[:20], correlationid=good[20:] + good)
    await speak(kafka, topics, [needs(good, 1), named, odd, nested, huge, keyless, misaligned, needs(good, 2)])
    service = await running(parrot())
    await until(hears(service, good, 2))
    await until(lambda: service.consumer.counts["parked"] == 6)

    rows = await service.database.fetch("select reason from parked")
    assert sorted(row[0] for row in rows) == sorted(
        ["contract", "unknown-version", "not-json", "header-encoding", "header-encoding", "attribute"]
    )


async def test_a_replay_at_the_start_is_not_held_up_by_an_event_whose_data_the_database_refuses(
    kafka: str, topics: str, running: Start, second: type[NeedsAssessed]
) -> None:
    stuck, free, kind = person(), person(), second.type
    service = await running(parrot())
    waiting = [needs(stuck, 1, "refused", type=kind), needs(stuck, 2), needs(free, 1, type=kind), needs(free, 2)]
    await speak(kafka, topics, waiting)
    await until(lambda: service.consumer.counts["parked"] == 4)
    url = service.settings.database_url.get_secret_value()
    await service.stop()

    new = await running(parrot(contracts=(second,)), url=url, replica=service.settings.replica)
    await until(hears(new, free, 2))
    rows = await new.database.fetch("select subject::text, state, reason from parked where state = 'waiting'")
    assert [tuple(row) for row in rows] == [
        (stuck, "waiting", "data-refused"),
        (stuck, "waiting", "behind-parked"),
    ]
    await speak(kafka, topics, [needs(free, 3)])
    await until(hears(new, free, 3))


async def test_a_foreign_event_replayed_once_is_known_when_its_topic_is_read_again(
    kafka: str, topics: str, running: Start, second: type[NeedsAssessed]
) -> None:
    who, kind = person(), second.type
    foreign = needs(who, 1, id="not-a-uuid-17", type=kind)
    service = await running(parrot())
    await speak(kafka, topics, [foreign])
    await until(lambda: service.consumer.counts["parked"] == 1)
    url = service.settings.database_url.get_secret_value()
    await service.stop()

    new = await running(parrot(contracts=(second,)), url=url, replica=service.settings.replica)
    await until(hears(new, who, 1))
    await speak(kafka, topics, [foreign, needs(who, 2)])
    await until(hears(new, who, 2))
    rows = await new.database.fetch("select jsonb_array_length(heard) from tally where person = $1", who)
    assert rows[0][0] == 2


async def test_another_record_at_the_place_of_a_parked_one_is_another_record(running: Start) -> None:
    """A topic that was lost with Kafka's disk and filled again counts from 0 anew."""
    service = await running(parrot())
    first = KeptRecord("intake", 0, 0, None, b"one", [])
    second = replace(first, value=b"two")
    async with service.database.transaction() as connection:
        await inbox.park(connection, "parrot", [inbox.Parked(first, "intake", "no-attributes", "")], service.clock())
        places = [inbox.place_of(first), inbox.place_of(second)]
        assert await inbox.known_places(connection, "parrot", places) == {places[0]}
