"""The service as a process of its own: it listens, waits, takes what comes, tells no value, and ends as it should."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import orjson
import pytest

from deploy.embedded.ports import free_port
from shared.access import DevelopmentIssuer
from tests.conftest import ROOT
from tests.integration.http.board import MIGRATIONS
from tests.integration.http.conftest import Client
from tests.waiting import until

CANARY = "Canary-7731"
NOBODY = "postgresql://nobody:nothing@127.0.0.1:9/nothing"


@dataclass
class Served:
    """A process that serves the board; `log` is all that it wrote."""

    process: subprocess.Popen[bytes]
    port: int
    out: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.out.read_text()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return await asyncio.to_thread(self.process.wait, 60)

    async def answers(self, path: str) -> int:
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(self.url + path)).status_code
            except httpx.TransportError:
                return 0

    async def listens(self) -> bool:
        return await self.answers("/health/live") > 0


Start = Callable[..., Served]


@pytest.fixture
def start(issuer: DevelopmentIssuer, tmp_path: Path) -> Iterator[Start]:
    started: list[Served] = []

    def start(database_url: str, *arguments: str, **changed: str) -> Served:
        port = int(changed.pop("port", 0)) or free_port()
        settings = {
            "database_url": database_url,
            "issuer_key": str(issuer.public_key),
            "digest_key": "k" * 32,
            "port": str(port),
            "kafka": "127.0.0.1:9",
            **changed,
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith("REINTEGRATION_")}
        environment |= {f"REINTEGRATION_{name.upper()}": value for name, value in settings.items()}
        out = tmp_path / f"{len(started)}.log"
        with out.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.http.served", *arguments],
                cwd=ROOT,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        started.append(Served(process, port, out))
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.kill()
            served.process.wait()


@pytest.fixture
async def address(database_of: Callable[[str | Path], Awaitable[str]]) -> str:
    return await database_of(MIGRATIONS)


async def ready(served: Served) -> None:
    async def look() -> bool:
        assert served.process.poll() is None, served.log
        return await served.answers("/health/ready") == 200

    await until(look)


@contextmanager
def taken(port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)):
        yield


async def test_bodies_of_ten_megabytes_are_refused_and_the_service_goes_on(
    start: Start, address: str, tokens: dict[str, str]
) -> None:
    served = start(address)
    await ready(served)
    body = b'{"words": "' + CANARY.encode() * 950_000 + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 65_536):
            yield body[begin : begin + 65_536]

    async with httpx.AsyncClient(base_url=served.url) as asking:
        client = Client(asking, tokens)
        json = {"Content-Type": "application/json"}
        for content in (body, chunks()):
            answer = await client.post("/notes", content=content, headers=json)
            assert answer.status_code == 413
            assert answer.json()["type"] == "urn:reintegration:problem:too-large"
        words = {"person": str(uuid.uuid4()), "words": CANARY}
        assert (await client.post("/notes", words)).status_code == 201
    assert await served.end() == 0


async def test_no_value_of_a_request_reaches_the_log(start: Start, address: str, tokens: dict[str, str]) -> None:
    served = start(address)
    await ready(served)
    person = str(uuid.uuid4())
    async with httpx.AsyncClient(base_url=served.url) as asking:
        client = Client(asking, tokens)
        await client.post("/notes", {"person": person, "words": CANARY})
        await client.post("/notes", {"person": CANARY, "words": CANARY, CANARY: CANARY})
        await client.post("/notes", {"person": person, "words": CANARY, "refuse": "rejected"})
        await client.post(f"/{CANARY}?{CANARY}={CANARY}", {CANARY: CANARY})
        await client.get(f"/notes/{CANARY}?{CANARY}")
        await client.post("/failures", by="operator", headers={"X-Other": CANARY})
        await client.post("/notes", content=CANARY.encode(), headers={"Content-Type": CANARY})
        await asking.get("/notes", headers={"Authorization": f"Bearer {CANARY}"})
    assert await served.end() == 0
    assert CANARY not in served.log
    lines = [orjson.loads(line) for line in served.log.splitlines()]
    commands = [line for line in lines if line["event"] == "command"]
    assert [line["status"] for line in commands] == [201, 422, 422, 404, 415]
    assert commands[0]["route"] == "/notes"
    assert commands[0]["action"] == "board.write-note"
    (failed,) = [line for line in lines if line["event"] == "request failed"]
    assert failed["reason"] == "RuntimeError"
    assert failed["where"].startswith("board.py:")
    (recorded,) = [line for line in lines if line["event"] == "recorded"]
    assert (recorded["person"], recorded["correlation"]) == (person, commands[0]["correlation"])


async def test_a_service_waits_for_its_database_and_says_so(start: Start, tokens: dict[str, str]) -> None:
    served = start(NOBODY)
    await until(served.listens)
    async with httpx.AsyncClient(base_url=served.url) as asking:
        assert (await asking.get("/health/live")).status_code == 200
        waiting = await asking.get("/health/ready")
        assert waiting.status_code == 503
        assert waiting.json()["problems"] == ["waiting for the database"]
        assert (await Client(asking, tokens).get("/notes")).status_code == 503
    assert await served.end(signal.SIGINT) == 0


async def test_a_dead_loop_ends_the_process_with_70(start: Start, address: str) -> None:
    served = start(address, "dying")
    await until(served.listens)
    assert await asyncio.to_thread(served.process.wait, 60) == 70
    assert "stopped" in served.log


async def test_a_port_that_is_taken_and_a_key_that_is_none_are_said(start: Start, tmp_path: Path) -> None:
    port = free_port()
    with taken(port):
        served = start(NOBODY, port=str(port))
        assert await asyncio.to_thread(served.process.wait, 60) == 69
    assert "cannot listen" in served.log
    served = start(NOBODY, issuer_key=str(tmp_path / "nothing.pem"))
    assert await asyncio.to_thread(served.process.wait, 60) == 78
    assert "REINTEGRATION_ISSUER_KEY" in served.log
