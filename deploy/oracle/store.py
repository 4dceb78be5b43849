"""Everything that was read, in one SQLite file for the time of a run, so that memory stays flat whatever the volume.

Ids are 16 bytes, and names (of services, types, topics, consumers) are numbers. Plain tables first, filled while
reading; then `prepare` adds what the checks join by.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

TABLES = """
create table ledger (service int, position int, id blob, type int, topic int, subject blob, sequence int,
                     attributes blob, data blob, unsent int, effect blob, message blob);
create table record (topic int, partition int, offset int, id blob, type int, subject blob, sequence int,
                     attributes blob, data blob, newer int);
create table seen (service int, consumer int, id blob, batch int, place int, old int);
create table parked (service int, consumer int, id blob, topic int, partition int, offset int, state text,
                     last int);
create table consumes (type int, service int, primary key (type, service)) without rowid;
create table committed (service int, topic int, partition int, offset int,
                        primary key (service, topic, partition)) without rowid;
"""

PREPARED = """
create index ledger_id on ledger (id);
create index ledger_subject on ledger (subject, service);
create index record_id on record (id, topic, partition, offset);
create index seen_id on seen (id, service, consumer);
create index parked_id on parked (id);
create index parked_place on parked (topic, partition, offset);

-- Each event once, also where a ledger holds its id twice: that has a name of its own and shall not raise others.
create table copy as select rowid as entry from ledger as later
    where exists (select 1 from ledger where ledger.id = later.id and ledger.rowid < later.rowid);
create view event as select * from ledger where rowid not in (select entry from copy);

-- Where each event stands in its topic for the first time.
create table arrived as
    select event.id, event.service, event.subject, event.sequence, event.type, event.topic, record.partition,
           min(record.offset) as offset
    from event join record on record.id = event.id and record.topic = event.topic
    group by event.id;

-- What a release saw that noted no times: how far it came, and which types it knew. A type that a later one handles as
-- well was passed over rightly until then.
create table reached as
    select seen.service, arrived.topic, arrived.partition, max(arrived.offset) as offset
    from seen join arrived on arrived.id = seen.id where seen.old and seen.consumer = seen.service
    group by seen.service, arrived.topic, arrived.partition;
create table knew as
    select distinct seen.service, event.type from seen join event on event.id = seen.id
    where seen.old and seen.consumer = seen.service;

-- What a service consumes and has neither seen nor parked; `passed` where its group went on beyond it.
create view missing as
    select consumes.service as consumer, arrived.*,
           coalesce(committed.offset > arrived.offset, 0) as passed
    from arrived cross join consumes on consumes.type = arrived.type
    left join committed on committed.service = consumes.service and committed.topic = arrived.topic
        and committed.partition = arrived.partition
    where not exists (select 1 from seen where seen.id = arrived.id and seen.service = consumes.service
                      and seen.consumer = consumes.service)
      and not exists (select 1 from parked where parked.service = consumes.service
                      and parked.consumer = consumes.service
                      and (parked.id = arrived.id or (parked.topic = arrived.topic
                           and parked.partition = arrived.partition
                           and arrived.offset between parked.offset and parked.last)))
      and (exists (select 1 from knew where knew.service = consumes.service and knew.type = arrived.type)
           or not exists (select 1 from reached where reached.service = consumes.service
                          and reached.topic = arrived.topic and reached.partition = arrived.partition
                          and reached.offset > arrived.offset));
"""

NAMES = frozenset({"service", "consumer", "owner", "type", "topic"})
IDS = frozenset({"id", "subject", "parked"})


class Store:
    """The tables above. Without a path they stay in memory, for tests."""

    def __init__(self, path: Path | None = None) -> None:
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        # Thrown away after the run, whatever happens, so nothing need survive a crash.
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -65536", "locking_mode = exclusive"):
            self._connection.execute(f"pragma {pragma}")
        self._connection.executescript(TABLES)
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number that stands for a name."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._names)
            self._names.append(name)
        return number

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows, their values in the order of the table's columns."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.execute("begin")
            self._connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608
            self._connection.execute("commit")

    def prepare(self) -> None:
        """To be called once, after all is read and before anything is asked."""
        self._connection.executescript(PREPARED)

    def ask(self, question: str) -> Iterator[dict[str, str | int]]:
        """The rows of a query, names and ids in words; columns that are null are left out."""
        cursor = self._connection.execute(question)
        columns = [each[0] for each in cursor.description]
        for row in cursor:
            yield {column: self._word(column, value) for column, value in self._present(columns, row)}

    def count(self, question: str) -> int:
        """The one number that a query gives; no row or null is 0."""
        row = self._connection.execute(question).fetchone()
        return int(row[0] or 0) if row else 0

    def counts(self, question: str) -> dict[str, int]:
        """The numbers that a query of (name, number) gives."""
        rows = self._connection.execute(question).fetchall()
        return dict(sorted((self._names[name], number) for name, number in rows))

    @staticmethod
    def _present(columns: Iterable[str], row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        return ((column, value) for column, value in zip(columns, row, strict=True) if value is not None)

    def _word(self, column: str, value: Any) -> str | int:
        if column in NAMES:
            return self._names[int(value)]
        if column in IDS:
            return str(UUID(bytes=value))
        return value if isinstance(value, int) else str(value)

    def interrupt(self) -> None:
        """End the query that another thread runs."""
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()
