"""A file arrives whole, and once, also when the service that takes it is killed while it is being sent."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from deploy import checking
from deploy.draining import Drain
from services.__main__ import NAMES, service_named
from tests.conftest import ROOT
from tests.journey.conftest import Pilot
from tests.waiting import until

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot

ROWS = 1_400


async def test_a_file_is_taken_once_though_its_service_is_killed(pilot: Pilot, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    lines = [f"KILL-{number},Kumru Svay {number},female,150101,job,employment,signed" for number in range(ROWS)]
    file.write_text("\n".join(["form_no,name_latin,sex,commune,needs,consent,consent_given", *lines]))
    arguments = ["submit", "intake", str(file), "--centre", "pursat", "--json", "--data", str(pilot.data)]
    intake = pilot.system.children["intake"]
    database = await asyncpg.connect(pilot.addresses.databases["intake"])

    async def taken() -> int:
        return int(await database.fetchval("select count(*) from form where form_no like 'KILL-%'"))

    async def any_taken() -> bool:
        return await taken() > 0

    sending = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from deploy.cli import main; main()",
        *arguments,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        await until(any_taken)
        first = intake.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert not ended(sending)
        told, said = await asyncio.wait_for(sending.communicate(), 180)
        assert sending.returncode == 0, said.decode()
        assert intake.pid != first
        result = json.loads(told.decode().splitlines()[-1])
        assert (result["accepted"], result["repeated"], result["refused"]) == (ROWS, 0, 0)
        assert await taken() == ROWS
        cases = "select count(*) from form join cases using (caseid) where form_no like 'KILL-%'"
        assert await database.fetchval(cases) == ROWS
    finally:
        await database.close()
        if not ended(sending):
            sending.kill()
    await asyncio.to_thread(_settle, pilot)


def ended(process: asyncio.subprocess.Process) -> bool:
    return process.returncode is not None


def _settle(pilot: Pilot) -> None:
    with Drain(pilot.addresses, {name: service_named(name).topics for name in NAMES}) as drain:
        drain.wait()
    report = checking.check(pilot.addresses)
    assert (report.clean, report.drained, report.waiting) == (True, True, 0)
