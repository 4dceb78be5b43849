"""A conflict is found once, ends once, and tells names of fields only."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain import conflicts
from services.intake.domain.conflicts import Conflict
from shared.events.records import ConflictFound, ConflictSettled
from shared.kinds import NOTHING, NewTimer
from shared.rejections import Conflict as Refusal
from shared.rejections import Rejected
from tests.unit.intake.made_up import CASE, NOW, ORIGIN, PERSON

LATER = NOW + conflicts.OPEN_FOR


def conflict(**changed: Any) -> Conflict:
    fields = (
        "phone",
        "household.0190a000-0000-7000-8000-0000000000aa",
        "household.0190a000-0000-7000-8000-0000000000ab",
    )
    made = Conflict(ORIGIN, "person", PERSON, PERSON, None, "sokha", fields, 1, None, NOW, LATER)
    return made._replace(**changed)


def test_it_is_told_without_what_stood_in_it_and_expires_by_a_timer() -> None:
    found = conflicts.open_(conflict())
    assert [event.data for event in found.events] == [
        ConflictFound(conflict=ORIGIN, record="person", fields=("phone", "household"))
    ]
    assert list(found.timers) == [NewTimer(conflicts.EXPIRES, PERSON, LATER, {"conflict": ORIGIN})]
    of_case = conflicts.open_(conflict(sort="case", record=CASE, fields=("debt_usd",)))
    assert [(event.caseid, event.data.model_dump()["fields"]) for event in of_case.events] == [(CASE, ("debt-usd",))]


def test_a_request_belongs_to_nobody_and_is_told_to_nobody() -> None:
    request = conflict(sort="request", person=None, record=None, centre="pursat", fields=())
    found = conflicts.open_(request)
    assert (list(found.events), found.timers[0].subject) == ([], ORIGIN)
    settled = conflicts.resolve(request, {}, "lead", NOW)
    assert list(settled.events) == []
    assert settled.changes[0].state == "resolved"


def test_somebody_decides_on_every_field_and_on_no_other() -> None:
    two = conflict(fields=("phone", "note"))
    settled = conflicts.resolve(two, {"phone": "kept", "note": "submitted"}, "lead", NOW)
    assert (settled.changes[0].state, settled.changes[0].settled_by, settled.changes[0].settled_at) == (
        "resolved",
        "lead",
        NOW,
    )
    assert settled.events[0].data == ConflictSettled(conflict=ORIGIN, record="person", outcome="resolved")
    for choices, reason in (({"phone": "kept"}, "required"), ({}, "required"),
                            ({"phone": "kept", "note": "kept", "sex": "kept"}, "unknown-field")):  # fmt: skip
        with pytest.raises(Rejected, match=reason) as refused:
            conflicts.resolve(two, choices, "lead", NOW)
        assert refused.value.allowed == ("phone", "note")


def test_it_ends_once() -> None:
    open_ = conflict(fields=("phone",))
    (expired,) = conflicts.expire(open_, LATER).changes
    (resolved,) = conflicts.resolve(open_, {"phone": "kept"}, "lead", NOW + timedelta(days=1)).changes
    assert (expired.state, expired.settled_by, resolved.state) == ("expired", None, "resolved")
    for ended in (expired, resolved):
        assert conflicts.expire(ended, LATER) == NOTHING
        with pytest.raises(Refusal, match="conflict-settled"):
            conflicts.resolve(ended, {"phone": "kept"}, "lead", LATER)
