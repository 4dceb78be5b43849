"""Aggregates: how a kind of thing is kept in a table, loaded under its lock, and written back, a batch at a time.

A service declares each kind once, beside its table. From that the core derives three statements over arrays: rows
missing are inserted, rows are locked and read in order of key, changed rows are written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from shared.database import Connection, Unkeepable
from shared.events.envelope import NewEvent
from shared.local_time import day

A = TypeVar("A", bound=tuple[Any, ...])

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


class Missing(LookupError):
    """An aggregate that a rule needs is not there."""


@dataclass(frozen=True, eq=False)
class Kind(Generic[A]):
    """A kind of aggregate: a NamedTuple whose fields are the columns of `table`, the first one its key.

    (A named tuple is immutable as an aggregate must be, and is made, copied and turned into columns several times
    faster than a frozen dataclass.)
    `created`: a row is inserted for whoever is first heard of, so that it can be locked; every other column then needs
    a default. Otherwise an absent row is simply absent.
    `minted`: a decision may bring rows with keys of its own making, which nobody else can hold yet.
    Columns are scalars or `jsonb`; a `jsonb` field is a tuple (of strings, or of tuples) or a dict in Python.
    """

    type: type[A]
    table: Table
    created: bool = False
    minted: bool = False
    columns: tuple[str, ...] = field(init=False)
    _types: tuple[str, ...] = field(init=False)
    select: str = field(init=False)
    _save: str = field(init=False)

    def __post_init__(self) -> None:
        shape: Any = self.type
        names: tuple[str, ...] = shape._fields
        table = self.table.name
        if set(names) != {column.name for column in self.table.columns}:
            raise TypeError(f"{self.type.__name__} and table {table} have other columns")
        types = tuple(self.table.c[name].type.compile(DIALECT).lower() for name in names)
        key, key_type = names[0], types[0]
        arrays = ", ".join(f"${i}::{'text' if t == 'jsonb' else t}[]" for i, t in enumerate(types, 1))
        read = ", ".join(f"{n}::text" if t in ("uuid", "jsonb") else n for n, t in zip(names, types, strict=True))
        cast = ", ".join(f"{n}::jsonb" if t == "jsonb" else n for n, t in zip(names, types, strict=True))
        select = f"select {read} from {table} where {key} = any($1::{key_type}[]) order by {key} for update"
        if self.created:
            select = (
                f"with held as ({select}), made as (insert into {table} ({key}) select unnest($1::{key_type}[]) "
                f"on conflict do nothing returning {read}) select * from held union all select * from made"
            )
        new = f"(select {cast} from unnest({arrays}) as given ({', '.join(names)}))"
        # Rows that a decision may bring are inserted or updated; those that are held are there, and only updated.
        upsert = (
            f"insert into {table} ({', '.join(names)}) {new} "
            f"on conflict ({key}) do update set {', '.join(f'{n} = excluded.{n}' for n in names[1:])}"
        )
        change = (
            f"update {table} set {', '.join(f'{n} = new.{n}' for n in names[1:])} "
            f"from {new} as new ({', '.join(names)}) where {table}.{key} = new.{key}"
        )
        for name, value in (
            ("columns", names),
            ("_types", types),
            ("select", select),
            ("_save", upsert if self.minted else change),
        ):
            object.__setattr__(self, name, value)

    def __call__(self, key: str) -> "Key":
        return (self, key)

    async def load(self, connection: Connection, keys: Sequence[str]) -> dict[str, A]:
        """Lock and read the rows of these sorted keys, inserting the missing ones where the kind says so."""
        held: dict[str, A] = {}
        wanted = keys
        while wanted:
            held.update(self._made(await connection.fetch(self.select, wanted)))
            if not self.created:
                break
            # Those that another transaction made meanwhile are neither seen nor made by the statement.
            wanted = [key for key in wanted if key not in held]
        return held

    def _made(self, rows: Sequence[Any]) -> dict[str, A]:
        documents = [i for i, t in enumerate(self._types) if t == "jsonb"]
        shape: Any = self.type
        make = shape._make
        if not documents:
            return {row[0]: make(row) for row in rows}
        made = {}
        for row in rows:
            values = list(row)
            for i in documents:
                if values[i] is not None:
                    values[i] = _frozen(orjson.loads(values[i]))
            made[values[0]] = make(values)
        return made

    def written(self, aggregates: Sequence[A]) -> tuple[str, list[Any]]:
        """The statement that writes these aggregates, and its parameters. Raises Unkeepable for a document that JSON
        cannot hold."""
        try:
            arrays = [
                [None if value is None else orjson.dumps(value).decode() for value in column]
                if t == "jsonb"
                else column
                for t, column in zip(self._types, zip(*aggregates, strict=True), strict=True)
            ]
        except orjson.JSONEncodeError:
            raise Unkeepable(f"a {self.type.__name__.lower()} holds what JSON cannot") from None
        return self._save, arrays


Key = tuple[Kind[Any], str]


def _frozen(value: Any) -> Any:
    """A JSON list as a tuple, so that an aggregate is immutable and hashable throughout."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


class NewTimer(NamedTuple):
    """Something to do later, once: the handler's name, for which subject, when, and what it needs to know."""

    name: str
    subject: str
    due_at: datetime
    data: Mapping[str, Any] = MappingProxyType({})
    caseid: str | None = None


class Timer(NamedTuple):
    """A timer that is due. `data` holds ids and codes only."""

    number: int
    name: str
    subject: str
    due_at: datetime
    caseid: str | None
    correlationid: str
    causationid: str | None
    traceparent: str | None
    attempts: int
    data: Mapping[str, Any]


class Decision(NamedTuple):
    """What a rule decided: new versions of aggregates, facts to record, timers to set or to take back.

    `cancelled` names (name of timer, subject) pairs; every such timer is taken back before new ones are set.
    """

    changes: Sequence[Any] = ()
    events: Sequence[NewEvent] = ()
    timers: Sequence[NewTimer] = ()
    cancelled: Sequence[tuple[str, str]] = ()

    def and_then(self, other: "Decision") -> "Decision":
        """Both decisions, this one first."""
        return Decision(
            (*self.changes, *other.changes),
            (*self.events, *other.events),
            (*self.timers, *other.timers),
            (*self.cancelled, *other.cancelled),
        )


NOTHING = Decision()


class Working:
    """The aggregates that a transaction holds under lock, as its decisions so far have left them.

    `facts` holds what was looked up beside them, unlocked; `now` is the transaction's one time, in UTC.
    """

    __slots__ = ("_held", "facts", "now")

    def __init__(self, now: datetime) -> None:
        self._held: dict[Kind[Any], dict[str, Any]] = {}
        self.facts: dict[str, Any] = {}
        self.now = now

    @property
    def today(self) -> date:
        """The day it is in Cambodia."""
        return day(self.now)

    def find(self, kind: Kind[A], key: str) -> A | None:
        """The aggregate, or None where there is no row of that key."""
        held = self._held.get(kind)
        return None if held is None else held.get(key)

    def get(self, kind: Kind[A], key: str) -> A:
        """The aggregate. Raises Missing where there is no row of that key."""
        found = self.find(kind, key)
        if found is None:
            raise Missing(f"there is no {kind.type.__name__.lower()} with this key")
        return found

    def every(self, kind: Kind[A]) -> Iterable[A]:
        """All aggregates of a kind that the transaction holds."""
        return self._held.get(kind, {}).values()
