"""Intake by a clock that a test sets; its loops are not started."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from services.intake.app import SERVICE
from shared.service import Running
from shared.settings import Settings
from tests.integration.asking import issuer

BEGUN = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def clocked(url: str, clock: Clock) -> AsyncIterator[Running]:
    """Intake on this database."""
    settings: dict[str, Any] = {"database_url": url, "issuer_key": issuer().public_key, "digest_key": "k" * 32}
    running = Running(SERVICE, Settings(**settings), clock)
    try:
        yield running
    finally:
        for pool in running.pools.values():
            await pool.close()


async def fire(running: Running) -> None:
    """Run every timer that is due."""
    while await running.timers.step():
        pass
