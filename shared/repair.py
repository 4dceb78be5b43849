"""Parked events taken up again, from the consumer's own copy, in their order for each person."""

from shared.consuming import Consumer
from shared.events.decoding import KeptRecord, Unhandled, headers_of
from shared.inbox import Place, place_of
from shared.outcome import Outcome

WAITING = """
select number, topic, partition, "offset", key, value, headers::text from parked
where consumer = $1 and owner = $2 and subject = $3 and state = 'waiting' order by number for update
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


async def replay(consumer: Consumer, owner: str, subject: str, by: str, why: str) -> int:
    """Apply what waits of this owner and subject, in its order, as far as it goes; returns how many were applied.

    What fails again keeps waiting, with its new reason, and so does what stands behind it.
    """
    async with consumer.database.transaction() as connection:
        work = consumer.work(connection)
        await work.lock([subject])
        items, numbers = [], dict[Place, int]()
        for row in await connection.fetch(WAITING, consumer.name, owner, subject):
            record = KeptRecord(row[1], row[2], row[3], row[4], row[5], headers_of(row[6]))
            decoded = consumer.decoder.decode(record)
            if not isinstance(decoded, Unhandled):
                items.append((record, decoded))
                numbers[place_of(record)] = row[0]
        outcome = Outcome(records=len(items))
        if items:
            await consumer.halving(work, items, set(), outcome)
        again = {place_of(parked.record): parked for parked in outcome.parked}
        settled = [number for place, number in numbers.items() if place not in again]
        await connection.execute(SETTLED, settled, work.working.now, by, why)
        for place, parked in again.items():
            await connection.execute(AGAIN, numbers[place], parked.reason, parked.detail)
    consumer.committed()
    consumer.tell(outcome, 0.0)
    return len(settled)


async def replay_newly_known(consumer: Consumer) -> None:
    """Replay what was parked for its version only, now that this build knows it."""
    for owner, subject in await consumer.database.fetch(NEWLY_KNOWN, consumer.name, consumer.types):
        await replay(consumer, owner, subject, "reintegration", "this build knows the version")
