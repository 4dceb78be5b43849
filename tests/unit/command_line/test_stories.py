"""A journey is told by logs alone: who recorded, who applied and when, what followed, what is parked."""

import json
import uuid

import pytest

from deploy import journeys, stories
from deploy.logs import merged, parse
from deploy.terminal import Failure

PERSON, CASE, CORRELATION, REQUESTED, REFUSED, LATER = (str(uuid.UUID(int=n + 1)) for n in range(6))


def said(second: int, service: str, event: str, **more: object) -> str:
    head = {"time": f"2026-11-27T01:00:0{second}+00:00", "level": "info", "service": service, "event": event}
    return json.dumps({**head, "person": PERSON, "case": CASE, "correlation": CORRELATION, **more})


INTAKE = [
    said(0, "intake", "recorded", type="reintegration.intake.referral-requested.v1", event_id=REQUESTED),
    said(5, "intake", "applied", type="reintegration.training.seat-refused.v1", event_id=REFUSED, emitted=[LATER]),
]
TRAINING = [
    said(
        2,
        "training",
        "applied",
        type="reintegration.intake.referral-requested.v1",
        event_id=REQUESTED,
        emitted=[REFUSED],
    ),
    said(3, "training", "ready", person=None, case=None, correlation=None),
]
EMPLOYMENT = [
    said(3, "employment", "parked", type="reintegration.intake.referral-requested.v1", event_id=REQUESTED,
         reason="rule-failed", detail="KeyError"),
]  # fmt: skip


@pytest.mark.parametrize("number", [PERSON, CASE, CORRELATION])
def test_lines_of_all_services_make_one_journey(number: str) -> None:
    logs = {"intake": INTAKE, "training": TRAINING, "employment": EMPLOYMENT}
    found = stories.read(merged(parse(lines, name) for name, lines in logs.items()), number)
    assert [(each["id"], each["owner"], each["fact"], each["causation"]) for each in found["events"]] == [
        (REQUESTED, "intake", "referral-requested", None),
        (REFUSED, "training", "seat-refused", REQUESTED),
        (LATER, "intake", "(not applied by anybody)", REFUSED),
    ]
    text = journeys.as_text(found)
    assert "-> training +2.0 s" in text
    assert "-> intake +3.0 s" in text
    assert "parked in employment since 2026-11-27T01:00:03" in text


def test_nobody_that_the_logs_know_is_a_failure() -> None:
    with pytest.raises(Failure, match="No line of these logs tells"):
        stories.read(parse(INTAKE, "intake"), str(uuid.uuid4()))
