"""`reintegration reconcile` on a system that runs: what it finds, and how it ends, for monitoring."""

import json
from pathlib import Path

import asyncpg

from deploy.addresses import ADDRESSES
from deploy.embedded import free_port
from tests.journey.conftest import Pilot, last_object, reintegration


async def test_reconcile_ends_with_3_and_names_the_gap_where_an_effect_is_lost(pilot: Pilot) -> None:
    command = ("reconcile", "--since", "2026-01-01", "--grace", 0, "--data", pilot.data)
    whole = reintegration(*command, "--json")
    told = last_object(whole)
    assert (whole.returncode, told["complete"], told["missing"]) == (0, True, 0)
    assert told["expected"] == told["held"] + told["waiting"] > 1_000
    connection = await asyncpg.connect(pilot.addresses.databases["employment"])
    try:
        row = await connection.fetchrow("select consumer, id, batch, place from inbox order by batch, place limit 1")
        await connection.execute("delete from inbox where id = $1", row["id"])
        try:
            done = reintegration(*command, "--json")
        finally:
            await connection.execute("insert into inbox (consumer, id, batch, place) values ($1, $2, $3, $4)", *row)
    finally:
        await connection.close()
    report = last_object(done)
    assert (done.returncode, report["complete"], report["missing"]) == (3, False, 1)
    (gap,) = report["lacking"]["missing"]
    assert (gap["consumer"], gap["count"]) == ("employment", 1)
    (example,) = gap["examples"]
    assert example["id"] == str(row["id"])
    assert gap["type"].startswith(f"reintegration.{gap['owner']}.")


def test_reconcile_ends_with_1_where_a_database_cannot_be_read(pilot: Pilot, tmp_path: Path) -> None:
    addresses = json.loads((pilot.data / ADDRESSES).read_text())
    addresses["databases"]["training"] = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/training"
    (tmp_path / ADDRESSES).write_text(json.dumps(addresses))
    done = reintegration("reconcile", "--since", "2026-01-01", "--json", "--data", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error: The database of training cannot be read" in done.stderr
    assert "secret" not in done.stderr
