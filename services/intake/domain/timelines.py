"""One person's story across the services: effects after their causes, and otherwise by the time they were recorded."""

import heapq
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple


class Happening(NamedTuple):
    """An event as the timeline shows it; `sequence` counts the owner's events of the person."""

    id: str
    owner: str
    type: str
    sequence: int
    time: datetime
    caseid: str | None
    correlationid: str
    causationid: str | None
    data: Any


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """Each once, after the event that caused it and after the same owner's earlier ones; beyond that by time recorded.

    Clocks of services differ, so an effect may bear an earlier time than its cause; it stands behind it all the same. A
    circle, which no honest service makes, is broken at its earliest event when nothing else is left to tell.
    """
    by_id = {happening.id: happening for happening in happenings}
    places = {id: (h.time, h.owner, h.sequence, id) for id, h in by_id.items()}
    after = _after(by_id)
    waits_for = dict.fromkeys(by_id, 0)
    for followers in after.values():
        for follower in followers:
            waits_for[follower] += 1
    ready = [places[id] for id, count in waits_for.items() if count == 0]
    heapq.heapify(ready)
    order: list[Happening] = []
    while waits_for:
        if not ready:
            ready.append(min(places[id] for id in waits_for))
        id = heapq.heappop(ready)[3]
        if waits_for.pop(id, None) is None:
            continue
        order.append(by_id[id])
        for follower in after.get(id, ()):
            if follower in waits_for:
                waits_for[follower] -= 1
                if waits_for[follower] == 0:
                    heapq.heappush(ready, places[follower])
    return order


def _after(by_id: dict[str, Happening]) -> dict[str, list[str]]:
    """From each event to those that must stand behind it: its effects, and the owner's next event."""
    after: dict[str, list[str]] = {}
    for happening in by_id.values():
        if happening.causationid in by_id and happening.causationid != happening.id:
            after.setdefault(happening.causationid, []).append(happening.id)
    latest: dict[str, str] = {}
    for happening in sorted(by_id.values(), key=lambda h: (h.owner, h.sequence, h.id)):
        if (before := latest.get(happening.owner)) is not None:
            after.setdefault(before, []).append(happening.id)
        latest[happening.owner] = happening.id
    return after
