"""What a transaction of events did, and the log lines that tell it after the commit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.events.decoding import UUID
from shared.events.envelope import Event
from shared.inbox import Parked
from shared.telemetry import service_name
from shared.work import Work


@dataclass(slots=True)
class Outcome:
    """`applied`: events with the ids of what followed; `records` were looked at, `repeated` of them seen before."""

    applied: list[tuple[Event, list[str]]] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    records: int = 0
    repeated: int = 0

    def lines(self, time: str, ms: float) -> list[dict[str, Any]]:
        """One line an event. Of a parked one size and digest, no bytes: what fails its contract may hold anything."""
        service = service_name()
        lines: list[dict[str, Any]] = [
            {
                "time": time,
                "level": "info",
                "service": service,
                "event": "applied",
                "type": event.type,
                "person": event.subject,
                "case": event.caseid,
                "event_id": event.id,
                "correlation": event.correlationid,
                "emitted": emitted,
                "ms": ms,
            }
            for event, emitted in self.applied
        ]
        for parked in self.parked:
            lines.append(
                {
                    "time": time,
                    "level": "warning",
                    "service": service,
                    "event": "parked",
                    "reason": parked.reason,
                    "detail": parked.detail,
                    "type": parked.type,
                    "person": parked.subject,
                    "case": _id_in(parked, "ce_caseid"),
                    "event_id": parked.id,
                    "correlation": _id_in(parked, "ce_correlationid"),
                    "topic": parked.record.topic,
                    "partition": parked.record.partition,
                    "offset": parked.record.offset,
                    "bytes": len(parked.record.value or b""),
                    "digest": parked.record.digest().hex()[:16],
                }
            )
        return lines


def _id_in(parked: Parked, header: str) -> str | None:
    """The id in a header of a record that was set aside; None where what stands there is none: it may be anything."""
    value = dict(parked.record.headers).get(header)
    text = value.decode(errors="replace") if value is not None else ""
    return text if UUID.fullmatch(text) else None


def recorded_lines(work: Work, ms: float) -> Iterator[dict[str, Any]]:
    """A command's log lines: one for each event it recorded."""
    recorded, time, service = work.recorded, work.working.now.isoformat(), service_name()
    for i, identity in enumerate(recorded.ids):
        yield {
            "time": time,
            "level": "info",
            "service": service,
            "event": "recorded",
            "type": recorded.types[i],
            "person": recorded.subjects[i],
            "case": recorded.caseids[i],
            "event_id": identity,
            "correlation": recorded.correlationids[i],
            "ms": round(ms, 1),
        }
