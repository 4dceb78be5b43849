"""The test's own service, asked over HTTP in this process, on a database of its own."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYMENT_OFFICER, OPERATOR, DevelopmentIssuer
from shared.http import application
from shared.service import Running
from shared.settings import Settings
from tests.integration.http.board import MIGRATIONS, SERVICE
from tests.integration.http.proxy import Proxy
from tests.waiting import administer, at_database


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def tokens(issuer: DevelopmentIssuer) -> dict[str, str]:
    return {
        "counsellor": issuer.token("sokha", [COUNSELLOR], centre="pursat"),
        "other-counsellor": issuer.token("dara", [COUNSELLOR], centre="oddar-meanchey"),
        "lead": issuer.token("vanna", [CENTRE_LEAD], centre="pursat"),
        "officer": issuer.token("bopha", [EMPLOYMENT_OFFICER]),
        "operator": issuer.token("rith", [OPERATOR]),
    }


@pytest.fixture(scope="session")
async def proxy(postgres: str, template: Callable[[Path], Awaitable[str]]) -> AsyncIterator[Proxy]:
    """Stands between the service and its database, and can hurt what passes."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    await administer(postgres, f"create database {name} template {await template(MIGRATIONS)}")
    async with Proxy(at_database(postgres, name)) as proxy:
        yield proxy
    await administer(postgres, f"drop database {name} with (force)")


@pytest.fixture(scope="session")
async def service(proxy: Proxy, issuer: DevelopmentIssuer) -> AsyncIterator[Running]:
    """The service, able to answer; its loops, which have nothing to do in these tests, are not started."""
    settings: dict[str, Any] = {"database_url": proxy.url, "issuer_key": issuer.public_key, "digest_key": "k" * 32}
    running = Running(SERVICE, Settings(**settings))
    yield running
    await running.database.close()


@pytest.fixture
async def board(service: Running) -> Running:
    """The service with nothing in its tables."""
    await service.database.fetch("truncate note, desk, ledger, unsent, subject, command")
    return service


class Client:
    """Asks as somebody; every command gets a key of its own unless one is given."""

    def __init__(self, client: httpx.AsyncClient, tokens: dict[str, str]) -> None:
        self._client = client
        self.tokens = tokens

    async def post(
        self, path: str, json: Any = None, *, by: str = "counsellor", key: str | None = None, **options: Any
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens[by]}", "Idempotency-Key": key or uuid.uuid4().hex}
        headers |= options.pop("headers", {})
        return await self._client.post(path, json=json, headers=headers, **options)

    async def get(self, path: str, *, by: str = "counsellor") -> httpx.Response:
        return await self._client.get(path, headers={"Authorization": f"Bearer {self.tokens[by]}"})


@pytest.fixture(scope="session")
async def asking(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as client:
        yield client


@pytest.fixture
def bare(asking: httpx.AsyncClient, board: Running) -> httpx.AsyncClient:
    """Asks as nobody."""
    return asking


@pytest.fixture
def client(bare: httpx.AsyncClient, tokens: dict[str, str]) -> Client:
    return Client(bare, tokens)
