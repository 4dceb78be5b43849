"""Offices of health care in Pursat, and what can be seen of the referrals that are made to them."""

from dataclasses import dataclass
from typing import Any

from shared.service import Running
from tests.integration.asking import Asker

NO_NEEDS = {"needs": ""}
"""A form that asks for nothing, so that a test refers by hand."""


@dataclass(frozen=True)
class Clinics:
    """The staff of three offices of health care: two for Pursat, one for its district Bakan alone."""

    a: Asker
    b: Asker
    bakan: Asker

    def of(self, provider: str) -> Asker:
        asker: Asker = getattr(self, provider.removeprefix("clinic-"))
        return asker


def clinic(code: str, **changed: Any) -> dict[str, Any]:
    titles = {"title_en": f"Clinic {code}", "title_km": "មណ្ឌលសុខភាព"}
    return {"office": f"clinic-{code}", "kinds": ["health"], "provinces": ["15"], **titles, **changed}


async def referred(asker: Asker, case: str, **changed: Any) -> dict[str, Any]:
    """A referral to a clinic; returns what is shown of it."""
    made = await asker.post(f"/cases/{case}/referrals", {"kind": "health", **changed})
    assert made.status_code == 200, made.text
    shown: dict[str, Any] = (await asker.get(f"/referrals/{made.json()['ids']['code']}")).json()
    return shown


async def told(running: Running, person: str) -> list[str]:
    """Which facts of referrals intake recorded of a person, in order."""
    rows = await running.database.fetch("select type from ledger where subject = $1 order by sequence", person)
    return [fact for row in rows if (fact := row[0].split(".")[2]).startswith("referral-")]


async def listed(asker: Asker, view: str) -> list[tuple[str, str, str | None]]:
    return [
        (each["code"], each["state"], each["escalated"] if view == "lead" else each["reason"])
        for each in (await asker.get("/referrals", view=view)).json()
    ]


async def shown(asker: Asker, code: str) -> dict[str, Any]:
    answer = await asker.get(f"/referrals/{code}")
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen
