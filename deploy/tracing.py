"""`reintegration trace`: what happened to one person, across services, as a story with its times."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from deploy.client import Actor, RequestRefused
from deploy.terminal import Failure
from shared import reference

TOLD: Final[dict[str, reference.Kind]] = {
    "sector": "sectors",
    "occupation": "occupations",
    "commune": "communes",
    "skills": "skills",
    "kind": "referral-kind",
    "purpose": "consent-purpose",
}
"""Codes that are read more easily by their title, by the field they stand in."""
LEFT_OUT: Final = frozenset(
    {"match", "vacancy", "referral", "plan", "contact", "message", "about", "evidence", "application", "text_version"}
)
"""Fields that hold ids, or nothing that a reader looks for."""
LONGEST: Final = 90


class Step(NamedTuple):
    """An event of the story. `waited`: since its cause, or since the step before where it has none."""

    time: datetime
    waited: timedelta
    owner: str
    fact: str
    text: str
    id: str
    correlation: str
    causation: str | None
    case: str | None
    depth: int


def timeline(actor: Actor, number: str) -> dict[str, Any]:
    """The timeline of the person or case with this id, as intake tells it. Raises Failure where there is none."""
    try:
        known = str(uuid.UUID(number.strip()))
    except ValueError:
        raise Failure("The id of a person or case looks like 0190c0de-0000-7000-8000-000000000000.") from None
    for path in (f"/persons/{known}/timeline", f"/cases/{known}/timeline"):
        try:
            found: dict[str, Any] = actor.get("intake", path)
        except RequestRefused as refused:
            if refused.problem.status != 404:
                raise
        else:
            return found
    raise Failure(f"There is no person and no case with the id {known}.")


def steps(events: Sequence[dict[str, Any]]) -> list[Step]:
    """The events in the order given, each with how long it waited and how deep it stands below its first cause."""
    times: dict[str, datetime] = {}
    depths: dict[str, int] = {}
    told = []
    before: datetime | None = None
    for event in events:
        time = datetime.fromisoformat(event["time"])
        cause = event["causation"]
        since = times.get(cause) or before or time
        depths[event["id"]] = depths[cause] + 1 if cause in depths else 0
        times[event["id"]] = before = time
        told.append(
            Step(
                time,
                max(time - since, timedelta()),
                event["owner"],
                event["fact"],
                details(event["data"]),
                event["id"],
                event["correlation"],
                cause,
                event["case"],
                depths[event["id"]],
            )
        )
    return told


def details(data: dict[str, Any]) -> str:
    """What an event says, in words as far as its codes have any."""
    parts = []
    for name, value in data.items():
        if value in (None, [], "") or name in LEFT_OUT:
            continue
        values = value if isinstance(value, list) else [value]
        words = ", ".join(_word(name, each) for each in values)
        parts.append(words if name in ("code", "kind", "course") else f"{name.replace('_', ' ')} {words}")
    text = "; ".join(parts)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _word(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values())
    return reference.title(TOLD[name], str(value), "en") if name in TOLD else str(value)


def as_text(person: str, story: Sequence[Step], correlations: bool = True) -> str:
    """The story in lines: time, wait, service, fact; effects stand indented below their causes."""
    lines = [f"person {person}"]
    day = ""
    numbers: dict[str, int] = {}
    for step in story:
        if (date := f"{step.time:%Y-%m-%d}") != day:
            lines.append(f"{date} (UTC)")
            day = date
        number = numbers.setdefault(step.correlation, len(numbers) + 1)
        tail = f"  [{number}]" if correlations else ""
        fact = f"{'  ' * step.depth}{step.fact}"
        lines.append(
            f"  {step.time:%H:%M:%S.%f}"[:-3] + f"  {wait(step.waited):>9}  {step.owner:13} {fact:28} {step.text}{tail}"
        )
    if correlations:
        lines.append("correlations, to be looked for in the services' logs:")
        lines += [f"  [{number}] {correlation}" for correlation, number in numbers.items()]
    return "\n".join(line.rstrip() for line in lines)


def wait(waited: timedelta) -> str:
    """A time that passed, as people read it."""
    seconds = waited.total_seconds()
    if seconds < 1:
        return f"+{seconds * 1000:.0f} ms"
    if seconds < 120:
        return f"+{seconds:.1f} s"
    if seconds < 2 * 86_400:
        return f"+{seconds / 3600:.1f} h"
    return f"+{seconds / 86_400:.0f} days"
