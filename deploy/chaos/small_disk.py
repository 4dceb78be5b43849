"""A disk of its own for one server, in memory, that can be full at once and have room again.

Mounting asks for root's rights, or for those that a container can be given (CAP_SYS_ADMIN).
"""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from deploy.embedded.server import Server

ROOM: Final = 1024 * 1024 * 1024
"""Bytes beside what is on it; memory is taken only by what is written."""
TRIES: Final = 50


class MountRefused(Exception):
    """This user may not mount anything here; the text is the system's."""


class SmallDisk:
    """Holds a server's data folder from `take` to `give_back`, in both of which the server is stopped and started."""

    def __init__(self, server: Server, data: Path) -> None:
        """Raises MountRefused."""
        self._server = server
        self._data = data
        self._place = data.with_name(f"{data.name}.small")
        self._place.mkdir(mode=0o700)
        owner = data.stat()
        self._owner = f"uid={owner.st_uid},gid={owner.st_gid},mode=0700"
        try:
            _mount("-t", "tmpfs", "-o", f"size={_used(data) + ROOM},{self._owner}", "tmpfs", str(self._place))
        except (OSError, MountRefused):
            self._place.rmdir()
            raise

    @property
    def free(self) -> int:
        """Bytes that can still be written."""
        found = os.statvfs(self._place)
        return found.f_bavail * found.f_frsize

    def take(self) -> None:
        """Move the data here."""
        self._server.stop()
        _copy(self._data, self._place)
        shutil.rmtree(self._data)
        self._data.symlink_to(self._place)
        self._server.start()

    def fill(self) -> None:
        """No room from now on but for what is on it. The server writes meanwhile, and frees what it no longer needs:
        whoever wants it to stay full calls this again and again."""
        for _ in range(TRIES):
            found = os.statvfs(self._place)
            with contextlib.suppress(MountRefused):  # it has grown since it was looked at
                self._resize((found.f_blocks - found.f_bfree) * found.f_frsize)
                return
        raise MountRefused("the disk grows faster than it can be made smaller")

    def make_room(self) -> None:
        """As much as in the beginning."""
        self._resize(_used(self._place) + ROOM)

    def give_back(self) -> None:
        """Move the data back to where they were, and take the disk away. The server runs afterwards."""
        try:
            if self._data.is_symlink():
                self._server.stop()
                fresh = self._data.with_name(f"{self._data.name}.back")
                fresh.mkdir(mode=0o700)
                _copy(self._place, fresh)
                self._data.unlink()
                fresh.rename(self._data)
                self._server.start()
        finally:
            # whatever else failed: a mount must not outlive the run; lazily, for a process that still has a file open
            _run("umount", "--lazy", str(self._place))
            self._place.rmdir()

    def _resize(self, size: int) -> None:
        _mount("-o", f"remount,size={size},{self._owner}", str(self._place))


def _used(folder: Path) -> int:
    """Bytes on disk below a folder; files may be gone while they are counted."""
    used = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            used += path.lstat().st_blocks * 512
    return used


def _copy(source: Path, target: Path) -> None:
    """All of a folder with owners and modes, its gaps kept as gaps: Kafka's indexes are mostly such."""
    _run("cp", "--archive", "--sparse=always", f"{source}/.", str(target))


def _mount(*arguments: str) -> None:
    _run("mount", *arguments)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MountRefused(f"{command[0]} said: {done.stderr.strip()}")
