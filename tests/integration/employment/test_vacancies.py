"""Vacancies over HTTP: rows of a file one by one, batches out of bounds, rehearsals, lists by the page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from services.employment.domain.model import vacancy_id
from shared.access import EMPLOYER, EMPLOYMENT_OFFICER
from shared.service import Running
from shared.work import utc_now
from tests.integration.asking import Asker, asking
from tests.integration.employment.opening import opened, problem
from tests.integration.employment.seeking import ROW, ledger


async def test_rows_of_a_file_are_accepted_repeated_or_refused_one_by_one(employment: Running) -> None:
    yesterday = (utc_now().date() - timedelta(days=1)).isoformat()
    rows = (
        ROW,
        ROW | {"seats": "9"},
        ROW | {"vacancy_no": "2", "commune": "159999", "seats": "Sok Dara"},
        ROW | {"vacancy_no": "3", "closes": yesterday},
        ROW | {"vacancy_no": "4", "employer": "jasmine-homes"},
        ROW | {"vacancy_no": "5", "chief": "Sok Dara"},
        ROW | {"vacancy_no": "៦"},
    )
    async with asking(employment, EMPLOYER, employer="lotus-works") as employer:
        told = await employer.rows("/vacancies", *rows)
        again = await employer.rows("/vacancies", *rows)
    assert [row["status"] for row in told] == ["accepted", *["refused"] * 5, "accepted"]
    assert [row["status"] for row in again] == ["repeated", *["refused"] * 5, "repeated"]
    assert faults(told) == faults(again)
    assert faults(told) == [
        [],
        [("vacancy_no", "changed")],
        [("commune", "unknown-commune"), ("seats", "not-a-number")],
        [("closes", "past-date")],
        [("employer", "other-employer")],
        [("fields", "unknown-column")],
        [],
    ]
    assert all(fault["fix"] and fault["fix_km"] for row in told for fault in row["faults"])
    assert "Dara" not in str(told)
    assert "chief" not in str(told)
    assert len(await ledger(employment, "vacancy-opened")) == 2


def faults(rows: Sequence[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    return [[(fault["field"], fault["reason"]) for fault in row["faults"]] for row in rows]


async def test_a_batch_out_of_bounds_is_refused_whole(employment: Running) -> None:
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        bodies: list[Any] = [
            {"rows": []},
            {"rows": [line(n) for n in range(1, 502)]},
            {"rows": [line(0)]},
            {"rows": "x"},
        ]
        for body in (*bodies, [], {}):
            problem(await officer.post("/vacancies", body), 422, "faulty")
        assert await counted(officer) == 0


def line(number: int) -> dict[str, Any]:
    return {"line": number, "fields": ROW | {"vacancy_no": str(number)}}


async def counted(officer: Asker) -> int:
    return int((await officer.get("/counts")).json()["vacancies"])


async def test_lists_go_on_where_they_ended(employment: Running) -> None:
    await opened(employment, *[ROW | {"vacancy_no": str(number)} for number in range(7)])
    seen: list[str] = []
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        after: dict[str, str] = {}
        while True:
            page = (await officer.get("/vacancies", limit=3, **after)).json()
            seen += [each["vacancy"] for each in page["vacancies"]]
            if page["after"] is None:
                break
            after = {"after": page["after"]}
    assert seen == sorted(vacancy_id("lotus-works", str(number)) for number in range(7))


async def test_rows_can_be_checked_without_opening_anything(employment: Running) -> None:
    rows = (ROW, ROW | {"seats": "none"})
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        body = {"rows": [{"line": number, "fields": row} for number, row in enumerate(rows, 2)]}
        told = (await officer.post("/vacancies?dry_run=true", body)).json()["rows"]
        assert [row["status"] for row in told] == ["accepted", "refused"]
        assert await counted(officer) == 0
        assert [row["status"] for row in await officer.rows("/vacancies", *rows)] == ["accepted", "refused"]
    assert len(await ledger(employment, "vacancy-opened")) == 1
