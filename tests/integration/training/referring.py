"""Speaks as intake would of referrals to training, and reads what training tells."""

import random
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from shared import referral_codes
from shared.access import OPERATOR
from shared.events.decoding import KeptRecord
from shared.events.intake import ReferralRequested, ReferralWithdrawn
from shared.service import Running
from tests.integration.asking import Asker, asking
from tests.integration.core.speaking import attributes_of, data_of, listen, record

Start = Callable[..., Awaitable[Running]]
SKILLS = ["arc-welding", "metal-cutting"]


class Referred(NamedTuple):
    """A referral of a person, with the code she carries."""

    person: str
    case: str
    referral: str
    code: str
    course: str | None = "welding-basic"
    kind: str = "course"

    def requested(self, sequence: int = 1, **more: Any) -> KeptRecord:
        named = {"referral": self.referral, "code": self.code, "kind": self.kind}
        data = ReferralRequested(**named, provider="provider-a", course=self.course, **more)
        return record(self.person, sequence, data, caseid=self.case)

    def withdrawn(self, sequence: int = 2) -> KeptRecord:
        named = {"referral": self.referral, "code": self.code, "kind": self.kind}
        data = ReferralWithdrawn(**named, reason="other", provider="provider-a", course=self.course)
        return record(self.person, sequence, data, caseid=self.case)

    def completion(self, **cells: str) -> dict[str, str]:
        """A row of a provider's file."""
        assert self.course is not None
        return {"code": self.code, "course": self.course, "completed_on": "2026-05-03", "result": "passed", **cells}


def referred(person: str | None = None, **more: Any) -> Referred:
    """A made-up referral, of a new person unless one is given."""
    fresh = [str(uuid.uuid4()) for _ in range(3)]
    return Referred(person or fresh[0], fresh[1], fresh[2], referral_codes.mint(random.randrange), **more)


def offered(course: str = "welding-basic", seats: int = 2, **changed: Any) -> dict[str, Any]:
    return {
        "course": course,
        "provider": "provider-a",
        "title_en": "Welding",
        "title_km": "ផ្សារដែក",
        "occupation": "7212",
        "skills": SKILLS,
        "seats": seats,
        "starts": "2026-06-01",
        **changed,
    }


async def offer(asker: Asker, *courses: dict[str, Any]) -> list[str]:
    """Post courses; returns what became of each."""
    answer = await asker.post("/courses", {"courses": list(courses)})
    assert answer.status_code == 200, answer.text
    return [row["status"] for row in answer.json()["rows"]]


async def with_courses(training: Running, *courses: dict[str, Any]) -> None:
    async with asking(training, OPERATOR) as operator:
        assert set(await offer(operator, *courses)) == {"accepted"}


class Fact(NamedTuple):
    """What training told, as it stood on the topic."""

    name: str
    person: str
    case: str | None
    data: dict[str, Any]


async def told(kafka: str, topics: str) -> list[Fact]:
    """Every fact on training's topic; those of a person in their order."""
    heard = await listen(kafka, topics + "training")
    return [
        Fact(each["type"].split(".")[2], each["subject"], each.get("caseid"), data)
        for each, data in zip(attributes_of(heard), data_of(heard), strict=True)
    ]


async def nothing_unsent(running: Running) -> bool:
    return not await running.database.fetch("select 1 from unsent limit 1")
