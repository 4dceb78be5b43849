"""What notifications hears, record by record, and what can be seen of what it did."""

import random
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from shared.events.decoding import KeptRecord
from shared.events.envelope import Contract
from shared.events.intake import CaseRegistered, ConsentGiven, ContactChanged
from shared.events.training import SeatReserved
from shared.service import Running
from tests.integration.core.speaking import record

REFERRAL = {"referral": "00000000-0000-4000-8000-0000000000d1", "code": "4821-0937-5518"}
SEAT = SeatReserved(**REFERRAL, course="welding-basic", provider="provider-a")
REGISTERED = CaseRegistered(centre="pursat")
CONSENT = ConsentGiven(purpose="messages", text_version="v1", given="signed")


def contact(language: str = "km", channel: str = "sms") -> ContactChanged:
    return ContactChanged(contact=str(uuid.uuid4()), channel=channel, language=language)


def stream(person: str, *facts: Contract) -> list[KeptRecord]:
    """These facts about a person, each on its owner's topic with its owner's sequence."""
    sequences: Counter[str] = Counter()
    case, correlation = str(uuid.uuid4()), str(uuid.uuid4())
    records = []
    for fact in facts:
        sequences[fact.owner] += 1
        source = f"/reintegration/{fact.owner}"
        told = {"source": source, "caseid": case, "correlationid": correlation}
        records.append(record(person, sequences[fact.owner], fact, topic=fact.topic, **told))
    return records


def shuffled(records: Sequence[KeptRecord], chance: random.Random) -> list[KeptRecord]:
    """The same records, those of one owner and person in their order, all others in any."""
    streams: dict[tuple[str, bytes | None], list[KeptRecord]] = {}
    for each in records:
        streams.setdefault((each.topic, each.key), []).append(each)
    mixed = []
    while streams:
        name = chance.choice(list(streams))
        mixed.append(streams[name].pop(0))
        if not streams[name]:
            del streams[name]
    return mixed


def letters(folder: Path) -> list[dict[str, Any]]:
    """Every message that the local channel took."""
    return [orjson.loads(file.read_bytes()) for file in sorted(folder.glob("??/*.json"))]


async def states(running: Running) -> dict[str, int]:
    """How many messages there are in each state."""
    return dict(await running.database.fetch("select state, count(*) from message group by state"))
