"""Referrals to offices: what each may see and say, who is asked next, and when the lead has to see to it."""

from typing import Any

import orjson
import pytest

from shared.service import Running
from tests.integration.intake.clinics import NO_NEEDS, Clinics, clinic, listed, referred, shown, told
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered


async def test_a_refusal_asks_the_next_office_and_the_sender_learns_why(
    office: Office, clinics: Clinics, intake: Running
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    asked: list[str] = []
    for _ in range(3):
        seen = await shown(office.counsellor, code)
        asked.append(seen["provider"])
        staff = clinics.of(seen["provider"])
        received = await staff.post(f"/referrals/{code}/receipt", {})
        assert received.json()["status"] == "received"
        assert (await staff.post(f"/referrals/{code}/receipt", {})).json()["status"] == "received"
        assert [each["state"] for each in (await staff.get(f"/providers/{seen['provider']}/referrals")).json()] == [
            "received"
        ]
        refused = await staff.post(f"/referrals/{code}/decision", {"decision": "reject", "reason": "full"})
        assert refused.json()["status"] == "rejected"
        after = await shown(office.counsellor, code)
        code = after["rerouted_to"] or code
    assert asked[0] == "clinic-bakan"
    assert sorted(asked) == ["clinic-a", "clinic-b", "clinic-bakan"]
    last = await shown(office.counsellor, code)
    assert (last["state"], last["escalated"], last["number"]) == ("rejected", "none-left", 3)
    assert await listed(office.lead, "lead") == [(code, "rejected", "none-left")]
    assert [reason for _, _, reason in await listed(office.counsellor, "refused")] == ["full"] * 3
    assert await listed(office.elsewhere, "refused") == []
    assert (await told(intake, person))[-2:] == ["referral-rejected", "referral-escalated"]

    again = await office.lead.post(f"/referrals/{code}/rerouting", {})
    assert (again.status_code, again.json()["type"]) == (409, "urn:reintegration:problem:none-left")
    asked_before = await office.lead.post(f"/referrals/{code}/rerouting", {"office": "clinic-a"})
    assert asked_before.status_code == 422
    far = clinic("far", provinces=["22"])
    await office.lead.post("/offices", {"offices": [far]})
    chosen = await office.lead.post(f"/referrals/{code}/rerouting", {"office": "clinic-far"})
    assert chosen.json()["status"] == "re-routed", chosen.text
    assert (await office.counsellor.post(f"/referrals/{code}/rerouting", {})).status_code == 403
    assert (await shown(office.counsellor, chosen.json()["ids"]["code"]))["provider"] == "clinic-far"
    opened = {each["office"]: each["open"] for each in (await office.counsellor.get("/offices")).json()}
    assert opened == {"clinic-a": 0, "clinic-b": 0, "clinic-bakan": 0, "clinic-far": 1}


async def test_the_lead_need_not_wait_for_the_clock(office: Office, clinics: Clinics, intake: Running) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    assert (await office.lead.post(f"/referrals/{code}/rerouting", {})).json()["status"] == "re-routed"
    assert await told(intake, person) == [
        "referral-requested",
        "referral-expired",
        "referral-rerouted",
        "referral-requested",
    ]
    done = await office.lead.post(f"/referrals/{code}/rerouting", {})
    assert (done.status_code, done.json()["allowed"]) == (409, ["completed"])


async def test_an_office_sees_the_minimum_until_it_accepts(office: Office, clinics: Clinics, intake: Running) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case, office="clinic-a", priority="emergency"))["code"]
    seen = await shown(clinics.a, code)
    assert {name for name, value in seen.items() if value not in (None, 0)} == {
        *("code", "kind", "state", "provider", "priority", "requested_on", "changed_on", "due_at", "number")
    }
    assert not {person, case} & set(map(str, seen.values()))
    early = await clinics.a.get(f"/referrals/{code}/person")
    assert (early.status_code, early.json()["type"]) == (409, "urn:reintegration:problem:not-accepted-yet")
    assert (await clinics.b.get(f"/referrals/{code}")).status_code == 404
    assert (await clinics.b.get(f"/referrals/{code}/person")).status_code == 404
    assert (await clinics.b.post(f"/referrals/{code}/decision", {"decision": "accept"})).status_code == 404
    assert (await clinics.b.get("/providers/clinic-a/referrals")).status_code == 404
    own = await office.counsellor.post(f"/referrals/{code}/decision", {"decision": "accept"})
    assert (own.status_code, own.json()["type"]) == (422, "urn:reintegration:problem:other-office")

    await clinics.a.post(f"/referrals/{code}/decision", {"decision": "accept"})
    assert (await clinics.a.get(f"/referrals/{code}/person")).json() == {
        "code": code,
        "name_km": "គំរូ ស្វាយខៀវ",
        "name_latin": "Kumru Svay Khiev",
        "phone": "+85519000001",
        "phone_owner": "self",
        "language": "km",
        "commune": "150101",
    }
    assert (await office.counsellor.get(f"/referrals/{code}/person")).status_code == 403
    early = await clinics.a.post(f"/referrals/{code}/decision", {"decision": "fail", "reason": "not-come"})
    assert early.json()["status"] == "failed"
    assert (await clinics.a.get(f"/referrals/{code}/person")).status_code == 409
    wrong = await clinics.a.post(f"/referrals/{code}/decision", {"decision": "start"})
    assert (wrong.status_code, wrong.json()["allowed"]) == (409, ["completed"])


async def test_what_others_hear_names_neither_the_need_nor_the_office(
    office: Office, clinics: Clinics, intake: Running
) -> None:
    person, case = await registered(office.counsellor, **NO_NEEDS)
    code = (await referred(office.counsellor, case))["code"]
    for decision in ("accept", "start", "complete"):
        answer = await clinics.bakan.post(f"/referrals/{code}/decision", {"decision": decision})
        assert answer.status_code == 200, answer.text
    rows = await intake.database.fetch(
        "select data from ledger where subject = $1 and type like '%.referral-%' order by sequence", person
    )
    assert [orjson.loads(row[0])["kind"] for row in rows] == ["other-service"] * 4
    assert not any("clinic" in row[0] or "health" in row[0] for row in rows)


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"kind": "shelter"}, 409, "no-office"),
        ({"kind": "health", "office": "clinic-z"}, 422, "no-office"),
        ({"kind": "health", "office": "provider-a"}, 422, "no-office"),
        ({"kind": "course"}, 422, "invalid"),
        ({"kind": "health", "priority": "soon"}, 422, "invalid"),
        ({"kind": "health", "note": "x"}, 422, "invalid"),
    ],
)
async def test_what_cannot_be_referred_is_refused_and_leaves_nothing(
    office: Office, clinics: Clinics, intake: Running, body: dict[str, Any], status: int, problem: str
) -> None:
    _, case = await registered(office.counsellor, **NO_NEEDS)
    refused = await office.counsellor.post(f"/cases/{case}/referrals", body)
    assert refused.status_code == status, refused.text
    if problem != "invalid":
        assert refused.json()["type"].endswith(f":{problem}")
    counted = await intake.database.fetch(
        "select (select count(*) from referral), (select count(*) from timer where name = 'referral-clock')"
    )
    assert tuple(counted[0]) == (0, 0)


async def test_nobody_is_referred_without_consent_nor_twice(office: Office, clinics: Clinics) -> None:
    _, case = await registered(office.counsellor, needs="", consent="messages")
    unasked = await office.counsellor.post(f"/cases/{case}/referrals", {"kind": "health"})
    assert (unasked.status_code, unasked.json()["type"]) == (409, "urn:reintegration:problem:not-agreed")
    _, agreeing = await registered(office.counsellor, form_no="PS-0002", **NO_NEEDS)
    await referred(office.counsellor, agreeing)
    twice = await office.counsellor.post(f"/cases/{agreeing}/referrals", {"kind": "health"})
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:reintegration:problem:already-referred")
    assert (await office.elsewhere.post(f"/cases/{agreeing}/referrals", {"kind": "health"})).status_code == 404


async def test_a_full_office_is_passed_over(office: Office, clinics: Clinics) -> None:
    await office.lead.post("/offices", {"offices": [clinic("b", closed=True), clinic("bakan", closed=True)]})
    codes = []
    for number in range(6):
        _, case = await registered(office.counsellor, form_no=f"PS-{number:04}", **NO_NEEDS)
        answer = await office.counsellor.post(f"/cases/{case}/referrals", {"kind": "health"})
        codes.append(answer.status_code)
    assert codes == [200] * 5 + [409]
