"""What many tests do: talk to a database as its administrator, and wait until something holds."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg

READY_SECONDS = 60


def at_database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


async def administer(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = READY_SECONDS) -> None:
    """Wait until something holds; the bound is a net for a hang."""
    async with asyncio.timeout(seconds):
        while True:
            answer = holds()
            if await answer if isinstance(answer, Awaitable) else answer:
                return
            await asyncio.sleep(0.02)
