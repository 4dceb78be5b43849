"""Job seekers as intake and training tell of them, and what can be seen of what employment made of it."""

from collections.abc import Sequence
from typing import Any

import orjson

from shared.events.decoding import KeptRecord
from shared.events.envelope import Contract
from shared.events.intake import CaseRegistered, ConsentGiven, NeedsAssessed
from shared.events.training import SkillsRecognised
from shared.service import Running
from shared.work import new_id
from tests.integration.notifications.told import stream

CONSENT = ConsentGiven(purpose="employment", text_version="v1", given="signed")
EVIDENCE = "00000000-0000-4000-8000-0000000000d1"

ROW = {
    "vacancy_no": "1",
    "employer": "lotus-works",
    "occupation": "7112",
    "skills": "bricklaying;plastering",
    "commune": "150101",
    "seats": "10",
    "wage_usd": "230",
    "closes": "",
}


def recognised(*skills: str) -> SkillsRecognised:
    return SkillsRecognised(skills=skills or ("bricklaying",), via="completion", evidence=EVIDENCE)


def registered(commune: str = "150101", centre: str = "pursat", occupation: str = "7112") -> CaseRegistered:
    return CaseRegistered(centre=centre, commune=commune, occupation=occupation)


def assessed(*needs: str) -> NeedsAssessed:
    return NeedsAssessed(questionnaire="v1", needs=needs)


def seekers(number: int, *facts: Contract) -> tuple[list[str], list[KeptRecord]]:
    """So many persons, and the records that tell these facts of each; by default all that makes a seeker."""
    people = [new_id() for _ in range(number)]
    told = facts or (registered(), CONSENT, recognised())
    return people, [record for person in people for record in stream(person, *told)]


async def ledger(running: Running, fact: str) -> list[dict[str, Any]]:
    """The recorded events of a fact, in order."""
    rows = await running.database.fetch(
        "select id::text, subject::text, caseid::text, correlationid::text, causationid::text, time, data "
        "from ledger where type = $1 order by position",
        f"reintegration.employment.{fact}.v1",
    )
    return [{**row, "data": orjson.loads(row["data"])} for row in rows]


async def settled(running: Running, applied: int) -> bool:
    """Whether so many events were applied, and every consequence of them is worked off and sent."""
    if running.consumer.counts["applied"] < applied:
        return False
    rows = await running.database.fetch("select (select count(*) from timer) + (select count(*) from unsent)")
    return int(rows[0][0]) == 0


async def profiles(running: Running, people: Sequence[str]) -> list[tuple[Any, ...]]:
    """Their profiles without what is each one's own."""
    rows = await running.database.fetch(
        "select centres, commune, occupation, skills, limits, assessed, consent, consent_until, seeking, placed, "
        "jsonb_array_length(cases), accepted is null from seeker where person = any($1::uuid[]) order by person",
        people,
    )
    return [tuple(row) for row in rows]
