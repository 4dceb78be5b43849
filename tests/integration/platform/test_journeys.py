"""A journey is read from the databases alone: what happened, who applied it, what waits and why."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from deploy import journeys
from deploy.terminal import Failure
from tests.waiting import administer

PERSON, CASE, CORRELATION, FIRST, SECOND = (str(uuid.uuid4()) for _ in range(5))


async def test_a_person_a_case_and_a_correlation_lead_to_the_same_journey_while_a_database_is_away(
    database_of: Callable[[str | Path], Awaitable[str]],
) -> None:
    intake, training = await database_of("intake"), await database_of("training")
    row = f"'{PERSON}', {{}}, '{CASE}', now(), '{CORRELATION}'"
    insert = "insert into ledger (id, topic, type, subject, sequence, caseid, time, correlationid, data) values"
    await administer(
        intake,
        f"{insert} ('{FIRST}', 'intake', 'org.intake.case-registered.v1', {row.format(1)}, '{{}}')",
        f"{insert} ('{SECOND}', 'intake', 'org.intake.needs-assessed.v1', {row.format(2)}, '{{}}')",
        f"insert into unsent select position from ledger where id = '{SECOND}'",
    )
    await administer(training, f"insert into inbox values ('training', '{FIRST}', 1, 0)")
    addresses = {"intake": intake, "training": training, "employment": "postgresql://nobody@127.0.0.1:1/none"}
    for number in (PERSON, CASE, CORRELATION):
        found = await asyncio.to_thread(journeys.read, addresses, number)
        assert [(each["fact"], each["applied_by"], each["unsent"]) for each in found["events"]] == [
            ("case-registered", ["training"], False),
            ("needs-assessed", [], True),
        ]
        assert found["away"] == ["employment"]
        text = journeys.as_text(found)
        assert "-> training" in text
        assert "(not sent yet)" in text
    with pytest.raises(Failure, match="employment cannot be reached"):
        await asyncio.to_thread(journeys.read, addresses, str(uuid.uuid4()))
