"""Broken things planted in a copy of the settled system: each must get its own name, and no other."""

import uuid
from collections.abc import Awaitable, Callable

import pytest

from deploy.oracle import Forged, Report, verify
from tests.integration.oracle.conftest import Change
from tests.integration.oracle.copying import Contents, Record
from tests.integration.oracle.system import FLOWS, System
from tests.waiting import administer

NEXT = "(select max(sequence) + 1 from ledger as l where l.subject = one.subject)"
ROW = "topic, type, subject, sequence, caseid, time, correlationid, causationid, traceparent, data"
HANDLED = "(select id from inbox where id not in (select id from parked) order by id limit 1)"

IN_DATABASES = [
    (
        "lost-write",
        "intake",
        f"insert into ledger (id, {ROW}) select gen_random_uuid(), topic, type, gen_random_uuid(), 1, caseid, time,"
        " correlationid, causationid, traceparent, data from ledger limit 1",
    ),
    ("lost-effect", "notifications", f"delete from inbox where id = {HANDLED}"),
    (
        "duplicate-event",
        "training",
        f"insert into ledger (id, {ROW}) select id, topic, type, subject, {NEXT}, caseid, time, correlationid,"
        " causationid, traceparent, data from ledger as one limit 1",
    ),
    (
        "duplicate-seen",
        "training",
        "alter table inbox drop constraint inbox_pkey; insert into inbox select * from inbox limit 1",
    ),
    (
        "out-of-order-ledger",
        "intake",
        # Positions of the first two events of one person, exchanged by way of numbers that are free.
        "alter table ledger alter position drop identity; "
        "create temp table one as select subject, min(position) as a from ledger group by subject limit 1; "
        "create temp table two as select one.a, min(position) as b from ledger join one using (subject)"
        " where position > a group by a; "
        "update ledger set position = -1 from two where position = a; "
        "update ledger set position = a from two where position = b; "
        "update ledger set position = b from two where position = -1",
    ),
    (
        "out-of-order-inbox",
        "training",
        "update inbox set batch = 1000000 - batch, place = 1000000 - place where id not in (select id from parked)",
    ),
    ("overtaken-parked", "training", "delete from parked where reason = 'behind-parked'"),
    ("ghost-effect", "notifications", "insert into inbox values ('notifications', gen_random_uuid(), 1, 1000)"),
    ("altered-event", "training", "update ledger set data = data || ' ' where position = 3"),
    ("altered-event", "training", "update ledger set time = time + interval '1 microsecond' where position = 3"),
    ("altered-event", "training", "update ledger set caseid = null where position = 3"),
    (
        "ghost-event",
        "notifications",
        "delete from ledger where sequence = 2 and position = (select max(position) from ledger where sequence = 2)",
    ),
]


@pytest.mark.parametrize(("name", "service", "statements"), IN_DATABASES)
async def test_what_is_broken_in_a_database_is_named(settled: System, name: str, service: str, statements: str) -> None:
    copy = await settled.copy_of(service)
    await administer(copy, statements)
    report = await verify({**settled.urls, service: copy}, settled.kafka, FLOWS, settled.prefix)
    assert set(report.anomalies) == {name}
    assert not report.clean


async def test_an_effect_that_came_about_twice_is_named(
    settled: System, changed_topics: Callable[[Change], Awaitable[str]]
) -> None:
    """Ledger and topic agree on the second one, so that nothing else is wrong."""
    again = str(uuid.uuid4())
    copy = await settled.copy_of("notifications")
    await administer(
        copy,
        f"insert into ledger (id, {ROW}) select '{again}', topic, type, subject, {NEXT}, caseid, time, correlationid,"
        " causationid, traceparent, data from ledger as one where position = 1",
    )
    (first,) = await settled.at("notifications", "select id::text from ledger where position = 1")

    def send_again(contents: Contents) -> None:
        for (topic, _), records in contents.items():
            for record in [each for each in records if topic == "notifications" and each.id == first[0]]:
                last = max(each.sequence for each in records if each.subject == record.subject)
                copied = record.with_header("ce_id", again.encode())
                records.append(copied.with_header("ce_sequence", b"%d" % (last + 1)))

    prefix = await changed_topics(send_again)
    report = await verify({**settled.urls, "notifications": copy}, settled.kafka, FLOWS, prefix)
    assert set(report.anomalies) == {"duplicate-message"}
    (example,) = report.anomalies["duplicate-message"].examples
    assert example["times"] == 2
    assert example["id"] in (first[0], again)


def most(contents: Contents, topic: str) -> list[Record]:
    """The partition of a topic that holds most."""
    return max((records for place, records in contents.items() if place[0] == topic), key=len)


def lose_one(contents: Contents) -> None:
    del most(contents, "notifications")[3]


def lose_one_that_was_consumed(contents: Contents) -> None:
    del most(contents, "intake")[3]


def turn_round(contents: Contents) -> None:
    most(contents, "notifications").reverse()


def add_a_ghost(contents: Contents) -> None:
    records = most(contents, "training")
    records.append(records[0].with_header("ce_id", str(uuid.uuid4()).encode()))


def alter_data(contents: Contents) -> None:
    records = most(contents, "training")
    records[0] = Record(records[0].key, b"{}", records[0].headers)


def bury(contents: Contents) -> None:
    records = most(contents, "training")
    records.append(Record(records[0].key, None, records[0].headers))


def alter_key(contents: Contents) -> None:
    records = most(contents, "training")
    records[0] = Record(b"another", records[0].value, records[0].headers)


def alter_sequence(contents: Contents) -> None:
    records = most(contents, "training")
    records[0] = records[0].with_header("ce_sequence", b"9")


def split(contents: Contents) -> None:
    records = most(contents, "training")
    other = next(each for place, each in contents.items() if place[0] == "training" and each is not records)
    other.append(records[-1])


IN_TOPICS = [
    ("lost-write", lose_one),
    ("lost-write", lose_one_that_was_consumed),
    ("out-of-order-topic", turn_round),
    ("ghost-event", add_a_ghost),
    ("altered-event", alter_data),
    ("altered-event", bury),
    ("altered-event", alter_key),
    ("altered-event", alter_sequence),
    ("split-subject", split),
]


@pytest.mark.parametrize(("name", "change"), IN_TOPICS)
async def test_what_is_broken_in_a_topic_is_named(
    settled: System, changed_topics: Callable[[Change], Awaitable[str]], name: str, change: Change
) -> None:
    report = await verify(settled.urls, settled.kafka, FLOWS, await changed_topics(change))
    assert set(report.anomalies) == {name}


async def test_records_may_come_twice_and_topics_may_hold_what_is_none_of_ours(
    settled: System, changed_topics: Callable[[Change], Awaitable[str]]
) -> None:
    def add(contents: Contents) -> None:
        records = most(contents, "intake")
        foreign = [("ce_id", b"1"), ("ce_type", b"org.example.thing.v1"), ("ce_source", b"/elsewhere")]
        records[5:5] = [
            Record(None, None, []),
            Record(b"\xff", b"\xff\xfe", [("ce_id", b"\xff")]),
            Record(b"key", b"{}", [*foreign]),
            Record(b"key", b"{not json", [("content-type", b"application/cloudevents+json")]),
        ]
        records.extend([*records[:3], *records[:3]])

    report: Report = await verify(settled.urls, settled.kafka, FLOWS, await changed_topics(add))
    assert report.anomalies == {}
    assert report.foreign == {"intake": 4}
    assert report.repeated == 6
    assert report.drained


async def test_what_is_forged_accuses_nobody_and_hides_nothing_real(
    settled: System, changed_topics: Callable[[Change], Awaitable[str]]
) -> None:
    """More than a report has examples of; one of them bears a real event's id, which must be looked at all the same."""
    ids = [str(uuid.uuid4()) for _ in range(15)]
    altered: list[Record] = []

    def forge(contents: Contents) -> None:
        records = most(contents, "training")
        first = records[0]
        altered.append(Record(first.key, b'{"altered": true}', first.headers))
        unread = Record(None, b"nothing", [])
        records.extend([*(first.with_header("ce_id", each.encode()) for each in ids), *altered, unread])

    copy = await settled.copy_of("notifications")
    seen = ", ".join(f"('notifications', '{each}', 1, {1000 + place})" for place, each in enumerate(ids[:12]))
    await administer(copy, f"insert into inbox values {seen}")
    prefix = await changed_topics(forge)
    urls = {**settled.urls, "notifications": copy}
    unread = (None, b"nothing")

    report = await verify(
        urls, settled.kafka, FLOWS, prefix, forged=Forged.of(ids, [unread, *((r.key, r.value) for r in altered)])
    )
    assert report.clean
    assert report.foreign == {}

    report = await verify(urls, settled.kafka, FLOWS, prefix, forged=Forged.of(ids[1:], [unread]))
    assert {name: each.count for name, each in report.anomalies.items()} == {"ghost-event": 1, "altered-event": 1}
