"""A server's data on a disk that is full and has room again, and back where they were; nothing stays mounted."""

import errno
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.chaos.small_disk import MountRefused, SmallDisk
from deploy.embedded.folder import RunFolder
from deploy.embedded.process import ChildProcess
from deploy.embedded.server import Server

BLOCK = b"x" * 65_536


class Sleeper(Server):
    """Serves nobody, and says when it was started."""

    name = "sleeper"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _prepare(self) -> ChildProcess:
        return ChildProcess(self.name, [sys.executable, "-c", "import time; time.sleep(600)"], log=self._folder / "log")

    def _serves(self) -> bool:
        return True


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Sleeper]:
    sleeper = Sleeper(tmp_path)
    sleeper.start()
    yield sleeper
    sleeper.stop()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "deep").mkdir(parents=True, mode=0o700)
    (folder / "deep" / "file").write_bytes(BLOCK)
    with (folder / "gap").open("wb") as file:
        file.truncate(10 * 1024 * 1024)
    return folder


@pytest.fixture
def disk(server: Sleeper, data: Path) -> SmallDisk:
    try:
        return SmallDisk(server, data)
    except MountRefused as refused:
        pytest.skip(f"nothing can be mounted here: {refused}")


def mounted(folder: Path) -> bool:
    return str(folder) in Path("/proc/self/mounts").read_text()


def test_a_disk_is_full_has_room_again_and_gives_everything_back(disk: SmallDisk, server: Sleeper, data: Path) -> None:
    first = server.pid
    disk.take()
    try:
        assert server.running
        assert server.pid != first
        assert (data / "deep" / "file").read_bytes() == BLOCK
        (data / "before").write_bytes(BLOCK)
        disk.fill()
        assert disk.free == 0
        with pytest.raises(OSError, match="No space left") as refused, (data / "more").open("wb") as file:
            file.write(BLOCK)
        assert refused.value.errno == errno.ENOSPC
        (data / "before").unlink()
        disk.fill()  # what became free is taken as well
        assert disk.free == 0
        disk.make_room()
        (data / "after").write_bytes(BLOCK)
    finally:
        disk.give_back()
    assert not data.is_symlink()
    assert not mounted(data.parent)
    assert sorted(path.name for path in data.iterdir()) == ["after", "deep", "gap", "more"]
    assert (data / "gap").stat().st_blocks * 512 < 1024 * 1024
    assert not [path for path in data.parent.iterdir() if path.name.startswith("data.")]
    assert server.running


def test_a_disk_that_was_never_taken_is_given_back_too(disk: SmallDisk, server: Sleeper, data: Path) -> None:
    disk.give_back()
    assert not mounted(data.parent)
    assert (data / "deep" / "file").read_bytes() == BLOCK


def test_a_disk_that_a_killed_run_left_is_taken_away_with_its_folder(
    disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    abandoned = tmp_path / "reintegration-of-before"
    place = abandoned / "kafka" / "data.small"
    place.mkdir(parents=True)
    (abandoned / "lock").touch()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = RunFolder.throw_away(None)
    try:
        assert folder.path.parent == tmp_path
        assert not abandoned.exists()
        assert not mounted(abandoned)
    finally:
        folder.release()
        disk.give_back()
