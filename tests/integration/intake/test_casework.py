"""Sessions, outreach and legal matters over HTTP: notes stay in the identity store, wrong steps are refused."""

from datetime import timedelta

import orjson
import pytest

from shared.local_time import day
from shared.service import Running
from shared.work import utc_now
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered

pytestmark = pytest.mark.usefixtures("offered")

NOTE = "គំរូ spoke about her brother in Rayong"


async def test_a_session_is_agreed_on_and_held(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor)
    today = day(utc_now())
    later = {"kind": "counselling", "mode": "home", "on": (today + timedelta(days=2)).isoformat()}
    planned = await office.counsellor.post(f"/cases/{case}/sessions", later)
    assert (planned.status_code, planned.json()["status"]) == (200, "planned"), planned.text
    number = planned.json()["ids"]["session"]
    too_soon = await office.counsellor.post(f"/cases/{case}/sessions/{number}/state", {"state": "held"})
    assert too_soon.status_code == 422
    told = {"state": "cancelled"}
    assert (await office.counsellor.post(f"/cases/{case}/sessions/{number}/state", told)).status_code == 200
    again = await office.counsellor.post(f"/cases/{case}/sessions/{number}/state", told)
    assert (again.status_code, again.json().get("allowed")) == (409, None)  # nothing follows any more
    held = {"kind": "psychosocial", "mode": "centre", "on": today.isoformat(), "state": "held", "note": NOTE}
    assert (await office.counsellor.post(f"/cases/{case}/sessions", held)).json()["status"] == "held"
    shown = (await office.lead.get(f"/cases/{case}/sessions")).json()
    assert [(each["state"], each["note"]) for each in shown] == [("held", NOTE), ("cancelled", None)]
    rows = await intake.database.fetch("select data from ledger where type = 'reintegration.intake.session-held.v1'")
    assert [set(orjson.loads(row[0])) for row in rows] == [{"session", "mode"}]
    for path in ("sessions", "outreach", "matters"):
        assert (await office.elsewhere.get(f"/cases/{case}/{path}")).status_code == 404
        assert (await office.operator.get(f"/cases/{case}/{path}")).status_code == 403


async def test_an_attempt_is_followed_up_by_the_next(office: Office) -> None:
    _, case = await registered(office.counsellor)
    again = (day(utc_now()) + timedelta(days=1)).isoformat()
    first = {"channel": "phone", "outcome": "no-answer", "follow_up_on": again}
    assert (await office.counsellor.post(f"/cases/{case}/outreach", first)).status_code == 200
    assert (await office.counsellor.get(f"/cases/{case}/outreach")).json()[0]["follow_up_on"] == again
    second = {"channel": "visit", "outcome": "reached", "note": NOTE}
    assert (await office.counsellor.post(f"/cases/{case}/outreach", second)).status_code == 200
    shown = (await office.counsellor.get(f"/cases/{case}/outreach")).json()
    assert {(each["channel"], each["follow_up_on"], each["note"]) for each in shown} == {
        ("phone", None, None),
        ("visit", None, NOTE),
    }
    wrong = {"channel": "pigeon", "outcome": "reached"}
    assert (await office.counsellor.post(f"/cases/{case}/outreach", wrong)).status_code == 422
    assert (await office.elsewhere.post(f"/cases/{case}/outreach", first)).status_code == 404


async def test_unpaid_wages_from_the_facts_to_the_money(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor)
    opened = await office.counsellor.post(f"/cases/{case}/matters", {"kind": "unpaid-wages", "note": NOTE})
    matter = opened.json()["ids"]["matter"]
    path = f"/cases/{case}/matters/{matter}/steps"
    won = {"step": "closed", "outcome": "paid"}
    refused = await office.counsellor.post(path, won)
    assert (refused.status_code, refused.json()["allowed"]) == (409, ["dropped"])
    wrong = await office.counsellor.post(path, {"step": "court"})
    assert (wrong.status_code, wrong.json()["allowed"]) == (409, ["facts-recorded", "closed"])
    assert wrong.json()["type"] == "urn:reintegration:problem:wrong-step"
    assert (await office.counsellor.post(path, {"step": "closed"})).status_code == 422
    for step in ("facts-recorded", "claim-sent"):
        assert (await office.counsellor.post(path, {"step": step, "note": f"{step}: {NOTE}"})).status_code == 200
    (shown,) = (await office.lead.get(f"/cases/{case}/matters")).json()
    assert (shown["state"], shown["on"], shown["allowed"]) == ("claim-sent", "office", ["mediation", "court", "closed"])
    assert [step["step"] for step in shown["steps"]] == ["opened", "facts-recorded", "claim-sent"]
    assert all(NOTE in step["note"] for step in shown["steps"])
    assert (await office.counsellor.post(path, won)).json()["status"] == "closed"
    (shown,) = (await office.counsellor.get(f"/cases/{case}/matters")).json()
    assert (shown["outcome"], shown["on"], shown["next_on"]) == ("paid", "nobody", None)
    assert (await office.elsewhere.post(path, won)).status_code == 404
    rows = await intake.database.fetch("select data from ledger where type like '%legal-matter%' order by position")
    assert [orjson.loads(row[0])["state"] for row in rows] == ["opened", "facts-recorded", "claim-sent", "closed"]
    for table in ("matter", "ledger", "command", "session", "outreach"):
        kept = await intake.database.fetch(f"select to_jsonb({table})::text from {table}")
        assert not [row for row in kept if "Rayong" in row[0]], table
