"""Damage to a run's own data, done on purpose by plain SQL and plain Kafka, to show that the judge sees it."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from typing import Final, Literal

import asyncpg
from confluent_kafka import Producer

from deploy.addresses import Addresses
from deploy.librdkafka import client_options
from deploy.terminal import Failure
from shared.settings import KafkaSettings

Plant = Literal["lost", "doubled", "disordered", "ghost"]

LOST: Final = "delete from cases where caseid = (select caseid from cases order by caseid limit 1) returning caseid"
ROW: Final = "topic, type, subject, sequence, caseid, time, correlationid, causationid, traceparent, data"
DOUBLED: Final = f"""
insert into ledger (id, {ROW})
select gen_random_uuid(), topic, type, subject,
       (select max(sequence) + 1 from ledger as l where l.subject = one.subject),
       caseid, time, correlationid, causationid, traceparent, data
from ledger as one where type = 'reintegration.training.completion-recorded.v1' order by position limit 1
returning id
"""  # noqa: S608 - its own columns
DISORDERED: Final = """
with swapped as (
    select a.id as first, b.id as second, a.batch as batch, a.place as place, b.batch as later, b.place as behind
    from inbox a join inbox b on b.consumer = a.consumer and (b.batch, b.place) > (a.batch, a.place)
    where a.id = $1 and b.id = $2)
update inbox set batch = case when id = first then later else swapped.batch end,
                 place = case when id = first then behind else swapped.place end
from swapped where id in (first, second) returning id
"""
PAIR: Final = """
select (array_agg(id order by sequence))[1] as first, (array_agg(id order by sequence desc))[1] as last
from ledger where type in ('reintegration.intake.case-registered.v1', 'reintegration.intake.needs-assessed.v1')
group by subject having count(*) > 1 limit 1
"""


def plant(addresses: Addresses, kind: Plant) -> None:
    """Damage one thing so that it must be counted under this name. Raises Failure where the run has nothing yet to be
    damaged."""
    PLANTS[kind](addresses)


def _sql(addresses: Addresses, service: str, statement: str, *values: object) -> list[asyncpg.Record]:
    async def run() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(addresses.databases[service], timeout=10, command_timeout=30)
        try:
            rows: list[asyncpg.Record] = await connection.fetch(statement, *values)
            return rows
        finally:
            await connection.close()

    rows = asyncio.run(run())
    if not rows:
        raise Failure(f"The run has nothing in {service} yet that could be damaged: let it go on for longer.")
    return rows


def _lose(addresses: Addresses) -> None:
    """An acknowledged registration loses its row."""
    _sql(addresses, "intake", LOST)


def _double(addresses: Addresses) -> None:
    """A completion is recorded a second time."""
    _sql(addresses, "training", DOUBLED)


def _disorder(addresses: Addresses) -> None:
    """Two events of one person change places in an inbox."""
    pair = _sql(addresses, "intake", PAIR)[0]
    _sql(addresses, "employment", DISORDERED, pair["first"], pair["last"])


def _haunt(addresses: Addresses) -> None:
    """A topic gets an event that no ledger has, for somebody who does not exist."""
    settings = KafkaSettings(kafka=addresses.kafka, topic_prefix=addresses.topic_prefix)
    producer = Producer({**client_options(settings), "log_level": 0})
    subject = str(uuid.uuid4())
    attributes = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "type": "reintegration.intake.case-closed.v1",
        "source": "/reintegration/intake",
        "subject": subject,
        "sequence": "1",
        "time": "2026-01-01T00:00:00Z",
        "correlationid": str(uuid.uuid4()),
    }
    headers = {"content-type": b"application/json"} | {f"ce_{name}": each.encode() for name, each in attributes.items()}
    topic = f"{addresses.topic_prefix}intake"
    producer.produce(topic, key=subject.encode(), value=b'{"reason":"other"}', headers=list(headers.items()))
    if producer.flush(30):
        raise Failure("Kafka did not take the ghost.")


PLANTS: Final[Mapping[Plant, Callable[[Addresses], None]]] = {
    "lost": _lose,
    "doubled": _double,
    "disordered": _disorder,
    "ghost": _haunt,
}
COUNTED: Final[Mapping[Plant, str]] = {
    "lost": "lost",
    "doubled": "doubled",
    "disordered": "disordered",
    "ghost": "ghosts",
}
"""The count that must see it."""
