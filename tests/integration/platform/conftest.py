"""Folders and checks for the tests of the platform itself, which start their own."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.process import birth


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that any user may pass through, unlike pytest's own; as root, PostgreSQL runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="platform-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def wait_gone(pids: list[int], seconds: float = 30) -> None:
    """Return when none of the processes is left; fail where one stays, which is a guard and no measure."""
    end = time.monotonic() + seconds
    while left := [pid for pid in pids if birth(pid) is not None]:
        assert time.monotonic() < end, f"still running: {left}"
        time.sleep(0.02)
