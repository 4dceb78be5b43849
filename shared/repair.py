"""Parked events taken up again, from the consumer's own copy, in their order for each person."""

from datetime import datetime

from shared.consuming import Consumer
from shared.database import Connection
from shared.events.decoding import KeptRecord, Unhandled, headers_of
from shared.inbox import Place, place_of
from shared.outcome import Outcome
from shared.unreadable import Batch, kept_batch

WAITING = """
select number, topic, partition, "offset", key, value, headers::text, last_offset from parked
where consumer = $1 and owner = $2 and subject = $3 and state = 'waiting' order by number for update
"""
ALONE = """
select number, topic, partition, "offset", key, value, headers::text, last_offset from parked
where consumer = $1 and number = $2 and state = 'waiting' for update
"""
SETTLED = """
update parked set state = 'replayed', settled_at = $2, settled_by = $3, settled_why = $4
where number = any($1::bigint[])
"""
AGAIN = "update parked set reason = $2, detail = $3 where number = $1"
NEWLY_KNOWN = """
select distinct owner, subject::text from parked
where consumer = $1 and state = 'waiting' and reason = 'unknown-version' and type = any($2::text[])
  and subject is not null
"""
UNREADABLE = """
select number from parked where consumer = $1 and state = 'waiting' and reason = 'unreadable' order by number
"""


async def replay(consumer: Consumer, owner: str, subject: str, by: str, why: str) -> int:
    """Apply what waits of this owner and subject, in its order, as far as it goes; returns how many were applied.

    What fails again keeps waiting, with its new reason, and so does what stands behind it.
    """
    async with consumer.database.transaction() as connection:
        work = consumer.work(connection)
        await work.lock([subject])
        outcome, applied, _ = await apply_waiting(consumer, connection, owner, subject, 0, work.working.now, by, why)
    consumer.committed()
    consumer.tell(outcome, 0.0)
    return len(applied)


async def apply_waiting(
    consumer: Consumer,
    connection: Connection,
    owner: str,
    subject: str | None,
    number: int,
    now: datetime,
    by: str,
    why: str,
) -> tuple[Outcome, list[int], list[int]]:
    """Inside a transaction that holds the subject's lock: what happened, and the numbers applied and still waiting.

    A record whose subject cannot be read stands alone, under its `number`.
    """
    if subject is None:
        rows = await connection.fetch(ALONE, consumer.name, number)
        if rows and (batch := kept_batch(rows[0])) is not None:
            return await _apply_batch(consumer, connection, batch, number, now, by, why)
    else:
        rows = await connection.fetch(WAITING, consumer.name, owner, subject)
    items, numbers, unhandled = [], dict[Place, int](), list[int]()
    for row in rows:
        record = KeptRecord(row[1], row[2], row[3], row[4], row[5], headers_of(row[6]))
        decoded = consumer.decoder.decode(record)
        if isinstance(decoded, Unhandled):
            unhandled.append(row[0])
        else:
            items.append((record, decoded))
            numbers[place_of(record)] = row[0]
    outcome = Outcome(records=len(items))
    if items:
        await consumer.halving(consumer.work(connection), items, set(), outcome)
    again = {place_of(parked.record): parked for parked in outcome.parked}
    settled = [number for place, number in numbers.items() if place not in again]
    await connection.execute(SETTLED, settled, now, by, why)
    for place, parked in again.items():
        await connection.execute(AGAIN, numbers[place], parked.reason, parked.detail)
    return outcome, settled, [*(numbers[place] for place in again), *unhandled]


async def _apply_batch(
    consumer: Consumer, connection: Connection, batch: Batch, number: int, now: datetime, by: str, why: str
) -> tuple[Outcome, list[int], list[int]]:
    """A batch that could not be read, once it can: each of its records for itself. What fails of it is parked anew."""
    records, failure = batch.readable()
    if failure is not None:
        return Outcome(), [], [number]
    decoded = [(record, consumer.decoder.decode(record)) for record in records]
    items = [(record, item) for record, item in decoded if not isinstance(item, Unhandled)]
    outcome = await consumer.settle_within(connection, items, consumer.halving)
    await connection.execute(SETTLED, [number], now, by, why)
    return outcome, [number], []


async def replay_newly_known(consumer: Consumer) -> None:
    """Replay what was parked for its version, or as it could not be read, now that this build knows how."""
    for owner, subject in await consumer.database.fetch(NEWLY_KNOWN, consumer.name, consumer.types):
        await replay(consumer, owner, subject, "reintegration", "this build knows the version")
    for (number,) in await consumer.database.fetch(UNREADABLE, consumer.name):
        async with consumer.database.transaction() as connection:
            outcome, _, _ = await apply_waiting(
                consumer, connection, "", None, number, consumer.now(), "reintegration", "this build can read it"
            )
        consumer.committed()
        consumer.tell(outcome, 0.0)
