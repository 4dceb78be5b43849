"""`reintegration parked` in a process of its own, against the four services as they answer over HTTP."""

import asyncio
import json
import socket
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn

from deploy.addresses import ADDRESSES, Addresses
from deploy.parked import SERVICES
from shared.access import DevelopmentIssuer
from shared.events.intake import ReferralRequested
from shared.http import application
from shared.service import Running
from tests.conftest import ROOT
from tests.integration.core.speaking import person, record, speak
from tests.waiting import until

HANG_SECONDS = 120
SECRET = "made-up-name-of-somebody"


class Ended(NamedTuple):
    code: int | None
    out: str
    told: str

    @property
    def answer(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


class Terminal:
    """Where an operator of these services types."""

    def __init__(self, folder: Path, services: Mapping[str, Running]) -> None:
        self.folder, self.services = folder, services

    async def parked(self, *arguments: object) -> Ended:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy", "parked", *map(str, arguments), "--data", str(self.folder)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        try:
            out, told = await asyncio.wait_for(process.communicate(), HANG_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        ended = Ended(process.returncode, out.decode(), told.decode())
        assert SECRET not in ended.out + ended.told
        return ended

    async def done(self, *arguments: object) -> Ended:
        ended = await self.parked(*arguments)
        assert ended.code == 0, ended.told
        return ended

    async def refused(self, *arguments: object) -> str:
        """What a command says that could not do it: one sentence, no traceback, nothing on standard output."""
        ended = await self.parked(*arguments)
        assert (ended.code, ended.out) == (1, "")
        (line,) = ended.told.splitlines()
        assert line.startswith("error: ")
        return line


class _Listening(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:
        """The run's own signals stay the run's."""
        return nullcontext()


@asynccontextmanager
async def listening(running: Running) -> AsyncIterator[str]:
    """The address at which this service answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = _Listening(uvicorn.Config(application(running), lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


@pytest.fixture
async def terminal(running: Callable[..., Awaitable[Running]], tmp_path: Path) -> AsyncIterator[Terminal]:
    key = DevelopmentIssuer(tmp_path / "issuer").public_key
    async with AsyncExitStack() as stack:
        started = {name: await running(name, issuer_key=key) for name in SERVICES}
        urls = {name: await stack.enter_async_context(listening(service)) for name, service in started.items()}
        addresses = Addresses(urls, {}, "", "", str(tmp_path / "issuer"), "", "")
        (tmp_path / ADDRESSES).write_text(json.dumps(asdict(addresses)), encoding="utf-8")
        yield Terminal(tmp_path, started)


def requested(who: str, sequence: int, code: str, /, **changed: str) -> Any:
    data = ReferralRequested(
        referral=str(uuid.uuid4()), code=code, kind="prior-learning", provider="provider-a", occupation="7212"
    )
    value = json.dumps({**data.model_dump(mode="json"), **changed}).encode()
    return record(who, sequence, value, type=ReferralRequested.type)


async def test_an_operator_lists_explains_corrects_replays_and_drops(
    kafka: str, topics: str, terminal: Terminal
) -> None:
    who, other = person(), person()
    good = "1111-1111-1111"
    spoken = [
        requested(who, 1, good, code=SECRET),
        requested(who, 2, "2222-2222-2222"),
        requested(other, 1, good, code=SECRET),
        requested(other, 2, "3333-3333-3333"),
    ]
    await speak(kafka, topics, spoken)
    for hearer in ("training", "employment", "notifications"):
        await until(lambda hearer=hearer: terminal.services[hearer].consumer.counts["parked"] == 4)

    everywhere, listed, absent = await asyncio.gather(
        terminal.done("list"),
        terminal.done("list", "--service", "training", "--reason", "contract", "--json"),
        terminal.refused("show", 999, "--service", "training"),
    )
    lines = everywhere.out.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [
        "intake: nothing",
        "training: 2 behind-parked, 2 contract",
        "employment: 2 behind-parked, 2 contract",
        "notifications: 2 behind-parked, 2 contract",
    ]
    assert sum(who in line for line in lines) == 6
    assert "404" in absent
    numbers = {each["person"]: each["number"] for each in listed.answer["training"]["parked"]}
    first, second = numbers[who], numbers[other]

    why = ("--service", "training", "--why", "the sheet had a name there")
    shown, wrong = await asyncio.gather(
        terminal.done("show", first, "--service", "training"),
        terminal.refused("correct", first, *why, "--field", "kode=1", "--field", f"code={good}"),
    )
    assert "  The data do not meet the contract.\n" in shown.out
    assert "  code: Copy the referral code: " in shown.out
    assert "សូមចម្លងកូដបញ្ជូន" in shown.out
    assert shown.out.partition("behind it:")[2].split()[1:5] == ["behind-parked", ReferralRequested.type, who, "2"]
    assert "kode: " in wrong

    corrected = await terminal.done("correct", first, *why, "--field", f"code={good}", "--json")
    assert corrected.answer["status"] == "corrected"
    assert (await terminal.done("replay", first, *why)).out == "replayed: applied 2, waiting 0\n"

    dropped = await terminal.done("drop", second, *why, "--code", "duplicate")
    assert dropped.out.startswith("dropped: applied 1, waiting 0, told ")
    await until(lambda: terminal.services["intake"].consumer.counts["applied"] >= 1)
    told = await terminal.done("list", "--service", "intake", "--person", other)
    assert "dropped by training at " in told.out
    assert f" as duplicate: {ReferralRequested.type}" in told.out

    history, after, settled = await asyncio.gather(
        terminal.done("show", first, "--service", "training"),
        terminal.done("list", "--person", other),
        terminal.refused("replay", second, *why),
    )
    assert f'code": "{good}' in history.out
    for action in ("corrected", "replayed"):
        assert f" {action} by command-line-" in history.out
    assert history.out.count("the sheet had a name there") == 2
    assert "training: nothing" in after.out.splitlines()
    assert "employment: 2 behind-parked, 2 contract" in after.out.splitlines(), "each service has its own copies"
    assert (after.out.count(other), after.out.count(who)) == (4, 0)
    assert "409" in settled
    rows = await terminal.services["training"].database.fetch("select person::text, code from referral order by code")
    assert [tuple(row) for row in rows] == [
        (who, good),
        (who, "2222-2222-2222"),
        (other, "3333-3333-3333"),
    ]
