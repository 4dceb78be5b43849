"""A service that is up and does nothing ends by itself, says why, and works when it is started again."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from shared.serving import DIED
from tests.conftest import PARTITIONS
from tests.faults.hanging import PLANTS
from tests.faults.processes import ServiceProcess
from tests.waiting import until

TOLD = {
    "batch": '"dead":["consumer"]',
    "relay": '"dead":["relay"]',
    "event-loop": '"dead":["event loop"]',
    "group": '"dead":["consumer"]',
    "fetching": '"dead":["consumer"]',
    "coordination": '"dead":["consumer"]',
}
"""What the log says of each."""


@pytest.mark.timeout(120)
async def test_whatever_stands_still_the_process_ends_and_is_well_when_started_again(
    kafka: str, topics: str, database_of: Callable[[str | Path], Awaitable[str]], tmp_path: Path
) -> None:
    services: dict[str, ServiceProcess] = {}
    for part in PLANTS:
        (folder := tmp_path / part).mkdir()
        service = services[part] = ServiceProcess(
            "training",
            kafka,
            topics,
            await database_of("training"),
            folder,
            REINTEGRATION_STUCK_SECONDS="5",
            REINTEGRATION_REPLICA=part,
            REINTEGRATION_SESSION_TIMEOUT_MS="6000",
        )
        service.child.command = [sys.executable, "-m", "tests.faults.hanging", part, "training"]
    try:
        taking = {part: services.pop(part) for part in ("batch", "event-loop", "group")}
        for service in taking.values():  # these stand still at a record, and therefore need partitions, all of them
            service.child.start()
        for service in taking.values():
            await until(service.ready)
        await speak(kafka, f"{topics}intake")
        for service in services.values():
            service.child.start()
        services |= taking
        await until(lambda: not any(service.child.running for service in services.values()))
        for part, service in services.items():
            assert service.child.returncode == DIED, part
            assert TOLD[part] in service.child.log.read_text(), part
        healed = services["batch"]
        healed.child.command = [sys.executable, "-m", "services", "training"]
        healed.child.start()
        await until(healed.ready)
        assert await healed.alive()
    finally:
        await asyncio.gather(*(asyncio.to_thread(service.child.terminate, 5) for service in services.values()))


async def speak(kafka: str, topic: str) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka)
    await producer.start()
    try:
        for partition in range(PARTITIONS):
            await producer.send_and_wait(topic, b"no event", partition=partition)
    finally:
        await producer.stop()
