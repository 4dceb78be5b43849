"""The oracle while a system runs: it may find things under way, and must accuse nobody of them."""

import asyncio

from deploy.oracle import Report, verify
from tests.integration.oracle.system import FLOWS, System, persons

ROUNDS = 6


async def test_a_running_system_is_never_accused(system: System) -> None:
    running = True

    async def commands() -> None:
        while running:
            await system.register(persons(3))

    for part in system.parts.values():
        part.relay.start()
    work = [asyncio.create_task(commands())]
    work += [asyncio.create_task(part.consume(lambda: running, batch=50)) for part in system.parts.values()]
    reports: list[Report] = []
    try:
        for _ in range(ROUNDS):
            reports.append(await verify(system.urls, system.kafka, FLOWS, system.prefix))
    finally:
        running = False
        await asyncio.gather(*work)
    for report in reports:
        assert report.anomalies == {}
    # Something happened in every round, and the rounds saw it half done.
    events = [sum(report.events.values()) for report in reports]
    assert events == sorted(set(events))
    assert any(report.unseen.total for report in reports)
    for part in system.parts.values():
        await part.relay.stop()
    await system.settle()
    last = await verify(system.urls, system.kafka, FLOWS, system.prefix)
    assert last.clean
    assert last.drained


async def test_a_cancelled_run_ends_its_work(settled: System) -> None:
    begun = asyncio.Event()

    def tell(what: str) -> None:
        if what == "reading the topics":
            begun.set()

    run = asyncio.create_task(verify(settled.urls, settled.kafka, FLOWS, settled.prefix, progress=tell))
    async with asyncio.timeout(60):
        await begun.wait()
        run.cancel()
        await asyncio.wait({run})
    assert run.cancelled()
