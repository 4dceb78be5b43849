"""Registrations through the public API, one at a time, beside the floor of one POST; both driven by the floor's client.

Ours is intake as a deployment runs it, one process with its relay and consumers: each POST is one form, checked cell by
cell, with its idempotency key, and becomes person, case, identity, contact, consents, and the events of all these, in
`ours`; in `with_plan` the form names needs besides, and three referrals and a plan come of it at once. The floor is a
body validated, two inserts and one commit.
"""

import asyncio
import random
import statistics
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
import orjson

from deploy.bench.hop import Tell
from deploy.bench.stage import Servers, Stage, floor, servers, stage
from deploy.chaos import people
from deploy.embedded.ports import free_port
from deploy.terminal import Failure
from shared.access import CENTRE_LEAD, DevelopmentIssuer

CENTRE: Final = "pursat"
CONNECTIONS: Final = 32
"""Those of the client."""
NEEDS: Final = "training;legal-aid;job"
FIGURES: Final = ("per_s", "p50_ms", "p99_ms", "errors")


def run(requests: int, rounds: int, reference: Path, tell: Tell) -> dict[str, Any]:
    """Medians over the rounds (errors: their sum): `ours`, `with_plan` and `bare`, each `per_s` with 32 connections
    kept busy, and `p50_ms`, `p99_ms` and `errors` at 200 requests a second; and the ratios of `ours` to `bare`. Raises
    Failure where the floor's file, which has the client, is not there."""
    file = reference / "api.py"
    if not file.exists():
        raise Failure(f"The client that drives both is in {file.name}, which is not in {reference}. Name its folder.")
    ours: list[dict[str, float]] = []
    planned: list[dict[str, float]] = []
    bare: list[dict[str, float]] = []
    with servers() as at:
        for turn in range(1, rounds + 1):
            bare.append(floor(file, "bare", str(requests), at.postgres))
            tell(f"round {turn}: bare {_said(bare[-1])}")
            ours.append(_ours(at, file, requests, ""))
            tell(f"round {turn}: ours {_said(ours[-1])}")
            planned.append(_ours(at, file, requests, NEEDS))
            tell(f"round {turn}: with plan {_said(planned[-1])}")
    result: dict[str, Any] = {"ours": _medians(ours), "with_plan": _medians(planned), "bare": _medians(bare)}
    result["ratio_rate"] = round(result["ours"]["per_s"] / result["bare"]["per_s"], 2)
    for name in ("p50", "p99"):
        result[f"ratio_{name}"] = round(result["ours"][f"{name}_ms"] / result["bare"][f"{name}_ms"], 2)
    return {
        **result,
        "errors": result["ours"]["errors"] + result["with_plan"]["errors"],
        "requests": requests,
        "rounds": rounds,
    }


def _said(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {figures[name]}" for name in FIGURES)


def _medians(measured: Sequence[dict[str, float]]) -> dict[str, float]:
    medians = {name: round(statistics.median(each[name] for each in measured), 2) for name in FIGURES}
    return {**medians, "errors": sum(each["errors"] for each in measured)}


def _ours(at: Servers, file: Path, requests: int, needs: str) -> dict[str, float]:
    with stage(at, "intake") as intake:
        bodies, sent = _bodies(at.folder / "registrations.jsonl", requests, needs)
        port = free_port()
        intake.environment["REINTEGRATION_PORT"] = str(port)
        url, headers = f"http://127.0.0.1:{port}", _headers(at)
        process = intake.process()
        process.start()
        try:
            process.wait_ready(lambda: intake.first("ready") is not None)
            _offer(url, headers)
            result = floor(file, "against", str(requests), f"{url}/registrations", str(bodies), *headers)
        finally:
            process.terminate()
        kept = asyncio.run(_kept(intake))
        if result["errors"] == 0 and kept != sent:
            raise Failure(f"{sent} forms were sent without an error and {kept} cases were kept.")
        return result


def _bodies(file: Path, requests: int, needs: str) -> tuple[Path, int]:
    """A file with a form of its own for every request of the client, and how many those are: its warm-up's, those at
    full speed, and those at a steady rate."""
    warming, full = (each // CONNECTIONS * CONNECTIONS for each in (max(CONNECTIONS, requests // 10), requests))
    sent = warming + full + requests // 4
    dice = random.Random(1)  # noqa: S311 - made-up forms, the same each time
    forms = ({**form, "needs": needs} for centre, form in people.registrations(dice) if centre == CENTRE)
    lines = (orjson.dumps({"rows": [{"line": 1, "fields": form}]}) for form in islice(forms, sent))
    file.write_bytes(b"\n".join(lines))
    return file, sent


def _headers(at: Servers) -> list[str]:
    token = DevelopmentIssuer(at.folder / "issuer").token("lead", [CENTRE_LEAD], centre=CENTRE)
    return [f"Authorization: Bearer {token}"]


def _offer(url: str, headers: list[str]) -> None:
    """Offer the courses that plans refer to."""
    name, _, value = headers[0].partition(": ")
    answer = httpx.post(
        f"{url}/offers", json={"offers": people.catalogue()}, headers={name: value, "Idempotency-Key": "bench-offers"}
    )
    if answer.status_code != httpx.codes.OK:
        raise Failure(f"Intake answered the offers with {answer.status_code}.")


async def _kept(intake: Stage) -> int:
    database = await asyncpg.connect(intake.database)
    try:
        kept: int = await database.fetchval("select count(*) from cases")
    finally:
        await database.close()
    return kept
