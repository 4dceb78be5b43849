"""Vacancies opened over HTTP, and what a problem must say."""

from typing import Any

from services.employment.domain.model import vacancy_id
from shared.access import EMPLOYMENT_OFFICER
from shared.service import Running
from tests.integration.asking import asking

VACANCY = vacancy_id("lotus-works", "1")


async def opened(running: Running, *rows: dict[str, str]) -> None:
    async with asking(running, EMPLOYMENT_OFFICER) as officer:
        assert {row["status"] for row in await officer.rows("/vacancies", *rows)} == {"accepted"}


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["type"].rpartition(":")[2]) == (status, code), answer.text
    assert told["detail"]
    assert told["detail_km"]
    return told
