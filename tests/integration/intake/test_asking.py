"""Who may ask what; consent, contact, needs and closing; bad input told and nothing half-written."""

import csv
import io
from typing import Any

import orjson
import pytest

from shared.service import Running
from tests.integration.intake.conftest import COURSE, Office
from tests.integration.intake.journey import case_of, referral_of, registered

pytestmark = pytest.mark.usefixtures("offered")


async def facts(running: Running, person: str) -> list[tuple[str, Any]]:
    """What intake recorded of a person, in order."""
    rows = await running.database.fetch("select type, data from ledger where subject = $1 order by sequence", person)
    return [(row[0].split(".")[2], orjson.loads(row[1])) for row in rows]


async def test_another_centre_sees_nothing(office: Office) -> None:
    person, case = await registered(office.counsellor)
    code = (await referral_of(office.counsellor, case, "course"))["code"]
    for path in (f"/persons/{person}", f"/persons/{person}/timeline", f"/cases/{case}", f"/cases/{case}/timeline"):
        assert (await office.counsellor.get(path)).status_code == 200
        assert (await office.lead.get(path)).status_code == 200
        assert (await office.elsewhere.get(path)).status_code == 404
        assert (await office.provider.get(path)).status_code == 403
    assert (await office.operator.get(f"/persons/{person}")).status_code == 403
    assert (await office.operator.get(f"/persons/{person}/timeline")).status_code == 200
    for asker, status in (
        (office.counsellor, 200),
        (office.provider, 200),
        (office.elsewhere, 404),
        (office.officer, 404),
    ):
        assert (await asker.get(f"/referrals/{code}")).status_code == status
    for path, body in (
        (f"/persons/{person}/contact", {"phone": None, "phone_owner": "none", "language": "km"}),
        (f"/persons/{person}/consents", {"purposes": ["services"], "given": "signed"}),
        (f"/cases/{case}/needs", {"needs": []}),
        (f"/cases/{case}/plan", {}),
        (f"/cases/{case}/closing", {"reason": "other"}),
        (f"/referrals/{code}/withdrawal", {"reason": "other"}),
    ):
        assert (await office.elsewhere.post(path, body)).status_code == 404, path
        assert (await office.operator.post(path, body)).status_code == 403, path
    assert (await office.elsewhere.delete(f"/persons/{person}/consents/services")).status_code == 404


async def test_only_who_received_a_referral_answers_it(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="training;legal-aid")
    course = (await referral_of(office.counsellor, case, "course"))["code"]
    legal = (await referral_of(office.counsellor, case, "legal-assistance"))["code"]
    accept = {"decision": "accept"}
    assert (await office.officer.post(f"/referrals/{course}/decision", accept)).status_code == 404
    refused = await office.counsellor.post(f"/referrals/{course}/decision", accept)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:reintegration:problem:other-kind")
    assert (await office.officer.post(f"/referrals/{legal}/decision", accept)).status_code == 404
    assert (await office.elsewhere.post(f"/referrals/{legal}/decision", accept)).status_code == 404
    assert (await office.lead.post(f"/referrals/{legal}/decision", accept)).json()["status"] == "accepted"


async def test_a_provider_has_its_own_sheet_without_names(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="training;recognition;job")
    made = {each["kind"]: each for each in (await case_of(office.counsellor, case))["referrals"]}
    answer = await office.provider.get("/providers/provider-a/sheet")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["code"], row["kind"], row["course"]) for row in rows] == [
        (made["course"]["code"], "course", "masonry-a"),
        (made["prior-learning"]["code"], "prior-learning", ""),
    ]
    assert set(rows[0]) == {"code", "kind", "course", "requested_on"}
    assert (await office.provider.get("/providers/provider-a/sheet", format="json")).json() == rows
    assert (await office.provider.get("/providers/provider-b/sheet")).status_code == 404
    assert (await office.operator.get("/providers/provider-b/sheet", format="json")).json() == []
    await office.counsellor.post(f"/referrals/{made['course']['code']}/withdrawal", {"reason": "person-declined"})
    left = (await office.provider.get("/providers/provider-a/sheet", format="json")).json()
    assert [row["kind"] for row in left] == ["prior-learning"]


async def test_a_withdrawn_consent_takes_its_referrals_with_it(office: Office, intake: Running) -> None:
    person, case = await registered(office.counsellor)
    gone = await office.counsellor.delete(f"/persons/{person}/consents/services")
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")
    states = {each["kind"]: each["state"] for each in (await case_of(office.counsellor, case))["referrals"]}
    assert states == {"course": "withdrawn", "employment": "requested"}
    again = await office.counsellor.delete(f"/persons/{person}/consents/services")
    assert (again.status_code, again.json()["allowed"]) == (409, ["employment", "messages", "social-protection"])
    plan = await office.counsellor.post(f"/cases/{case}/plan", {})
    assert plan.status_code == 200
    assert (await case_of(office.counsellor, case))["plan"]["unmet"]["course"]["reason"] == "no-consent"
    told = [fact for fact, _ in await facts(intake, person)]
    assert told[-3:] == ["referral-withdrawn", "consent-withdrawn", "plan-agreed"]


async def test_a_new_contact_is_kept_here_and_told_as_a_reference(office: Office, intake: Running) -> None:
    person, _ = await registered(office.counsellor)
    body = {"phone": "012 345 678", "phone_owner": "family", "language": "English"}
    changed = await office.counsellor.post(f"/persons/{person}/contact", body)
    shown = (await office.counsellor.get(f"/persons/{person}")).json()
    assert (shown["identity"]["phone"], shown["identity"]["phone_owner"]) == ("+85512345678", "family")
    assert (shown["channel"], shown["language"]) == ("voice", "en")
    fact, data = (await facts(intake, person))[-1]
    assert (fact, data) == (
        "contact-changed",
        {"contact": changed.json()["ids"]["contact"], "channel": "voice", "language": "en"},
    )
    for wrong in ({**body, "phone": "12"}, {**body, "phone": None}, {**body, "language": "th"}, {"phone": None}):
        assert (await office.counsellor.post(f"/persons/{person}/contact", wrong)).status_code == 422
    assert (await office.counsellor.get(f"/persons/{person}")).json() == shown


async def test_needs_assessed_later_bring_the_plan(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="")
    assert (await case_of(office.counsellor, case))["plan"] is None
    agreed = await office.counsellor.post(f"/cases/{case}/needs", {"needs": ["training", "A job", "health-care"]})
    assert agreed.json()["status"] == "agreed"
    shown = await case_of(office.counsellor, case)
    assert shown["needs"] == ["training", "job", "health-care"]
    assert shown["plan"]["services"] == ["course", "employment"]
    more = await office.counsellor.post(f"/cases/{case}/needs", {"needs": ["training", "job", "unpaid-wages"]})
    assert more.status_code == 200
    kinds = [each["kind"] for each in (await case_of(office.counsellor, case))["referrals"]]
    assert sorted(kinds) == ["course", "employment", "legal-assistance"]


async def test_a_closed_case_is_over(office: Office, intake: Running) -> None:
    person, case = await registered(office.counsellor)
    closed = await office.counsellor.post(f"/cases/{case}/closing", {"reason": "re-migrated"})
    assert closed.json()["status"] == "closed"
    told = [fact for fact, _ in await facts(intake, person)]
    assert told[-3:] == ["referral-withdrawn", "referral-withdrawn", "case-closed"]
    for path, body in (
        (f"/cases/{case}/closing", {"reason": "other"}),
        (f"/cases/{case}/needs", {"needs": ["job"]}),
        (f"/cases/{case}/plan", {}),
    ):
        answer = await office.counsellor.post(path, body)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:reintegration:problem:case-closed")
        assert answer.json()["detail_km"]


async def test_a_command_repeated_with_its_key_is_done_once(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor)
    code = (await referral_of(office.counsellor, case, "course"))["code"]
    body = {"reason": "mistake"}
    first = await office.counsellor.post(f"/referrals/{code}/withdrawal", body, key="the-same-key")
    again = await office.counsellor.post(f"/referrals/{code}/withdrawal", body, key="the-same-key")
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (200, first.json())
    other = await office.counsellor.post(f"/referrals/{code}/withdrawal", body)
    assert (other.status_code, other.json()["allowed"]) == (409, ["completed"])
    rows = await intake.database.fetch("select count(*) from ledger where type like '%referral-withdrawn%'")
    assert rows[0][0] == 1


BAD: list[tuple[str, Any]] = [
    ("/registrations", {"rows": []}),
    ("/registrations", {"rows": [{"line": 1, "fields": {"form_no": 7}}]}),
    ("/registrations", {"rows": [{"line": 1, "fields": {}}] * 501}),
    ("/registrations", {"rows": [{"line": 1, "fields": {}, "name": "x"}]}),
    ("/registrations", ["rows"]),
    ("/cases/not-an-id/closing", {"reason": "other"}),
    ("/referrals/4821-0937-5519/withdrawal", {"reason": "other"}),
    ("/referrals/4821/withdrawal", {"reason": "other"}),
    ("/offers", {"offers": [{**COURSE, "skills": ["juggling"]}]}),
]


async def test_bad_input_is_told_and_nothing_is_kept(office: Office, intake: Running) -> None:
    for path, body in BAD:
        answer = await office.lead.post(path, body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"]
        assert all(error["fix"] and error["fix_km"] for error in answer.json()["errors"])
    kept = "(select count(*) from form) + (select count(*) from offer where course <> 'masonry-a')"
    assert (await intake.database.fetch(f"select {kept}"))[0][0] == 0


async def test_unknown_things_do_not_exist(office: Office) -> None:
    nobody = "00000000-0000-4000-8000-000000000009"
    for path in (f"/persons/{nobody}", f"/cases/{nobody}", f"/persons/{nobody}/timeline", "/referrals/4821-0937-5518"):
        assert (await office.counsellor.get(path)).status_code in (404, 422), path
    assert (await office.counsellor.post(f"/cases/{nobody}/plan", {})).status_code == 404
    assert (await office.counsellor.post(f"/persons/{nobody}/cases", {"fields": {}})).status_code == 404


async def test_offers_are_replaced_and_their_sector_is_found(office: Office) -> None:
    (first,) = (await office.counsellor.get("/offers")).json()
    assert (first["course"], first["sector"], first["closed"]) == ("masonry-a", "construction", False)
    body = {"offers": [{**COURSE, "closed": True}, {**COURSE, "course": "masonry-b", "skills": ["khmer-literacy"]}]}
    assert (await office.lead.post("/offers", body)).status_code == 200
    assert [
        (each["course"], each["closed"], each["sector"]) for each in (await office.counsellor.get("/offers")).json()
    ] == [
        ("masonry-a", True, "construction"),
        ("masonry-b", False, "general"),
    ]
    assert (await office.counsellor.post("/offers", body)).status_code == 403
