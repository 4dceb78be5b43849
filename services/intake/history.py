"""Every change of a person's or a case's fields, with the values before and after: part of the identity store.

The device's time is what its clock said when somebody wrote it down, be it days before it reached us; ours is the
transaction's. A registration from a form is version 1 without a row here: its time is that of its event.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from services.intake import sealed
from services.intake.domain.merging import Change
from shared.database import Connection


class Changed(NamedTuple):
    """What made a record this version. `sort` is person or case, `author` the account; `fields` are (before, after)."""

    record: str
    version: int
    sort: str
    person: str
    author: str
    device_at: datetime | None
    changed_at: datetime
    fields: Change


WRITE: Final = """
insert into change (record, version, sort, person, author, device_at, changed_at, content)
select record, version, sort, person, author, device_at, changed_at, content::jsonb
from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[])
    as new (record, version, sort, person, author, device_at, changed_at, content)
"""


async def write(connection: Connection, changes: Sequence[Changed]) -> None:
    """Note these changes, in one statement."""
    if changes:
        rows = [(*each[:7], sealed.close(dict(each.fields))) for each in changes]
        await connection.execute(WRITE, *map(list, zip(*rows, strict=True)))


NOTE: Final = """
insert into device_time (event, device_at) select * from unnest($1::uuid[], $2::timestamptz[]) on conflict do nothing
"""


async def note_times(connection: Connection, times: Mapping[str, datetime]) -> None:
    """Note when events of ours, by id, were written down by the clock of a device."""
    await connection.execute(NOTE, list(times), list(times.values()))


async def since(connection: Connection, record: str, version: int) -> list[Change]:
    """What changed after this version of a record, the oldest first."""
    rows = await connection.fetch(
        "select content::text from change where record = $1 and version > $2 order by version", record, version
    )
    return [_opened(row[0]) for row in rows]


async def of(connection: Connection, record: str, most: int) -> list[tuple[int, datetime | None, datetime, Change]]:
    """The latest changes of a record, the newest first: version, the device's time, ours, and the fields."""
    rows = await connection.fetch(
        "select version, device_at, changed_at, content::text from change where record = $1 "
        "order by version desc limit $2",
        record,
        most,
    )
    return [(row[0], row[1], row[2], _opened(row[3])) for row in rows]


def _opened(content: str) -> dict[str, tuple[Any, Any]]:
    return {field: (values[0], values[1]) for field, values in sealed.open(content).items()}
