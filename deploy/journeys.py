"""A journey as the services' databases hold it: works while services or Kafka are away.

Plain SQL on the tables of the core: the ledger of each service says what happened and when, its inbox what it has
applied and when, `unsent`, `parked` and `timer` what waits and why, `dropped_elsewhere` what others gave up. Events
that were applied before inboxes knew the time have none.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg

from deploy import tracing
from deploy.terminal import Failure

SECONDS: Final = 10
MOST: Final = 5_000
"""Events that are shown of each service."""
EVENTS: Final = """
select position, id::text, type, time, caseid::text, correlationid::text, causationid::text, data, subject::text,
       exists (select from unsent where unsent.position = ledger.position) as unsent
from ledger where {column} = $1::uuid order by position limit $2
"""
SEEN: Final = "select id::text, seen_at from inbox where consumer = $2 and id = any($1::uuid[])"
PARKED: Final = """
select number, id::text, type, reason, detail, parked_at, subject::text from parked
where state = 'waiting' and (subject = any($1::uuid[]) or id = any($2::uuid[])) order by number
"""

TIMERS: Final = """
select name, subject::text as person, due_at, attempts, correlationid::text as correlation from timer
where subject = any($1::uuid[]) order by due_at, number
"""
DROPPED: Final = """
select consumer, event::text, type, code, dropped_at from dropped_elsewhere
where subject = any($1::uuid[]) order by told
"""


def read(databases: Mapping[str, str], number: str) -> dict[str, Any]:
    """The journey of a person, a case or a correlation: its events by time, each with who has applied it and when, what
    is `parked`, which `timers` are set, what others `dropped`, and which databases are `away`. Raises Failure where
    nobody knows the id."""
    return asyncio.run(_read(databases, number))


async def _read(databases: Mapping[str, str], number: str) -> dict[str, Any]:
    connections, away = {}, []
    try:
        for name, url in databases.items():
            try:
                connections[name] = await asyncpg.connect(url, timeout=SECONDS, command_timeout=SECONDS)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                away.append(name)
        for column in ("subject", "caseid", "correlationid"):
            sql = EVENTS.format(column=column)
            rows = {name: await each.fetch(sql, number, MOST) for name, each in connections.items()}
            if any(rows.values()):
                break
        if column == "caseid":  # what has no case of its own, as skills that were recognised, belongs to the story too
            people = {row["subject"] for found in rows.values() for row in found}
            rows = {name: [] for name in connections}
            for who in people:
                for name, each in connections.items():
                    found = await each.fetch(EVENTS.format(column="subject"), who, MOST)
                    rows[name] += [row for row in found if row["caseid"] in (None, number)]
        events = [_event(name, row) for name, found in rows.items() for row in found] if connections else []
        events.sort(key=lambda event: event["time"])
        subjects, ids = sorted({event["person"] for event in events}) or [number], [event["id"] for event in events]
        parked, timers, dropped = [], [], []
        for name, each in connections.items():
            seen = {row[0]: row[1] for row in await each.fetch(SEEN, ids, name)}
            stopped = await each.fetch(PARKED, subjects, ids)
            held = {row["id"] for row in stopped}  # what is parked is in the inbox as well
            parked += [{"service": name, **row, "parked_at": row["parked_at"].isoformat()} for row in stopped]
            timers += [{"service": name, **_in_words(row)} for row in await each.fetch(TIMERS, subjects)]
            dropped += [{"service": name, **_in_words(row)} for row in await each.fetch(DROPPED, subjects)]
            for event in events:
                if event["id"] in seen and event["id"] not in held:
                    at = seen[event["id"]]
                    event["applied_by"][name] = at.isoformat() if at is not None else None
    finally:
        for each in connections.values():
            each.terminate()
    if not events and not parked:
        where = f" The databases of {', '.join(away)} cannot be reached." if away else ""
        raise Failure(f"There is no person, no case and no correlation with the id {number}.{where}")
    known = {"person": ", ".join(subjects), "events": events, "parked": parked}
    return known | {"timers": sorted(timers, key=lambda timer: timer["due_at"]), "dropped": dropped, "away": away}


def _in_words(row: Any) -> dict[str, Any]:
    """A row as JSON has it."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _event(owner: str, row: Any) -> dict[str, Any]:
    fact = row["type"].split(".")[-2]
    return {
        "id": row["id"],
        "owner": owner,
        "fact": fact,
        "time": row["time"].isoformat(),
        "person": row["subject"],
        "case": row["caseid"],
        "correlation": row["correlationid"],
        "causation": row["causationid"],
        "data": json.loads(row["data"]),
        "unsent": row["unsent"],
        "applied_by": {},
    }


def as_text(found: dict[str, Any]) -> str:
    """The journey in lines, each event with who has applied it; then what waits, and why."""
    story = []
    for event, step in zip(found["events"], tracing.steps(found["events"]), strict=True):
        reached = [_reached(step.time, name, at) for name, at in event["applied_by"].items()]
        applied = f" -> {', '.join(reached)}" if reached else ""
        story.append(step._replace(text=f"{step.text}{applied}{' (not sent yet)' if event['unsent'] else ''}"))
    lines = [tracing.as_text(found["person"], story)]
    for each in found["parked"]:
        kind = each["type"] or "a record"
        lines.append(
            f"parked in {each['service']} since {each['parked_at']}: {kind}: {each['reason']}: {each['detail']}"
        )
    for timer in found["timers"]:
        tries = f", tried {timer['attempts']} times" if timer["attempts"] else ""
        lines.append(f"timer in {timer['service']}: {timer['name']}, due at {timer['due_at']}{tries}")
    for each in found["dropped"]:
        what = f"{each['type'] or 'a record'} {each['event'] or ''}".rstrip()
        lines.append(f"dropped by {each['consumer']} at {each['dropped_at']} as {each['code']}: {what}")
    lines += [f"the database of {name} cannot be reached: what it knows is missing here" for name in found["away"]]
    return "\n".join(lines)


def _reached(recorded: datetime, name: str, at: str | None) -> str:
    """Who applied an event, and how long after it was recorded its transaction began, by the clocks of both."""
    if at is None:
        return name
    return f"{name} {tracing.wait(max(datetime.fromisoformat(at) - recorded, timedelta()))}"
