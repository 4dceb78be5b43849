"""A short run of `reintegration chaos`: faults under load leave nothing lost, doubled, out of order or out of thin air;
and the same run, damaged on purpose, is counted under the damage's name."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HANG_SECONDS = 300


async def chaos(*arguments: str) -> tuple[int | None, dict[str, Any], str]:
    """Exit code, the last line's object, and what was told meanwhile."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy", "chaos", "--json", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        out, told = await asyncio.wait_for(process.communicate(), HANG_SECONDS)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert out, told.decode()
    return process.returncode, json.loads(out.decode().splitlines()[-1]), told.decode()


async def test_faults_leave_no_trace_and_planted_damage_does() -> None:
    """One system for both: what was planted is counted on top of a verdict that was clean."""
    code, result, told = await chaos(
        "--faults", "F1,F3,F11", "--seed", "3", "--seconds", "30", "--plant", "lost,doubled,disordered,ghost"
    )
    assert list(result["faults"]) == ["F1", "F3", "F11"], told
    for counts in result["faults"].values():
        assert counts["acked"] > 50, told
        assert {name: counts[name] for name in ("lost", "doubled", "disordered", "ghosts")} == {
            "lost": 0,
            "doubled": 0,
            "disordered": 0,
            "ghosts": 0,
        }, told
        assert counts["memory_mib"]["before"].keys() == {"intake", "training", "employment", "notifications"}, told
        assert counts["memory_in_bound"], told
    assert "Kafka refused a record: larger than a record may be" in told
    assert result["planted"] == {"lost": True, "doubled": True, "disordered": True, "ghost": True}, told
    assert all(result[name] > 0 for name in ("lost", "doubled", "disordered", "ghosts"))
    assert code == 1
    assert "reintegration chaos --faults F1,F3,F11 --seed 3" in told
