"""One returnee as other services tell of her, and what can be seen of what intake made of it."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from shared.events.decoding import KeptRecord
from shared.events.employment import MatchAccepted, MatchProposed, PlacementConfirmed
from shared.events.envelope import Contract
from shared.events.notifications import MessageDelivered
from shared.events.training import CompletionRecorded, SeatReserved, SkillsRecognised
from shared.service import Running
from shared.work import new_id
from tests.integration.asking import Asker
from tests.integration.core.speaking import record
from tests.unit.intake.made_up import fields
from tests.waiting import until

CANARIES = ("គំរូ", "Kumru", "1990-05-12", "19000001", "099000137", "job fair")
"""What stands in the made-up form and must leave intake nowhere."""

MATCH = "00000000-0000-4000-8000-0000000000b1"
VACANCY = "00000000-0000-4000-8000-0000000000b2"


async def registered(asker: Asker, **changed: str) -> tuple[str, str]:
    """A person and her case."""
    (row,) = await asker.rows("/registrations", fields(**changed))
    assert row["status"] == "accepted", row
    return row["ids"]["person"], row["ids"]["case"]


async def case_of(asker: Asker, case: str) -> dict[str, Any]:
    answer = await asker.get(f"/cases/{case}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def referral_of(asker: Asker, case: str, kind: str) -> dict[str, Any]:
    (found,) = [each for each in (await case_of(asker, case))["referrals"] if each["kind"] == kind]
    return dict(found)


async def id_of_code(running: Running, code: str) -> str:
    """The referral's id, which others learn from the event."""
    rows = await running.database.fetch("select referral::text from referral where code = $1", code)
    return str(rows[0][0])


def told(person: str, case: str, *facts: Contract) -> list[KeptRecord]:
    """These facts about a person, each on its owner's topic with its owner's sequence."""
    sequences: Counter[str] = Counter()
    records = []
    for fact in facts:
        sequences[fact.owner] += 1
        about = {"source": f"/reintegration/{fact.owner}", "caseid": case, "correlationid": new_id()}
        records.append(record(person, sequences[fact.owner], fact, topic=fact.topic, **about))
    return records


def trained(referral: str, code: str) -> list[Contract]:
    """What training tells of a course that was passed."""
    course: dict[str, Any] = {"referral": referral, "code": code, "course": "masonry-a", "provider": "provider-a"}
    return [
        SeatReserved(**course),
        CompletionRecorded(**course, completed_on=date(2026, 11, 20), result="passed"),
        SkillsRecognised(skills=("bricklaying", "plastering"), via="completion", evidence=referral),
    ]


def placed(engagement: str = "employee") -> list[Contract]:
    """What employment tells of a job found."""
    match: dict[str, Any] = {"match": MATCH, "vacancy": VACANCY}
    work: dict[str, Any] = {"occupation": "7112", "commune": "150101"}
    return [
        MatchProposed(**match, **work, score=80, rules="v1"),
        MatchAccepted(**match),
        PlacementConfirmed(**match, **work, employer="lotus-works", starts=date(2026, 12, 1), engagement=engagement),
    ]


def delivered(about: str) -> list[Contract]:
    return [MessageDelivered(message=new_id(), template="welcome", channel="sms", language="km", about=about)]


def shuffled(records: Sequence[KeptRecord], chance: random.Random) -> list[KeptRecord]:
    """The same records, those of one owner and person in their order, all others in any."""
    waiting: dict[tuple[str, bytes | None], list[KeptRecord]] = {}
    for each in records:
        waiting.setdefault((each.topic, each.key), []).append(each)
    mixed = []
    while waiting:
        name = chance.choice(sorted(waiting, key=str))
        mixed.append(waiting[name].pop(0))
        if not waiting[name]:
            del waiting[name]
    return mixed


async def handled(running: Running, number: int) -> None:
    """Wait until so many records were applied or found to be repeated, and everything recorded was sent."""
    counts = running.consumer.counts
    await until(lambda: counts["applied"] + counts["repeated"] + counts["parked"] >= number)
    await sent(running)


async def sent(running: Running) -> None:
    """Wait until Kafka has everything."""

    async def nothing_left() -> bool:
        return bool((await running.database.fetch("select count(*) from unsent"))[0][0] == 0)

    await until(nothing_left)
