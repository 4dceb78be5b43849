"""Keeps a release's databases and topics, for later versions to be upgraded from:

    python -m tests.integration.upgrade.store 0.1.0

Run it once a release, on the release's own code, and commit what it writes. All people in it are made up.
"""

import asyncio
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import asyncpg

from deploy.client import Client
from deploy.demo.inputs import InputFile
from deploy.demo.journey import Steps, go, today
from deploy.draining import Drain
from deploy.embedded.postgres import INSTALLATION, PACKAGE
from deploy.settings import SystemSettings
from deploy.submit import submit
from deploy.system import System
from services.__main__ import NAMES, service_named
from shared.events import REGISTRY
from shared.events.dropping import DROPPED
from tests.integration.core.speaking import PARTITIONS, listen
from tests.integration.upgrade.releases import RECORDS, RELEASES, Kept, write_records
from tests.integration.upgrade.story import SEED, write_story

CENTRE: Final = "oddar-meanchey"
COMPLETIONS: Final = 4
AT_WORK: Final = ("intake", "training")
"""What runs on while the others are stopped, for whom records then wait in Kafka."""
HANGS: Final = 120
"""Seconds after which something hangs."""


def main(arguments: list[str]) -> None:
    (release,) = arguments
    folder = RELEASES / release
    if folder.exists():
        sys.exit(f"{folder} is there already: what was released is stored once; remove it if it never was.")
    with tempfile.TemporaryDirectory() as work, System(None, SystemSettings(partitions=PARTITIONS)) as system:
        records = _live(system, Path(work))
        if untold := _untold(records):
            sys.exit(f"the story lacks an event of these types: {', '.join(untold)}")
        dumps = {name: _dump(system.addresses.databases[name]) for name in NAMES}
    folder.mkdir(parents=True)
    for name, dump in dumps.items():
        (folder / f"{name}.sql").write_text(dump, encoding="utf-8")
    write_records(folder / RECORDS, records)
    print(f"{folder}: {sum(file.stat().st_size for file in folder.iterdir()) // 1000} kB")


def _untold(records: list[Kept]) -> list[str]:
    """Types that this version knows and the story does not tell, but for what an operator alone brings about."""
    told = {dict(record.headers)["ce_type"] for record in records}
    return sorted(set(REGISTRY) - told - {contract.type for contract in DROPPED})


def _live(system: System, work: Path) -> list[Kept]:
    """Let the pilot happen, then stop one thing after the other; gives what stands in the topics."""
    assert system.platform is not None
    inputs, late = write_story(work, today())
    steps = Steps(lambda name: print(name, flush=True), lambda name, seconds: None)
    go(system.addresses, inputs, work, SEED, COMPLETIONS, steps, lambda said: None)
    with Client(system.addresses) as client:
        asyncio.run(_decline(client))
        asyncio.run(_correct(client))
        _settle(system, *NAMES)
        for name in set(NAMES) - set(AT_WORK):
            _stop(system, name)
        _register(client, late[0])
        _settle(system, *AT_WORK)
        records = asyncio.run(_records(system))
        system.platform.kafka.kill()
        _register(client, late[1])
    for name in AT_WORK:
        _stop(system, name)
    return records


async def _decline(client: Client) -> None:
    """Somebody declines the job that is proposed to her, which is too seldom for so small a pilot."""
    connection = await asyncpg.connect(client.addresses.databases["employment"])
    try:
        match = await connection.fetchval(
            "select match::text from match where state = 'proposed' order by match limit 1"
        )
    finally:
        await connection.close()
    actor = client.acting("counsellor", "counsellor", centre=CENTRE)
    await asyncio.to_thread(actor.post, "employment", f"/matches/{match}/decline", {"reason": "too-far"})


async def _correct(client: Client) -> None:
    """Two counsellors correct where somebody lives, and the lead decides whose word holds."""
    connection = await asyncpg.connect(client.addresses.databases["intake"])
    try:
        row = await connection.fetchrow("select caseid::text, version from cases order by caseid limit 1")
    finally:
        await connection.close()

    def correct() -> None:
        path = f"/cases/{row['caseid']}"
        for account, commune in (("counsellor", "220103"), ("another-counsellor", "220104")):
            actor = client.acting(account, "counsellor", centre=CENTRE)
            told = actor.patch("intake", path, {"based_on": row["version"], "commune": commune})
        lead = client.acting("centre-lead", "centre-lead", centre=CENTRE)
        choice = {"choices": {"commune": "kept"}, "based_on": int(told["ids"]["version"])}
        lead.post("intake", f"/conflicts/{told['ids']['conflict']}/resolution", choice)

    await asyncio.to_thread(correct)


def _settle(system: System, *names: str) -> None:
    """Wait until these have nothing left to do."""
    with Drain(system.addresses, {name: service_named(name).topics for name in names}) as drain:
        drain.wait()


def _stop(system: System, name: str) -> None:
    """End a service; taken out first, or it would be started again."""
    if system.children.pop(name).terminate(grace=HANGS) != 0:
        sys.exit(f"{name} did not end in order")


def _register(client: Client, file: InputFile) -> None:
    done = submit(client.acting("centre-lead", "centre-lead", centre=CENTRE), file.kind, file.path)
    if done.accepted != file.accepted:
        sys.exit(f"{file.path.name}: {done}")


async def _records(system: System) -> list[Kept]:
    kept = []
    for topic in sorted({contract.topic for contract in REGISTRY.values()}):
        for record in await listen(system.addresses.kafka, topic):
            headers = [(name, value.decode()) for name, value in record.headers]
            kept.append(Kept(topic, record.partition, record.key.decode(), record.value.decode(), headers))
    return kept


def _dump(url: str) -> str:
    """A database as SQL that any client can run, on PostgreSQL 17 too."""
    package = find_spec(PACKAGE)
    assert package is not None
    assert package.origin is not None
    program = Path(package.origin).parent / INSTALLATION / "bin" / "pg_dump"
    options = ["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100", f"--dbname={url}"]
    done = subprocess.run([program, *options], capture_output=True, text=True, check=True)
    # Comments, what only psql understands, and empty lines.
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith(("--", "\\"))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
