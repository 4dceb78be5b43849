"""What each consumer has seen, and what it could not apply.

The inbox forgets nothing, so that a replay of any age is harmless. Behind a parked event the later events of the same
owner and subject are parked too, until it is repaired or dropped.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.database import Connection
from shared.events.decoding import Record
from shared.work import Work


@dataclass(frozen=True, slots=True)
class Parked:
    """A record set aside: why, in a code and in words that hold nothing of its content, and the record itself."""

    record: Record
    owner: str
    reason: str
    detail: str
    id: str | None = None
    subject: str | None = None
    sequence: int | None = None
    type: str | None = None
    last_offset: int | None = None
    """Where a whole batch is set aside: the offset of its last record."""


BEHIND = "behind-parked"
"""The reason of an event that merely waits behind a parked one."""

# The subjects are locked by the statement that writes the ids down, to spare a round trip, and after it: that they
# look at `claimed` puts them behind it.
CLAIM = """
with claimed as (
    insert into inbox (consumer, id, batch, place)
    select $1, new.id, (select nextval('inbox_batch')), new.place from unnest($2::uuid[], $3::int[]) as new (id, place)
    on conflict do nothing
    returning place
), held as (
    select subject, sequence, parked from subject
    where subject = any($4::uuid[]) and (select count(*) from claimed) >= 0 order by subject for update
), made as (
    insert into subject (subject) select unnest($4::uuid[]) where (select count(*) from held) >= 0
    on conflict do nothing returning subject, sequence, parked
)
select null::int as place, subject::text, sequence, parked from held
union all select null, subject::text, sequence, parked from made
union all select place, null, null, null from claimed
"""

PARK = """
with told as (
    update subject set parked = true where subject = any($7::uuid[]) and not parked
)
insert into parked (consumer, owner, reason, detail, id, subject, sequence, type, topic, partition, "offset", digest,
                    key, headers, value, last_offset, parked_at)
select $1, owner, reason, detail, id, subject, sequence, type, topic, partition, "offset", digest, key,
       headers::jsonb, value, last_offset, $2
from unnest($3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::bigint[], $9::text[], $10::text[],
            $11::int[], $12::bigint[], $13::bytea[], $14::bytea[], $15::text[], $16::bytea[],
            $17::bigint[])
    as new (owner, reason, detail, id, subject, sequence, type, topic, partition, "offset", digest, key, headers, value,
            last_offset)
on conflict do nothing
"""

BLOCKED = """
select owner, subject::text from parked
where consumer = $1 and state = 'waiting' and subject = any($2::uuid[])
"""


KNOWN = """
select topic, partition, "offset", digest from parked
where consumer = $1
  and (topic, partition, "offset", digest) in (select * from unnest($2::text[], $3::int[], $4::bigint[], $5::bytea[]))
"""


async def claim(work: Work, consumer: str, ids: Sequence[str], subjects: Collection[str]) -> set[int]:
    """Write these event ids down and lock their subjects; returns the places (indexes in `ids`) of those not seen
    before.

    Sorted by id, so that two holders of the same events wait for each other instead of locking each other out.
    """
    places = sorted(range(len(ids)), key=lambda place: (ids[place], place))
    wanted = sorted(set(subjects))
    rows = await work.connection.fetch(CLAIM, consumer, [ids[place] for place in places], places, wanted)
    work.hold([row[1:] for row in rows if row[0] is None])
    await work.lock(wanted)
    return {row[0] for row in rows if row[0] is not None}


async def blocked(connection: Connection, consumer: str, subjects: Sequence[str]) -> set[tuple[str, str]]:
    """Which (owner, subject) wait behind a parked event, of subjects that are locked and say that something may be
    parked (`Work.parked`): before the lock, another holder could park one in between."""
    if not subjects:
        return set()
    rows = await connection.fetch(BLOCKED, consumer, subjects)
    return {(row[0], row[1]) for row in rows}


Place = tuple[str, int, int, bytes]
"""Where a record stood, and the digest of what stood there: a topic that was lost and filled again counts anew."""


def place_of(record: Record) -> Place:
    return record.topic, record.partition, record.offset, record.digest()


async def known_places(connection: Connection, consumer: str, places: Sequence[Place]) -> set[Place]:
    """Which of these were set aside before, whatever became of them since."""
    if not places:
        return set()
    rows = await connection.fetch(KNOWN, consumer, *[list(column) for column in zip(*places, strict=True)])
    return {tuple(row) for row in rows}


async def park(connection: Connection, consumer: str, parked: Sequence[Parked], now: datetime) -> None:
    """Set these records aside, once each."""
    columns = zip(
        *[
            (
                p.owner,
                p.reason,
                p.detail,
                p.id,
                p.subject,
                p.sequence,
                p.type,
                p.record.topic,
                p.record.partition,
                p.record.offset,
                p.record.digest(),
                p.record.key,
                p.record.headers_json(),
                p.record.value,
                p.last_offset,
            )
            for p in parked
        ],
        strict=True,
    )
    await connection.execute(PARK, consumer, now, *[list(column) for column in columns])
