"""A journey as the services' logs tell it: what is left where databases are out of reach, or belong to somebody else.

A line "recorded" is a command's fact. A line "applied" says who applied an event and which events followed from it;
what such an event was is known once somebody applies it in turn. Logs hold no data of events: no details are shown.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from deploy.logs import Line
from deploy.terminal import Failure

TOLD: Final = ("recorded", "applied", "timer fired", "parked")


def read(lines: Iterable[Line], number: str) -> dict[str, Any]:
    """The journey of a person, a case or a correlation, in the shape of `deploy.journeys.read`. Raises Failure where no
    line tells of it."""
    events: dict[str, dict[str, Any]] = {}
    parked: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        said = line.said
        if said.get("event") in TOLD and number in (said.get("person"), said.get("case"), said.get("correlation")):
            _take(events, parked, line)
    if not events and not parked:
        raise Failure(f"No line of these logs tells of a person, a case or a correlation with the id {number}.")
    people = sorted({each["person"] for each in events.values() if each["person"]})
    story = sorted(events.values(), key=lambda event: event["time"])
    waiting = [each for (service, id), each in parked.items() if service not in _applied(events, id)]
    known = {"person": ", ".join(people) or number, "events": story, "parked": waiting}
    return known | {"timers": [], "dropped": [], "away": []}


def _applied(events: Mapping[str, Any], id: str) -> Mapping[str, Any]:
    applied: Mapping[str, Any] = events[id]["applied_by"] if id in events else {}
    return applied


def _take(events: dict[str, dict[str, Any]], parked: dict[tuple[str, str], dict[str, Any]], line: Line) -> None:
    said, service = line.said, line.service
    if said["event"] == "parked":
        id = said.get("event_id") or f"{said.get('topic')}/{said.get('partition')}/{said.get('offset')}"
        names = ("type", "reason", "detail")
        parked[service, id] = {"service": service, "id": id, "parked_at": line.time, **{n: said.get(n) for n in names}}
        return
    own = said.get("event_id")
    if own is not None:
        event = _event(events, own, line)
        _, owner, fact = str(said["type"]).split(".")[:3]
        event |= {"owner": owner, "fact": fact, "person": said.get("person"), "case": said.get("case")}
        if said["event"] == "applied":
            event["applied_by"].setdefault(service, line.time)
        else:
            event["time"] = line.time
    for follower in said.get("emitted") or ():
        event = _event(events, follower, line)
        event |= {"owner": service, "causation": own, "time": line.time}


def _event(events: dict[str, dict[str, Any]], id: str, line: Line) -> dict[str, Any]:
    """The event of this id as far as it is known yet."""
    made: dict[str, Any] = {
        "id": id,
        "owner": line.service,
        "fact": "(not applied by anybody)",
        "time": line.time,
        "person": line.said.get("person"),
        "case": line.said.get("case"),
        "correlation": line.said.get("correlation") or "",
        "causation": None,
        "data": {},
        "unsent": False,
        "applied_by": {},
    }
    return events.setdefault(id, made)
