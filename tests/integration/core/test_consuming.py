"""A batch on real Kafka and PostgreSQL: each event once, bad ones set aside alone, the person's later ones behind."""

import random
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from shared.events.envelope import REGISTRY, contract
from shared.events.intake import NeedsAssessed
from shared.repair import replay
from shared.service import Running
from tests.integration.core.parrot import parrot
from tests.integration.core.speaking import attributes_of, id_of, listen, needs, person, record, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


async def tallies(running: Running) -> dict[str, asyncpg.Record]:
    rows = await running.database.fetch("select person::text, heard::text, number from tally")
    return {row["person"]: row for row in rows}


async def parked(running: Running) -> list[asyncpg.Record]:
    return await running.database.fetch(
        "select id::text, owner, subject::text, reason, detail, state, value from parked order by number"
    )


def applied(running: Running, number: int) -> Callable[[], bool]:
    return lambda: running.consumer.counts["applied"] >= number


async def test_each_event_is_applied_once_however_often_and_in_whatever_mixture_it_comes(
    kafka: str, topics: str, running: Start
) -> None:
    people = [person() for _ in range(40)]
    streams = [[needs(who, n, "work", f"need-{n}") for n in range(1, 11)] for who in people]
    chance, spoken = random.Random(7), []
    for _ in range(3):  # three times over, shuffled across persons, each person's own order kept
        waiting = [iter(stream) for stream in streams]
        while waiting:
            stream = chance.choice(waiting)
            try:
                spoken.append(next(stream))
            except StopIteration:
                waiting.remove(stream)
    await speak(kafka, topics, spoken)
    service = await running(parrot(), batch=70)
    await until(lambda: service.consumer.counts["applied"] + service.consumer.counts["repeated"] == 1200)
    await until(lambda: nothing_unsent(service))

    assert service.consumer.counts["applied"] == 400
    held = await tallies(service)
    for who, stream in zip(people, streams, strict=True):
        assert held[who]["heard"] == str([id_of(each) for each in stream]).replace("'", '"')
    said = attributes_of(await listen(kafka, topics + "training"))
    assert len(said) == 400
    for who in people:
        assert [int(each["sequence"]) for each in said if each["subject"] == who] == list(range(1, 11))
    assert {each["causationid"] for each in said} == {id_of(each) for stream in streams for each in stream}


async def nothing_unsent(running: Running) -> bool:
    return not await running.database.fetch("select 1 from unsent limit 1")


async def test_bad_records_are_parked_with_a_reason_and_their_neighbours_go_on(
    kafka: str, topics: str, running: Start
) -> None:
    good, secret = person(), b"Sok Dara 012 345 678"
    bad = {
        "tombstone": record(person(), 1, None),
        "header-encoding": needs(person(), 1, source=b"\xff\xfe"),
        "attribute-missing": needs(person(), 1, subject=None),
        "attribute": needs(person(), 1, sequence="-1"),
        "contract": record(person(), 1, b'{"questionnaire": "' + secret + b'"}'),
        "nul-character": record(person(), 1, b'{"questionnaire": "v1", "needs": ["\\u0000"]}'),
        "unknown-version": needs(person(), 1, type="reintegration.intake.needs-assessed.v9"),
        "wrong-key": needs(person(), 1, subject=person()),
        "no-attributes": record(person(), 1, secret, **dict.fromkeys(ATTRIBUTES)),
    }
    foreign = needs(person(), 1, type="com.example.something.v1")
    unhandled = needs(person(), 1, type="reintegration.intake.case-closed.v1")
    spoken = [needs(good, 1), *bad.values(), foreign, unhandled, needs(good, 2)]
    await speak(kafka, topics, spoken)
    service = await running(parrot())
    await until(applied(service, 2))
    await until(lambda: sum(service.consumer.skipped.values()) == 2)
    rows = await parked(service)

    assert sorted(row["reason"] for row in rows) == sorted(bad)
    assert service.consumer.skipped == {"foreign": 1, "reintegration.intake.case-closed.v1": 1}
    assert all(secret.decode() not in row["detail"] for row in rows)
    assert {bytes(row["value"]) for row in rows if row["reason"] == "contract"} == {bad["contract"].value}
    assert (await tallies(service))[good]["number"] == 2


ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "sequence", "time")


async def test_behind_a_parked_event_the_persons_later_ones_wait_and_are_replayed_in_order(
    kafka: str, topics: str, running: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    stuck, free = person(), person()
    first = [needs(stuck, 1), needs(stuck, 2, "fail"), needs(free, 1), needs(stuck, 3)]
    await speak(kafka, topics, first)
    service = await running(parrot())
    await until(applied(service, 2))
    later = [needs(stuck, 4), needs(free, 2)]
    await speak(kafka, topics, later)
    await until(applied(service, 3))

    rows = await parked(service)
    assert [(row["id"], row["reason"]) for row in rows] == [
        (id_of(first[1]), "rule-failed"),
        (id_of(first[3]), "behind-parked"),
        (id_of(later[0]), "behind-parked"),
    ]
    assert "told to fail" not in rows[0]["detail"]
    assert "RuntimeError" in rows[0]["detail"]

    # A replay before the repair parks it again and moves nothing; after it, the order is the person's own.
    assert await replay(service.consumer, "intake", stuck, "operator", "trying") == 0
    await service.database.fetch(
        "update parked set value = convert_to(replace(convert_from(value, 'utf8'), 'fail', 'work'), 'utf8')"
    )
    assert await replay(service.consumer, "intake", stuck, "operator", "corrected") == 3
    held = (await tallies(service))[stuck]
    assert held["heard"] == str([id_of(r) for r in (first[0], first[1], first[3], later[0])]).replace("'", '"')
    assert [row["state"] for row in await parked(service)] == ["replayed"] * 3
    await speak(kafka, topics, [needs(stuck, 5)])
    await until(lambda: holds_number(service, stuck, 5))


async def holds_number(running: Running, who: str, number: int) -> bool:
    return (await tallies(running))[who]["number"] == number


@pytest.mark.parametrize("how", ["refused", "too-large"])
async def test_an_event_whose_data_is_refused_is_found_by_halving(
    how: str, kafka: str, topics: str, running: Start
) -> None:
    people = [person() for _ in range(150)]
    spoken = [needs(who, 1, how if place == 97 else "work") for place, who in enumerate(people)]
    spoken += [needs(who, 2) for who in people]
    await speak(kafka, topics, spoken)
    service = await running(parrot())
    await until(applied(service, 298))

    assert [(row["subject"], row["reason"]) for row in await parked(service)] == [
        (people[97], "data-refused"),
        (people[97], "behind-parked"),
    ]
    assert {who: row["number"] for who, row in (await tallies(service)).items() if row["number"]} == {
        who: 2 for place, who in enumerate(people) if place != 97
    }


async def test_when_most_of_a_batch_fails_none_is_parked_and_the_consumer_says_why(
    kafka: str, topics: str, running: Start
) -> None:
    spoken = [needs(person(), 1, "fail" if place % 4 else "work") for place in range(120)]
    await speak(kafka, topics, spoken)
    service = await running(parrot())
    await until(lambda: service.receiver is not None and service.receiver.stopped is not None)

    assert await parked(service) == []
    assert await tallies(service) == {}
    problems = await service.problems()
    assert any("events failed" in problem and "RuntimeError" in problem for problem in problems)


async def test_what_was_parked_for_its_version_is_replayed_once_the_build_knows_it(
    kafka: str, topics: str, running: Start
) -> None:
    who, kind = person(), "reintegration.intake.needs-assessed.v2"
    old = parrot()
    service = await running(old)
    await speak(kafka, topics, [needs(who, 1), needs(who, 2, type=kind), needs(who, 3)])
    await until(lambda: service.consumer.counts["parked"] == 2)
    url = service.settings.database_url.get_secret_value()
    await service.stop()

    second = contract("intake", "needs-assessed", version=2)(type("NeedsAssessed2", (NeedsAssessed,), {}))
    try:
        new = await running(parrot(contracts=(second,)), url=url, replica=service.settings.replica)
        assert (await tallies(new))[who]["number"] == 3
        assert [row["state"] for row in await parked(new)] == ["replayed", "replayed"]
        await new.stop()
    finally:
        del REGISTRY[second.type]


async def test_a_replay_of_the_whole_topic_changes_nothing(kafka: str, topics: str, running: Start) -> None:
    spoken = [needs(who, n) for who in [person() for _ in range(20)] for n in range(1, 4)]
    await speak(kafka, topics, spoken)
    service = await running(parrot())
    await until(applied(service, 60))
    before, url = await tallies(service), service.settings.database_url.get_secret_value()
    await service.stop()

    again: Any = await running(parrot(), url=url, replica=service.settings.replica)
    client = again.receiver._subscriber.consumer
    await client.seek_to_beginning()
    await until(lambda: again.consumer.counts["repeated"] == 60)
    assert await tallies(again) == before
    assert again.consumer.counts["applied"] == 0


async def test_connections_cut_under_load_lose_and_double_nothing(
    kafka: str, topics: str, running: Start, postgres: str
) -> None:
    people = [person() for _ in range(50)]
    service = await running(parrot(), batch=40)
    administrator = await asyncpg.connect(postgres)
    database = service.settings.database_url.get_secret_value().rpartition("/")[2]
    try:
        for n in range(1, 11):
            await speak(kafka, topics, [needs(who, n) for who in people])
            await administrator.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", database
            )
    finally:
        await administrator.close()
    await until(lambda: all_heard(service, people, 10))
    await until(lambda: nothing_unsent(service))

    said = attributes_of(await listen(kafka, topics + "training"))
    first_seen: dict[str, list[int]] = {}
    seen: set[str] = set()
    for each in said:
        if each["id"] not in seen:
            seen.add(each["id"])
            first_seen.setdefault(each["subject"], []).append(int(each["sequence"]))
    assert first_seen == {who: list(range(1, 11)) for who in people}
    assert await parked(service) == []


async def all_heard(running: Running, people: list[str], number: int) -> bool:
    try:
        held = await tallies(running)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False
    return all(who in held and held[who]["number"] == number for who in people)
