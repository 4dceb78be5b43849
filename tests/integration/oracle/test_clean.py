"""A system in order, as the real core leaves it on real Kafka and PostgreSQL."""

from deploy.oracle import verify
from tests.integration.oracle.system import FLOWS, System, persons


async def test_a_settled_system_is_clean_and_every_event_is_counted(settled: System) -> None:
    told: list[str] = []
    report = await verify(settled.urls, settled.kafka, FLOWS, settled.prefix, progress=told.append)
    assert report.anomalies == {}
    assert report.clean
    assert report.drained
    # 12 persons with 3 facts, one of them with 2 plans more; both answers to each; but 2 plans are parked.
    assert report.events == {"intake": 38, "notifications": 24, "training": 24}
    assert report.records == report.events
    assert report.seen == {"notifications": 24, "training": 26}
    assert report.parked == {"training": {"waiting": 2}}
    assert report.waiting == 2
    assert (report.repeated, report.foreign, report.missing_topics) == (0, {}, [])
    assert "reading the database of training" in told


async def test_what_is_under_way_is_counted_and_is_no_anomaly(system: System) -> None:
    await system.register(persons(2))
    report = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert report.clean
    assert not report.drained
    assert report.unseen.to_send == {"intake": 6}
    await system.parts["intake"].send()
    report = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert report.clean
    assert (report.unseen.to_send, report.unseen.to_consume) == ({}, {"training": 4})
    await system.settle()
    report = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert report.clean
    assert report.drained


async def test_topics_replayed_from_the_start_stay_clean(system: System) -> None:
    await system.register(persons(3))
    await system.settle()
    await system.at("intake", "insert into unsent select position from ledger")
    await system.settle()
    report = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert report.anomalies == {}
    assert report.drained
    assert report.repeated == 9
    assert report.events == {"intake": 9, "notifications": 6, "training": 6}
