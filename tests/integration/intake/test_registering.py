"""Registration on a real database: row by row, once each, in few statements, identity in its own place."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from shared import referral_codes
from shared.service import Running
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import CANARIES, case_of, registered
from tests.unit.intake.made_up import fields


def form(number: int, **changed: str) -> dict[str, str]:
    return fields(**{"form_no": f"PS-{number:04}", "phone": f"019 000 {number % 1000:03}", **changed})


async def numbers(running: Running, *tables: str) -> list[int]:
    return [(await running.database.fetch(f"select count(*) from {table}"))[0][0] for table in tables]


async def test_each_row_is_accepted_repeated_or_refused_by_itself(office: Office, intake: Running) -> None:
    first = await office.counsellor.rows(
        "/registrations", form(1), form(2, sex="?"), form(3, commune="999999"), form(1)
    )
    assert [row["status"] for row in first] == ["accepted", "refused", "refused", "repeated"]
    assert first[3]["ids"] == first[0]["ids"]
    assert [(fault["field"], fault["reason"]) for row in first[1:3] for fault in row["faults"]] == [
        ("sex", "unknown-code"),
        ("commune", "unknown-commune"),
    ]
    assert all(fault["fix"] and fault["fix_km"] for row in first[1:3] for fault in row["faults"])

    again = await office.lead.rows(
        "/registrations", form(1, birth_date="1990-05-12"), form(2), form(3), form(1, birth_date="1991-05-12")
    )
    assert [row["status"] for row in again] == ["repeated", "accepted", "accepted", "refused"]
    assert again[0]["ids"] == first[0]["ids"]
    assert [(fault["field"], fault["reason"]) for fault in again[3]["faults"]] == [("form_no", "changed")]
    assert await numbers(intake, "person", "cases", "identity", "form") == [3, 3, 3, 3]


async def test_a_rehearsal_says_what_would_become_of_each_row_and_keeps_nothing(
    office: Office, intake: Running
) -> None:
    await office.counsellor.rows("/registrations", form(1))
    told = await office.counsellor.rows("/registrations?dry_run=true", form(1), form(2), form(3, sex="?"))
    assert [(row["status"], bool(row["ids"])) for row in told] == [
        ("repeated", True),
        ("accepted", False),
        ("refused", False),
    ]
    assert await numbers(intake, "person", "form", "identity", "command") == [1, 1, 1, 1]


async def test_a_file_of_nothing_but_faults_is_told_row_by_row(office: Office, intake: Running) -> None:
    told = await office.counsellor.rows("/registrations", {}, {"form_no": "1"}, form(1, sex="?"), {"x": "y"})
    assert {row["status"] for row in told} == {"refused"}
    assert [fault["field"] for fault in told[0]["faults"]] == ["form_no", "sex", "commune", "name_km"]
    assert told[3]["faults"][0]["field"] == "fields"
    assert await numbers(intake, "person", "form", "subject") == [0, 0, 0]


async def test_the_same_number_of_another_centre_is_another_form(office: Office) -> None:
    (here,) = await office.counsellor.rows("/registrations", form(1))
    (there,) = await office.elsewhere.rows("/registrations", form(1, commune="220101"))
    assert here["status"] == there["status"] == "accepted"
    assert here["ids"] != there["ids"]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Every statement that any connection of this process runs from now on, and which connection."""
    run: list[tuple[int, str]] = []

    def counted(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def count(self: Any, sql: str, *parameters: Any, **options: Any) -> Any:
            run.append((id(self), sql))
            return await original(self, sql, *parameters, **options)

        return count

    for name in ("execute", "fetch", "fetchrow", "fetchval"):
        monkeypatch.setattr(asyncpg.Connection, name, counted(getattr(asyncpg.Connection, name)))
    return run


@pytest.mark.usefixtures("offered")
async def test_five_hundred_rows_take_as_many_statements_as_one(
    office: Office, statements: list[tuple[int, str]]
) -> None:
    async def count(first: int, rows: int) -> int:
        statements.clear()
        sent = [form(number) for number in range(first, first + rows)]
        assert {row["status"] for row in await office.counsellor.rows("/registrations", *sent)} == {"accepted"}
        (commands,) = {connection for connection, sql in statements if "insert into command" in sql}
        return len([sql for connection, sql in statements if connection == commands])

    one, many = await count(1, 1), await count(2, 500)
    assert many == one < 25


@pytest.mark.usefixtures("offered")
async def test_two_files_with_the_same_forms_at_once_register_each_once(office: Office, intake: Running) -> None:
    sent = [form(number) for number in range(60)]
    one, other = await asyncio.gather(
        office.counsellor.rows("/registrations", *sent), office.lead.rows("/registrations", *reversed(sent))
    )
    told = sorted(row["status"] for row in (*one, *other))
    assert told == ["accepted"] * 60 + ["repeated"] * 60
    assert [row["ids"] for row in one] == [row["ids"] for row in reversed(other)]
    assert await numbers(intake, "person", "cases", "identity") == [60, 60, 60]


@pytest.mark.usefixtures("offered")
async def test_identity_stands_in_its_own_table_and_nowhere_else(office: Office, intake: Running) -> None:
    await registered(office.counsellor)
    tables = await intake.database.fetch("select tablename from pg_tables where schemaname = 'public'")
    holding = set()
    for (table,) in tables:
        rows = await intake.database.fetch(f'select row_to_json(each)::text from "{table}" as each')
        if any(canary in row[0] for row in rows for canary in CANARIES):
            holding.add(table)
    assert holding == {"identity"}


@pytest.mark.usefixtures("offered")
async def test_a_registration_brings_its_plan_and_its_referrals(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="training;job;recognition;social-protection;literacy")
    shown = await case_of(office.counsellor, case)
    assert shown["plan"]["services"] == ["prior-learning", "course", "employment"]
    assert {service: why["reason"] for service, why in shown["plan"]["unmet"].items()} == {
        "literacy-course": "no-offer",
        "social-protection": "no-employment-known",
    }
    assert all(why["en"] and why["km"] for why in shown["plan"]["unmet"].values())
    made = {each["kind"]: each for each in shown["referrals"]}
    assert (made["course"]["course"], made["course"]["provider"]) == ("masonry-a", "provider-a")
    assert (made["prior-learning"]["occupation"], made["prior-learning"]["provider"]) == ("7112", "provider-a")
    assert len({each["code"] for each in shown["referrals"]}) == 3
    assert [(each["outcome"], each["missing"]) for each in shown["evaluations"]] == [
        ("unknown", ["engagement", "starts"])
    ]


@pytest.mark.usefixtures("offered")
async def test_a_code_that_is_taken_is_drawn_anew(
    office: Office, intake: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([1, 1, 2, 2, 2, 3, 4])
    mint = referral_codes.mint
    monkeypatch.setattr(referral_codes, "mint", lambda: mint(lambda _: next(drawn)))
    await office.counsellor.rows("/registrations", form(1, needs="job"), form(2, needs="job"))
    await office.counsellor.rows("/registrations", form(3, needs="job"))
    codes = [row[0] for row in await intake.database.fetch("select code from referral order by code")]
    assert codes == sorted(mint(lambda _, number=number: number) for number in (1, 2, 3))  # type: ignore[misc]


async def test_a_second_return_is_a_new_case_of_the_same_person(office: Office, intake: Running) -> None:
    person, first = await registered(office.counsellor)
    body = {"fields": form(2, name_latin="", note="", phone="", phone_owner="none", consent="messages")}
    answer = await office.counsellor.post(f"/persons/{person}/cases", body)
    (row,) = answer.json()["rows"]
    assert (row["status"], row["ids"]["person"]) == ("accepted", person)
    assert row["ids"]["case"] != first
    shown = (await office.counsellor.get(f"/persons/{person}")).json()
    assert shown["cases"] == [row["ids"]["case"], first]
    assert (shown["identity"]["name_latin"], shown["identity"]["phone"], shown["channel"]) == (
        "Kumru Svay Khiev",
        None,
        "none",
    )
    assert set(shown["consents"]) == {"services", "employment", "messages", "social-protection"}
    repeated = (await office.counsellor.post(f"/persons/{person}/cases", body)).json()["rows"]
    assert [(row["status"], row["ids"]) for row in repeated] == [("repeated", row["ids"])]
    assert (await office.elsewhere.post(f"/persons/{person}/cases", body)).status_code == 404
    assert await numbers(intake, "person", "cases") == [1, 2]
