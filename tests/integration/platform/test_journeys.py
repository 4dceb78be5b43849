"""A journey is read from the databases alone: what happened, who applied it, what waits and why."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
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
    await administer(
        training,
        f"insert into timer (name, subject, due_at, correlationid, data)"
        f" values ('seat-expires', '{PERSON}', '2027-01-02T03:04:05Z', '{CORRELATION}', '{{}}')",
    )
    await administer(
        intake,
        f"insert into dropped_elsewhere values (gen_random_uuid(), 'employment', '{SECOND}', null, '{PERSON}',"
        " 'duplicate', 'contract', 'intake', 0, 7, 7, now())",
    )
    addresses = {"intake": intake, "training": training, "employment": "postgresql://nobody@127.0.0.1:1/none"}
    for number in (PERSON, CASE, CORRELATION):
        found = await asyncio.to_thread(journeys.read, addresses, number)
        assert [(each["fact"], list(each["applied_by"]), each["unsent"]) for each in found["events"]] == [
            ("case-registered", ["training"], False),
            ("needs-assessed", [], True),
        ]
        assert found["away"] == ["employment"]
        text = journeys.as_text(found)
        assert "-> training +" in text
        assert "timer in training: seat-expires, due at 2027-01-02T03:04:05+00:00" in text
        assert f"as duplicate: a record {SECOND}" in text
        assert "(not sent yet)" in text
    with pytest.raises(Failure, match="employment cannot be reached"):
        await asyncio.to_thread(journeys.read, addresses, str(uuid.uuid4()))


@pytest.mark.parametrize("column", ["subject", "caseid", "correlationid"])
async def test_no_ledger_is_read_whole_for_it(column: str, database_of: Callable[[str | Path], Awaitable[str]]) -> None:
    intake = await database_of("intake")
    insert = "insert into ledger (id, topic, type, subject, sequence, caseid, time, correlationid, data)"
    ids = "gen_random_uuid(), 'intake', 'org.intake.case-closed.v1', gen_random_uuid(), 1, gen_random_uuid(), now(),"
    await administer(
        intake, f"{insert} select {ids} gen_random_uuid(), '{{}}' from generate_series(1, 20000)", "analyze ledger"
    )
    connection = await asyncpg.connect(intake)
    try:
        rows = await connection.fetch("explain " + journeys.EVENTS.format(column=column), PERSON, journeys.MOST)
    finally:
        await connection.close()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan on ledger" not in plan
    assert f"({column} = " in plan.partition("Index Cond: ")[2]
