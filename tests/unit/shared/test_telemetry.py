"""Logs hold no content and stop no work."""

import asyncio
import gc
import logging
import sys
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import structlog

from shared import telemetry


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    telemetry.configure("made-up", pretty=False)
    yield
    logging.basicConfig(handlers=handlers, level=level, force=True)
    structlog.reset_defaults()


class Full:
    """A standard output whose disk is full."""

    def __init__(self) -> None:
        self.buffer = self

    def write(self, *_: Any) -> int:
        raise OSError(28, "no space left on device")

    flush = write


def test_a_line_that_cannot_be_written_is_lost_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    logger = structlog.get_logger()
    with monkeypatch.context() as full:
        full.setattr(sys, "stdout", Full())
        logger.info("lost")
        telemetry.write_lines([{"event": "lost"}])
        logging.getLogger("aiokafka").error("lost")
    logger.info("kept")
    telemetry.write_lines([{"event": "kept"}])
    logging.getLogger("aiokafka").error("kept")
    lines = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["kept"] * 3


async def test_a_task_that_failed_unheard_is_told_without_the_values_in_its_error(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    async def fail() -> None:
        raise ValueError("Key (name)=(Sok Dara) already exists")

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    written = capsysbinary.readouterr().out
    assert b"never retrieved" in written
    assert b"ValueError" in written
    assert b"Sok Dara" not in written


def test_what_a_library_says_again_and_again_is_told_once_a_minute_with_how_often(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """A client whose server is away says the same a hundred times a second, for as long as it is away."""

    def say(seconds: float, node: int) -> None:
        record = logging.makeLogRecord(
            {"name": "aiokafka", "levelno": logging.ERROR, "msg": "no connection to node %s", "args": (node,)}
        )
        record.created = seconds
        logging.getLogger().handle(record)

    for tenth in range(1_500):
        say(tenth / 10, 1)
    say(150, 2)
    lines = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [(line["event"], line.get("repeated")) for line in lines] == [
        ("no connection to node 1", None),
        ("no connection to node 1", 599),
        ("no connection to node 1", 599),
        ("no connection to node 2", None),
    ]
