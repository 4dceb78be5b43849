"""A sender killed at any moment: after the next start every message is out once and recorded once."""

import asyncio
import os
import signal
import sys
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from shared.service import Running
from tests.integration.core.speaking import data_of, listen, person, speak
from tests.integration.notifications.dying import PLACES
from tests.integration.notifications.told import CONSENT, REGISTERED, SEAT, contact, letters, states, stream
from tests.waiting import until

PEOPLE = 40
GUARD_SECONDS = 90
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("place", PLACES)
async def test_every_message_is_out_once_and_recorded_once(
    running: Callable[..., Awaitable[Running]],
    database_of: Callable[[str], Awaitable[str]],
    kafka: str,
    topics: str,
    tmp_path: Path,
    place: str,
) -> None:
    url, outbox = await database_of("notifications"), tmp_path / "outbox"
    people = [person() for _ in range(PEOPLE)]
    await speak(kafka, topics, [each for who in people for each in stream(who, REGISTERED, contact(), CONSENT, SEAT)])
    environment = {
        "REINTEGRATION_KAFKA": kafka,
        "REINTEGRATION_TOPIC_PREFIX": topics,
        "REINTEGRATION_DATABASE_URL": url,
        "REINTEGRATION_ISSUER_KEY": str(tmp_path / "none.pem"),
        "REINTEGRATION_DIGEST_KEY": uuid.uuid4().hex,
        "REINTEGRATION_OUTBOX": str(outbox),
        "REINTEGRATION_REPLICA": "first",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.integration.notifications.dying", place),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(GUARD_SECONDS):
            assert await process.wait() == -signal.SIGKILL
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    # The same member of the group, so that it gets its partitions back without waiting for the old session's end.
    notifications = await running("notifications", url=url, replica="first")
    await until(lambda: all_out(notifications))
    out = sorted(letter["message"] for letter in letters(outbox))
    assert len(out) == 2 * PEOPLE
    assert not list((outbox / "unfinished").iterdir())
    assert await states(notifications) == {"delivered": 2 * PEOPLE}
    recorded = [each["message"] for each in data_of(await listen(kafka, topics + "notifications"))]
    assert sorted(recorded) == out


async def all_out(notifications: Running) -> bool:
    if await states(notifications) != {"delivered": 2 * PEOPLE}:
        return False
    # Asked after the states: what is delivered by now has its event in the ledger, and unsent or sent.
    unsent = await notifications.database.fetch("select count(*) from unsent")
    return unsent[0][0] == 0
