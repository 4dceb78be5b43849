"""The case plan over HTTP: the counsellor sets goals, the returnee agrees, the lead alone decides."""

from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from shared.local_time import day
from shared.service import Running
from shared.work import utc_now
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered

pytestmark = pytest.mark.usefixtures("offered")


def goal(text: str = "A stall of her own at the market", **changed: Any) -> dict[str, Any]:
    due = (day(utc_now()) + timedelta(days=90)).isoformat()
    return {"area": "income", "text": text, "due_on": due, "services": ["course"], **changed}


async def plan_of(asker: Any, case: str) -> dict[str, Any]:
    answer = await asker.get(f"/cases/{case}/case-plan")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_from_the_first_goal_to_the_approval(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor, return_date="")
    before = await plan_of(office.counsellor, case)
    assert (before["state"], before["allowed"], before["goals"]) == ("none", ["draft"], [])
    nothing = await office.counsellor.post(f"/cases/{case}/case-plan/agreement", {"given": "signed"})
    assert (nothing.status_code, nothing.json()["type"]) == (409, "urn:reintegration:problem:no-goals")

    body = {"goals": [goal(), goal("ខ្ញុំចង់សងបំណុល", area="Debt", services=[])]}
    added = await office.counsellor.post(f"/cases/{case}/goals", body)
    assert (added.status_code, added.json()["status"]) == (200, "draft"), added.text
    shown = await plan_of(office.lead, case)
    assert {(each["area"], each["text"]) for each in shown["goals"]} == {
        ("income", "A stall of her own at the market"),
        ("debt", "ខ្ញុំចង់សងបំណុល"),
    }
    assert shown["approve_by"] == before["approve_by"]
    early = await office.lead.post(f"/cases/{case}/case-plan/decision", {"decision": "approve"})
    assert (early.status_code, early.json()["allowed"]) == (409, ["agreed"])

    assert (await office.counsellor.post(f"/cases/{case}/case-plan/agreement", {"given": "Signed"})).status_code == 200
    by_herself = await office.counsellor.post(f"/cases/{case}/case-plan/decision", {"decision": "approve"})
    assert by_herself.status_code == 403
    unsaid = await office.lead.post(f"/cases/{case}/case-plan/decision", {"decision": "return"})
    assert unsaid.status_code == 422
    back = {"decision": "return", "reason": "goals-unclear"}
    assert (await office.lead.post(f"/cases/{case}/case-plan/decision", back)).json()["status"] == "returned"
    assert (await plan_of(office.counsellor, case))["reason"] == "goals-unclear"
    assert (await office.counsellor.post(f"/cases/{case}/case-plan/agreement", {"given": "spoken"})).status_code == 200
    approved = await office.lead.post(f"/cases/{case}/case-plan/decision", {"decision": "approve"})
    assert approved.json()["status"] == "approved"

    number = added.json()["ids"]["goal-1"]
    reached = await office.counsellor.post(f"/cases/{case}/goals/{number}/state", {"state": "reached"})
    assert reached.status_code == 200
    again = await office.counsellor.post(f"/cases/{case}/goals/{number}/state", {"state": "dropped"})
    assert (again.status_code, again.json().get("allowed")) == (409, None)  # nothing follows any more
    assert (await plan_of(office.counsellor, case))["state"] == "approved"
    await office.counsellor.post(f"/cases/{case}/goals", {"goals": [goal("More")]})
    now = await plan_of(office.counsellor, case)
    assert (now["state"], now["revision"]) == ("draft", 2)

    rows = await intake.database.fetch("select type, data from ledger where type like '%case-plan%' order by position")
    assert [(row[0].split(".")[2], orjson.loads(row[1])) for row in rows] == [
        ("case-plan-agreed", {"revision": 1, "goals": 2, "given": "signed"}),
        ("case-plan-decided", {"revision": 1, "decision": "returned", "reason": "goals-unclear"}),
        ("case-plan-agreed", {"revision": 1, "goals": 2, "given": "spoken"}),
        ("case-plan-decided", {"revision": 1, "decision": "approved", "reason": None}),
    ]
    for table in ("goal", "case_plan", "ledger", "command"):
        kept = await intake.database.fetch(f"select to_jsonb({table})::text from {table}")
        assert not [row for row in kept if "stall" in row[0] or "សងបំណុល" in row[0]], table


async def test_another_centre_has_no_part_in_it(office: Office) -> None:
    _, case = await registered(office.counsellor)
    added = await office.counsellor.post(f"/cases/{case}/goals", {"goals": [goal()]})
    number = added.json()["ids"]["goal-1"]
    assert (await office.elsewhere.get(f"/cases/{case}/case-plan")).status_code == 404
    for path, body in (
        ("goals", {"goals": [goal()]}),
        (f"goals/{number}/state", {"state": "reached"}),
        ("case-plan/agreement", {"given": "signed"}),
    ):
        assert (await office.elsewhere.post(f"/cases/{case}/{path}", body)).status_code == 404
        assert (await office.operator.post(f"/cases/{case}/{path}", body)).status_code == 403
    _, other = await registered(office.counsellor, form_no="PS-0002")
    assert (
        await office.counsellor.post(f"/cases/{other}/goals/{number}/state", {"state": "reached"})
    ).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "shoes"},
        {"text": ""},
        {"text": "x" * 1_001},
        {"due_on": "2026-02-30"},
        {"due_on": str(date(2020, 1, 1))},
        {"services": ["magic"]},
        {"extra": 1},
    ],
)
async def test_bad_goals_are_told_and_none_is_kept(office: Office, wrong: dict[str, Any]) -> None:
    _, case = await registered(office.counsellor)
    answer = await office.counsellor.post(f"/cases/{case}/goals", {"goals": [goal(), goal(**wrong)]})
    assert answer.status_code == 422, answer.text
    assert (await plan_of(office.counsellor, case))["goals"] == []
