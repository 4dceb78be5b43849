"""Finding persons, moving them to another centre, and going on with closed cases, on a real database."""

import asyncio
from typing import Any

import pytest

from shared.access import CENTRE_LEAD
from shared.service import Running
from tests.integration.asking import Asker, asking
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered

MOVED = {"to": "oddar-meanchey", "reason": "moved"}
ACCEPT = {"decision": "accept"}


async def found(by: Asker, **sought: str) -> list[str]:
    answer = await by.post("/persons/search", sought)
    assert answer.status_code == 200, answer.text
    return [each["person"] for each in answer.json()]


async def test_a_person_is_found_by_each_of_the_four(office: Office) -> None:
    person, case = await registered(office.counsellor)
    other, _ = await registered(
        office.counsellor, form_no="2", name_km="", name_latin="Sok Dara", phone="019 000 002", id_number=""
    )
    view = (await office.counsellor.get(f"/cases/{case}")).json()
    for sought in (
        {"name": "khiev"},
        {"phone": "+855 19 000 001"},
        {"document": "99000137"},
        {"name": "svay KHIEV", "phone": "019000001"},
    ):
        assert await found(office.counsellor, **sought) == [person], sought
        assert await found(office.elsewhere, **sought) == []
    for referral in view["referrals"]:
        assert await found(office.counsellor, code=referral["code"]) == [person]
        assert await found(office.counsellor, code=referral["code"], name="Dara") == []
        assert await found(office.elsewhere, code=referral["code"]) == []
    assert await found(office.counsellor, name="Dara") == [other]
    assert await found(office.counsellor, name="Dara", phone="019000001") == []
    (told,) = (await office.lead.post("/persons/search", {"phone": "019000001"})).json()
    assert (told["case"], told["state"]) == (case, "open")


@pytest.mark.parametrize("sought", [{}, {"name": ""}, {"name": "x" * 201}, {"phone": "12"}, {"code": "1"}, {"age": 3}])
async def test_what_nobody_can_be_found_by_is_said_so(office: Office, sought: dict[str, Any]) -> None:
    assert (await office.counsellor.post("/persons/search", sought)).status_code == 422


async def test_only_counsellors_look_for_persons(office: Office) -> None:
    for by in (office.provider, office.officer, office.operator):
        assert (await by.post("/persons/search", {"name": "khiev"})).status_code == 403


async def asked(office: Office, person: str) -> str:
    answer = await office.counsellor.post(f"/persons/{person}/transfers", MOVED)
    assert answer.status_code == 200, answer.text
    transfer: str = answer.json()["ids"]["transfer"]
    return transfer


async def test_access_moves_with_an_accepted_transfer(office: Office, intake: Running) -> None:
    person, case = await registered(office.counsellor)
    transfer = await asked(office, person)
    path = f"/transfers/{transfer}/decision"
    assert (await office.counsellor.get(f"/persons/{person}")).status_code == 200
    assert (await office.elsewhere.get(f"/persons/{person}")).status_code == 404
    async with asking(intake, CENTRE_LEAD, centre="oddar-meanchey") as there:
        (waiting,) = (await there.get("/transfers")).json()
        assert (waiting["transfer"], waiting["open_cases"], waiting["from_centre"]) == (transfer, 1, "pursat")
        assert "name_km" not in waiting
        assert (await office.elsewhere.post(path, ACCEPT)).status_code == 403
        assert (await office.lead.post(path, ACCEPT)).status_code == 404
        assert (await there.post(path, ACCEPT)).json()["status"] == "accepted"
        again = await there.post(path, ACCEPT)
        assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (409, "transfer-settled")
    for path in (f"/persons/{person}", f"/cases/{case}", f"/persons/{person}/timeline"):
        assert (await office.elsewhere.get(path)).status_code == 200
        assert (await office.counsellor.get(path)).status_code == 404
    assert await found(office.elsewhere, name="khiev") == [person]
    assert await found(office.counsellor, name="khiev") == []
    rows = await intake.database.fetch("select type from ledger where type like '%transfer%' order by position")
    assert [row[0].split(".")[2] for row in rows] == ["transfer-requested", "transfer-accepted"]


async def test_a_person_is_asked_for_once_at_a_time(office: Office) -> None:
    person, _ = await registered(office.counsellor)
    answers = await asyncio.gather(*[office.counsellor.post(f"/persons/{person}/transfers", MOVED) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]


async def test_a_declined_transfer_leaves_her_where_she_is(office: Office, intake: Running) -> None:
    person, _ = await registered(office.counsellor)
    transfer = await asked(office, person)
    async with asking(intake, CENTRE_LEAD, centre="oddar-meanchey") as there:
        silent = await there.post(f"/transfers/{transfer}/decision", {"decision": "decline"})
        assert silent.status_code == 422
        declined = {"decision": "decline", "reason": "no-capacity"}
        assert (await there.post(f"/transfers/{transfer}/decision", declined)).status_code == 200
    (told,) = (await office.counsellor.get("/transfers", state="declined")).json()
    assert told["outcome"] == "no-capacity"
    assert (await office.counsellor.get(f"/persons/{person}")).status_code == 200
    second = await asked(office, person)
    assert (await office.elsewhere.post(f"/transfers/{second}/withdrawal", None)).status_code == 404
    taken = await office.counsellor.post(f"/transfers/{second}/withdrawal", None)
    assert taken.json()["status"] == "withdrawn"


@pytest.mark.parametrize(
    "body", [{"to": "pursat", "reason": "moved"}, {"to": "nowhere", "reason": "moved"}, {"to": "oddar-meanchey"}]
)
async def test_a_transfer_to_nowhere_is_refused(office: Office, body: dict[str, str]) -> None:
    person, _ = await registered(office.counsellor)
    assert (await office.counsellor.post(f"/persons/{person}/transfers", body)).status_code == 422
    assert (await office.counsellor.get("/transfers")).json() == []


async def test_a_closed_case_goes_on_and_no_other(office: Office) -> None:
    _, case = await registered(office.counsellor)
    reopening = {"reason": "found-again"}
    early = await office.lead.post(f"/cases/{case}/reopening", reopening)
    assert (early.status_code, early.json()["type"].rpartition(":")[2]) == (409, "case-open")
    await office.counsellor.post(f"/cases/{case}/closing", {"reason": "missing"})
    assert (await office.counsellor.post(f"/cases/{case}/reopening", reopening)).status_code == 403
    assert (await office.lead.post(f"/cases/{case}/reopening", reopening)).json()["status"] == "reopened"
    view = (await office.counsellor.get(f"/cases/{case}")).json()
    assert (view["state"], view["closing"], view["closed_on"]) == ("open", None, None)
