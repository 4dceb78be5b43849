"""Intake on a real database, and the people who ask it. Tests that need Kafka start the service whole."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

import pytest

from services.intake.app import SERVICE
from shared.access import (
    CENTRE_LEAD,
    COUNSELLOR,
    OPERATOR,
    SCHEME_OFFICER,
    SERVICE_PROVIDER,
    TRAINING_PROVIDER,
    Owners,
)
from shared.service import Running
from shared.settings import Settings
from tests.integration.asking import Asker, asking, issuer
from tests.integration.intake.clinics import Clinics, clinic


@pytest.fixture
async def intake(database_of: Callable[[str | Path], Awaitable[str]]) -> AsyncIterator[Running]:
    """The service, able to answer; its loops are not started."""
    url = await database_of("intake")
    settings: dict[str, Any] = {"database_url": url, "issuer_key": issuer().public_key, "digest_key": "k" * 32}
    running = Running(SERVICE, Settings(**settings))
    yield running
    await running.database.close()


@dataclass(frozen=True)
class Office:
    """Those who ask: two centres' counsellors, one's lead, a provider, the fund's officer, an operator."""

    counsellor: Asker
    elsewhere: Asker
    lead: Asker
    provider: Asker
    officer: Asker
    operator: Asker


@pytest.fixture
async def office(intake: Running) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:

        async def enter(role: str, **offices: Unpack[Owners]) -> Asker:
            return await stack.enter_async_context(asking(intake, role, **offices))

        yield Office(
            counsellor=await enter(COUNSELLOR, centre="pursat"),
            elsewhere=await enter(COUNSELLOR, centre="oddar-meanchey"),
            lead=await enter(CENTRE_LEAD, centre="pursat"),
            provider=await enter(TRAINING_PROVIDER, provider="provider-a"),
            officer=await enter(SCHEME_OFFICER, scheme="nssf"),
            operator=await enter(OPERATOR),
        )


COURSE: dict[str, Any] = {
    "course": "masonry-a",
    "provider": "provider-a",
    "title_en": "Masonry",
    "title_km": "ជាងសំណង់",
    "occupation": "7112",
    "province": "15",
    "skills": ["bricklaying", "plastering"],
    "seats": 20,
    "starts": "2027-01-04",
}


@pytest.fixture
async def offered(office: Office) -> None:
    """A masonry course in Pursat can be referred to."""
    answer = await office.operator.post("/offers", {"offers": [COURSE]})
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def clinics(intake: Running, office: Office) -> AsyncIterator[Clinics]:
    every = [clinic("a", capacity=5), clinic("b"), clinic("bakan", provinces=[], districts=["1501"])]
    kept = await office.lead.post("/offices", {"offices": every})
    assert (kept.status_code, kept.json()["status"]) == (200, "kept"), kept.text
    async with AsyncExitStack() as stack:

        async def enter(**offices: Unpack[Owners]) -> Asker:
            return await stack.enter_async_context(asking(intake, SERVICE_PROVIDER, **offices))

        yield Clinics(
            a=await enter(provider="clinic-a"),
            b=await enter(provider="clinic-b"),
            bakan=await enter(provider="clinic-bakan"),
        )
