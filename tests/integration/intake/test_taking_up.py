"""Persons taken up with little and completed later, on a real database; what is wrong is refused whole."""

import asyncio
from typing import Any

import pytest

from services.intake import identity
from services.intake.domain import search
from shared.service import Running
from tests.integration.intake.conftest import Office
from tests.integration.intake.editing import DEVICE, edit, events, shown, taken_up

SECRET = "k" * 32


async def test_nothing_need_be_known(office: Office, intake: Running) -> None:
    person, case = await taken_up(office.counsellor)
    who = await shown(office.counsellor, f"/persons/{person}")
    assert (who["sex"], who["channel"], who["language"], who["version"]) == (None, "none", "km", 1)
    assert who["missing"][:2] == ["name_km", "sex"]
    file = await shown(office.counsellor, f"/cases/{case}")
    assert (file["commune"], file["state"], file["version"], file["flags"]) == (None, "open", 1, None)
    assert await events(intake, person) == ["case-registered", "contact-changed"]
    assert (await office.elsewhere.get(f"/persons/{person}")).status_code == 404


async def test_taken_up_at_the_border_and_completed_later(office: Office, intake: Running) -> None:
    first = {
        "person": {"name_km": "គំរូ ស្វាយខៀវ", "phone": "019 000 001", "phone_owner": "family"},
        "device_time": DEVICE,
    }
    person, case = await taken_up(office.counsellor, **first)
    await edit(
        office.counsellor,
        f"/persons/{person}",
        1,
        sex="ស្រី",
        name_latin="Kumru Svay Khiev",
        birth_date="១២/០៥/១៩៩០",
        outside_ids={"primero": "CP-00017", "idpoor": "150101-77"},
        idpoor_level="2",
        address="House 7, behind the market",
    )
    told = await edit(
        office.lead,
        f"/cases/{case}",
        1,
        commune="150101",
        commune_origin="220101",
        return_date="2025-08-02",
        return_kind="conflict",
        country="thailand",
        sector="construction",
        occupation="7112",
        work_years=6,
        unpaid_wages_usd=400,
        broker="Mr. Example of Poipet",
        skills_claimed=["bricklaying"],
        schooling="primary",
        id_missing_reason="pawned",
        documents_held=["family-book"],
        debt_usd=5500,
        debt_monthly_usd=120,
        vulnerabilities=["single-parent"],
    )
    assert (told["status"], told["ids"]["version"]) == ("changed", "2")
    who = await shown(office.counsellor, f"/persons/{person}")
    assert (who["missing"], who["version"], who["channel"]) == ([], 2, "voice")
    assert who["identity"]["outside_ids"] == {"primero": "CP-00017", "idpoor": "150101-77"}
    assert (who["identity"]["birth_date"], who["identity"]["birth_precision"]) == ("1990-05-12", "day")
    file = await shown(office.counsellor, f"/cases/{case}")
    assert (file["commune"], file["broker"], file["unpaid_wages_usd"]) == ("150101", "Mr. Example of Poipet", 400)
    assert (file["vulnerabilities"], file["documents_held"], file["return_kind"]) == (
        ["single-parent"],
        ["family-book"],
        "conflict",
    )
    assert (await events(intake, person))[2:] == ["case-changed"]
    for terms in (search.words("khiev"), search.document("cp 00017"), search.phone("019000001")):
        async with intake.database.connection() as connection:
            assert await identity.find(connection, list(terms), SECRET, "pursat", 9) == [person]


async def test_a_second_return_is_a_new_case_of_the_same_person(office: Office, intake: Running) -> None:
    person, first = await taken_up(office.counsellor, person={"phone": "019 000 001", "phone_owner": "self"})
    await office.counsellor.post(f"/cases/{first}/closing", {"reason": "re-migrated"})
    answer = await office.counsellor.post(f"/persons/{person}/returns", {"case": {"return_kind": "forced"}})
    second = answer.json()["ids"]["case"]
    who = await shown(office.counsellor, f"/persons/{person}")
    assert (who["cases"], who["identity"]["phone"]) == ([second, first], "+85519000001")
    assert (await shown(office.counsellor, f"/cases/{second}"))["return_kind"] == "forced"
    assert (await shown(office.counsellor, f"/cases/{first}"))["closing"] == "re-migrated"
    assert (await office.counsellor.patch(f"/cases/{first}", {"based_on": 1, "work_years": 2})).status_code == 409
    assert (await office.elsewhere.post(f"/persons/{person}/returns", {})).status_code == 404
    assert (await events(intake, person))[-1] == "case-registered"


async def test_those_she_lives_with(office: Office) -> None:
    person, _ = await taken_up(office.counsellor, household=[{"relation": "child", "age": 1, "needs": ["health-care"]}])
    path = f"/persons/{person}/household"
    both = await asyncio.gather(
        office.counsellor.post(path, {"relation": "parent", "name": "Yeay Example"}),
        office.lead.post(path, {"relation": "sibling", "birth_date": "2001-01-01", "birth_precision": "year"}),
    )
    mother, sister = (answer.json()["ids"]["member"] for answer in both)
    who = await shown(office.counsellor, f"/persons/{person}")
    assert sorted(each["relation"] for each in who["identity"]["household"]) == ["child", "parent", "sibling"]
    changed = {"based_on": who["version"], "relation": "grandparent", "name": "Yeay Example"}
    assert (await office.lead.put(f"{path}/{mother}", changed)).json()["status"] == "changed"
    gone = {"based_on": who["version"]}
    assert (await office.counsellor.post(f"{path}/{sister}/removal", gone)).json()["status"] == "changed"
    assert (await office.counsellor.post(f"{path}/{mother}/removal", gone)).status_code == 202
    who = await shown(office.counsellor, f"/persons/{person}")
    assert sorted(each["relation"] for each in who["identity"]["household"]) == ["child", "grandparent"]
    assert (await office.lead.put(f"{path}/{sister}", {**changed, "based_on": 1})).status_code == 404


async def test_a_child_alone_is_registered_flagged_and_told_to_the_lead(office: Office) -> None:
    person, case = await taken_up(office.counsellor, person={"age": 15})
    with_mother, _ = await taken_up(office.counsellor, person={"age": 15}, household=[{"relation": "parent"}])
    left, other = await taken_up(office.counsellor, person={"age": 15}, household=[{"relation": "parent"}], alone=True)
    (row,) = await office.counsellor.rows(
        "/registrations",
        {"form_no": "7", "name_latin": "Sok", "sex": "male", "commune": "150101", "birth_date": "2012-01-01"},
    )
    flags = (await office.lead.get("/flags")).json()
    assert [each["case"] for each in flags] == sorted([case, other, row["ids"]["case"]])
    assert {each["flag"] for each in flags} == {"child-alone"}
    assert (await office.counsellor.get("/flags")).status_code == 403
    await edit(office.counsellor, f"/persons/{with_mother}", 1, birth_date="2013-01-01")
    settled = await office.lead.post(f"/cases/{case}/flags/child-alone/settlement", {"outcome": "referred"})
    assert settled.json()["status"] == "settled"
    assert [each["case"] for each in (await office.lead.get("/flags")).json()] == sorted([other, row["ids"]["case"]])
    assert (await shown(office.counsellor, f"/cases/{case}"))["flags"]["child-alone"]["outcome"] == "referred"
    again = await office.lead.post(f"/cases/{case}/flags/child-alone/settlement", {"outcome": "mistake"})
    assert again.status_code == 409
    assert left != person


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"person": {"name_latin": "Sok\u0007"}}, "person.name_latin", "control-characters"),
        ({"person": {"name_latin": "Sok\nDara"}}, "person.name_latin", "control-characters"),
        ({"person": {"name_latin": "S" * 101}}, "person.name_latin", "too-long"),
        ({"person": {"note": "x" * 1001}}, "person.note", "too-long"),
        ({"person": {"name_km": "Sok"}}, "person.name_km", "wrong-script"),
        ({"person": {"birth_date": "31/02/1990"}}, "person.birth_date", "not-a-date"),
        ({"person": {"birth_date": "2533-01-01"}}, "person.birth_date", "buddhist-year"),
        ({"person": {"birth_date": 642384000}}, "person.birth_date", "not-a-date"),
        ({"person": {"birth_date": "2031-01-01"}}, "birth_date", "future-date"),
        ({"person": {"birth_date": "1901-01-01"}}, "birth_date", "impossible-age"),
        ({"person": {"birth_date": "1990-01-01", "age": 30}}, "person", "contradiction"),
        ({"person": {"phone_owner": "self"}}, "phone_owner", "contradiction"),
        ({"person": {"sex": "?"}}, "person.sex", "unknown-code"),
        ({"person": {"outside_ids": {"library": "1"}}}, "person.outside_ids", "unknown-code"),
        ({"case": {"commune": "999999"}}, "case.commune", "unknown-commune"),
        ({"case": {"commune": "030401"}}, "case.commune", "superseded-place"),
        ({"case": {"return_date": "2031-01-01"}}, "return_date", "future-date"),
        ({"case": {"debt_usd": -1}}, "case.debt_usd", "too-small"),
        ({"case": {"debt_usd": "much"}}, "case.debt_usd", "not-a-whole-number"),
        ({"case": {"broker": "x" * 201}}, "case.broker", "too-long"),
        ({"household": [{"name": "Sok"}]}, "household.0.relation", "required"),
        ({"device_time": "2026-11-20T08:15:00"}, "device_time", "not-a-time"),
        ({"nickname": "Sok"}, "body", "unknown-field"),
    ],
)
async def test_what_is_wrong_is_told_by_its_field_and_nothing_is_kept(
    office: Office, intake: Running, fields: dict[str, Any], field: str, reason: str
) -> None:
    answer = await office.counsellor.post("/persons", fields)
    assert answer.status_code == 422, answer.text
    told = answer.json()["errors"]
    assert [(each["field"], each["reason"]) for each in told] == [(field, reason)]
    assert told[0]["fix"]
    assert told[0]["fix_km"]
    for table in ("person", "cases", "identity", "sealed", "change", "subject", "ledger", "command"):
        assert (await intake.database.fetch(f"select count(*) from {table}"))[0][0] == 0
