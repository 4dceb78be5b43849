"""Records changed by several hands, on a real database: merged, counted, with the time of the device and ours."""

import asyncio

from shared.service import Running
from tests.integration.intake.conftest import Office
from tests.integration.intake.editing import DEVICE, edit, shown, taken_up
from tests.integration.intake.journey import registered


async def test_every_change_keeps_the_devices_time_and_ours(office: Office) -> None:
    person, case = await taken_up(office.counsellor, person={"name_latin": "Sok"}, device_time=DEVICE)
    await edit(office.lead, f"/persons/{person}", 1, name_latin="Sok Dara")
    newest, first = (await office.counsellor.get(f"/persons/{person}/changes")).json()
    assert (first["version"], first["device_time"], first["mine"]) == (1, "2026-11-20T01:15:00Z", True)
    assert (newest["version"], newest["device_time"], newest["mine"]) == (2, None, False)
    assert newest["fields"] == [{"field": "name_latin", "before": "Sok", "after": "Sok Dara"}]
    assert newest["time"] > first["time"]
    assert len((await office.lead.get(f"/cases/{case}/changes")).json()) == 1
    assert (await office.elsewhere.get(f"/persons/{person}/changes")).status_code == 404


async def test_a_form_is_completed_like_anything_else(office: Office) -> None:
    person, case = await registered(office.counsellor)
    await edit(office.counsellor, f"/persons/{person}", 1, address="Plot 4")
    await edit(office.counsellor, f"/cases/{case}", 1, debt_usd=None, country="thailand")
    assert (await shown(office.counsellor, f"/cases/{case}"))["debt_usd"] is None
    assert (await shown(office.counsellor, f"/persons/{person}"))["identity"]["phone"] == "+85519000001"


async def test_two_offline_hands_on_different_fields_are_merged(office: Office) -> None:
    person, _ = await taken_up(office.counsellor, person={"name_latin": "Sok"})
    path = f"/persons/{person}"
    answers = await asyncio.gather(
        office.counsellor.patch(path, {"based_on": 1, "name_latin": "Sok Dara"}),
        office.lead.patch(path, {"based_on": 1, "sex": "male", "birth_date": "1999-02-03"}),
    )
    assert {answer.json()["status"] for answer in answers} == {"changed"}
    who = await shown(office.counsellor, path)
    assert (who["identity"]["name_latin"], who["sex"], who["identity"]["birth_date"], who["version"]) == (
        "Sok Dara",
        "male",
        "1999-02-03",
        3,
    )


async def test_what_is_said_already_changes_nothing(office: Office) -> None:
    person, _ = await taken_up(office.counsellor, person={"name_latin": "Sok"})
    assert (await edit(office.counsellor, f"/persons/{person}", 1, name_latin="Sok"))["status"] == "unchanged"
    assert (await shown(office.counsellor, f"/persons/{person}"))["version"] == 1


async def test_a_version_that_is_yet_to_come_is_refused(office: Office) -> None:
    person, _ = await taken_up(office.counsellor)
    told = await edit(office.counsellor, f"/persons/{person}", 2, 422, sex="male")
    assert told["errors"][0]["field"] == "based_on"


async def test_a_form_of_a_second_return_is_a_change_of_the_same_record(office: Office) -> None:
    person, _ = await registered(office.counsellor)
    await edit(office.counsellor, f"/persons/{person}", 1, address="Plot 4")
    again = {"form_no": "8", "name_latin": "Kumru Sok", "sex": "female", "commune": "150102", "phone_owner": "none"}
    answer = await office.counsellor.post(f"/persons/{person}/cases", {"fields": again})
    assert answer.json()["rows"][0]["status"] == "accepted"
    who = await shown(office.counsellor, f"/persons/{person}")
    assert (who["version"], who["identity"]["address"], who["identity"]["phone"]) == (3, "Plot 4", None)
    newest = (await office.lead.get(f"/persons/{person}/changes")).json()[0]
    assert {each["field"]: (each["before"], each["after"]) for each in newest["fields"]} == {
        "name_latin": ("Kumru Svay Khiev", "Kumru Sok"),
        "phone": ("+85519000001", None),
        "phone_owner": ("self", None),
    }
    late = await edit(office.counsellor, f"/persons/{person}", 2, 202, name_latin="Kumru Dara", sex="male")
    assert late["status"] == "conflict"
    assert (await shown(office.counsellor, f"/persons/{person}"))["sex"] == "male"


async def test_a_new_number_is_a_statement_about_now_unless_it_names_a_version(office: Office) -> None:
    person, _ = await registered(office.counsellor)
    path = f"/persons/{person}/contact"
    first = {"phone": "019 000 002", "phone_owner": "family", "language": "km"}
    told = (await office.counsellor.post(path, first)).json()
    assert (told["status"], (await shown(office.counsellor, f"/persons/{person}"))["version"]) == ("changed", 2)
    late = await office.lead.post(path, {**first, "phone": "019 000 003", "based_on": 1})
    assert (late.status_code, late.json()["status"]) == (202, "conflict")
    assert late.json()["ids"]["contact"] == told["ids"]["contact"]
    again = await office.counsellor.post(path, first)
    assert again.json()["ids"]["contact"] != told["ids"]["contact"]


async def test_every_fact_keeps_the_devices_time_where_the_device_tells_it(office: Office, intake: Running) -> None:
    told = {"Device-Time": DEVICE}
    form = {"form_no": "9", "name_latin": "Sok", "sex": "male", "commune": "150101"}
    answer = await office.counsellor.post("/registrations", {"rows": [{"line": 1, "fields": form}]}, None, **told)
    ids = answer.json()["rows"][0]["ids"]
    await office.counsellor.post(f"/cases/{ids['case']}/needs", {"needs": ["job"]}, None, **told)
    await office.counsellor.post(f"/cases/{ids['case']}/closing", {"reason": "re-migrated"})
    timeline = await shown(office.counsellor, f"/persons/{ids['person']}/timeline")
    times = {each["fact"]: each["device_time"] for each in timeline["events"]}
    at_device = "2026-11-20T01:15:00Z"
    assert (times["case-registered"], times["needs-assessed"], times["case-closed"]) == (at_device, at_device, None)
    assert all(each["time"] > at_device for each in timeline["events"])
    for typed in ("yesterday", "2026-11-20T08:15:00", "0001-01-01T00:00:00+14:00"):
        refused = await office.counsellor.post("/persons", {}, None, **{"Device-Time": typed})
        assert (refused.status_code, refused.json()["type"]) == (400, "urn:reintegration:problem:bad-device-time")


async def test_an_assessment_of_needs_does_not_run_over_another(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="")
    path = f"/cases/{case}/needs"
    assert (await office.counsellor.post(path, {"needs": ["job"], "based_on": 1})).status_code == 200
    late = await office.lead.post(path, {"needs": ["training"], "based_on": 1})
    assert (late.status_code, late.json()["allowed"]) == (409, ["2"])
    assert (await shown(office.lead, f"/cases/{case}"))["needs"] == ["job"]
    await edit(office.lead, f"/cases/{case}", 1, work_years=4)
    assert (await office.lead.post(path, {"needs": ["training"], "based_on": 2})).status_code == 200
    assert (await office.lead.post(path, {"needs": ["training"], "based_on": 9})).status_code == 422
    changes = (await office.lead.get(f"/cases/{case}/changes")).json()
    assert [(each["version"], [field["field"] for field in each["fields"]]) for each in changes] == [
        (4, ["needs"]),
        (3, ["work_years"]),
        (2, ["needs"]),
    ]
    assert changes[0]["fields"][0] == {"field": "needs", "before": ["job"], "after": ["training"]}
