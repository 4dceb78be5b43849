"""Taking persons up and editing what their records hold, as tests do it."""

from typing import Any

from shared.service import Running
from tests.integration.asking import Asker

DEVICE = "2026-11-20T08:15:00+07:00"


async def taken_up(asker: Asker, **body: Any) -> tuple[str, str]:
    answer = await asker.post("/persons", body)
    assert answer.status_code == 200, answer.text
    ids = answer.json()["ids"]
    return ids["person"], ids["case"]


async def shown(asker: Asker, path: str) -> dict[str, Any]:
    answer = await asker.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def edit(asker: Asker, path: str, based_on: int, status: int = 200, **fields: Any) -> dict[str, Any]:
    answer = await asker.patch(path, {"based_on": based_on, **fields})
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def events(intake: Running, person: str) -> list[str]:
    rows = await intake.database.fetch("select type from ledger where subject = $1 order by sequence", person)
    return [row[0].split(".")[2] for row in rows]
