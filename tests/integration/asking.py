"""Asks a service that runs in this process over HTTP, as somebody with a role."""

import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Unpack

import httpx

from shared.access import DevelopmentIssuer, Owners
from shared.http import application
from shared.service import Running

_KEYS = tempfile.TemporaryDirectory(prefix="issuer-")  # taken away at the end of the run


@cache
def issuer() -> DevelopmentIssuer:
    """The run's own issuer; a service believes it with `issuer_key=issuer().public_key`."""
    return DevelopmentIssuer(Path(_KEYS.name))


class Asker:
    """One account's requests; every command gets a key of its own unless one is given."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        return await self._client.get(path, params=parameters)

    async def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> httpx.Response:
        told = {"Idempotency-Key": key or uuid.uuid4().hex, **headers}
        return await self._client.post(path, json=body, headers=told)

    async def patch(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        return await self._client.patch(path, json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})

    async def put(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        return await self._client.put(path, json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})

    async def delete(self, path: str, key: str | None = None) -> httpx.Response:
        return await self._client.delete(path, headers={"Idempotency-Key": key or uuid.uuid4().hex})

    async def rows(self, path: str, *rows: dict[str, str]) -> list[dict[str, Any]]:
        """Post rows as the lines of a file, and what became of each."""
        answer = await self.post(path, {"rows": [{"line": line, "fields": row} for line, row in enumerate(rows, 2)]})
        assert answer.status_code == 200, answer.text
        told: list[dict[str, Any]] = answer.json()["rows"]
        assert [row["line"] for row in told] == list(range(2, 2 + len(rows)))
        return told


@asynccontextmanager
async def asking(running: Running, *roles: str, **offices: Unpack[Owners]) -> AsyncIterator[Asker]:
    """Somebody with these roles, of these offices."""
    token = issuer().token(f"somebody-{uuid.uuid4().hex[:8]}", roles, **offices)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application(running)),
        base_url="http://service",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield Asker(client)
