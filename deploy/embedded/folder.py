"""The folder of one run: locked while it is used, cleaned of what a crash left, thrown away where that is asked."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from deploy.embedded.errors import PlatformError
from deploy.embedded.owner import SystemUser, can_reach
from deploy.embedded.process import end_leftover

_PREFIX = "reintegration-"
STATE = Path("/var/lib/reintegration")
"""Where PostgreSQL's part of a kept folder lies as root, if the folder itself is closed to the user it runs as."""


class RunFolder:
    """A folder that one run at a time may use.

    Inside: `lock`, `logs/`, `processes/` (what runs now), `kafka/`, and `postgres/` or, as root, `postgres-folder`,
    which names the place of that one below /var/lib/reintegration.
    """

    def __init__(self, path: Path, lock: int, throwaway: bool) -> None:
        self.path = path
        self.throwaway = throwaway
        self._lock = lock
        for part in (self.logs, self.processes):
            part.mkdir(mode=0o700, exist_ok=True)

    @property
    def logs(self) -> Path:
        """One file for each process."""
        return self.path / "logs"

    @property
    def processes(self) -> Path:
        """One record for each process that runs; what a crash leaves here is ended by the next run."""
        return self.path / "processes"

    @classmethod
    def keep(cls, path: Path) -> Self:
        """Take a folder whose data stay, made where it is missing.

        Raises PlatformError where another run uses it, where it is another user's, or where it may not be written.
        """
        path = path.absolute()
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.mkdir(mode=0o711)
            if path.stat().st_uid != os.geteuid():  # also as root: what root adds, its owner could not use afterwards
                raise PlatformError(
                    f"{path} belongs to another user: start as that user, or choose another data folder."
                )
            lock = _take_lock(path)
        except OSError as failure:
            raise PlatformError(
                f"{path} cannot be used as data folder ({failure.strerror}): choose another one."
            ) from failure
        if lock is None:
            holder = (path / "lock").read_text().strip() or "unknown"
            raise PlatformError(
                f"{path} is in use by another run (process {holder}): end that one first, or choose another folder."
            )
        _end_leftovers(path)
        return cls(path, lock, throwaway=False)

    @classmethod
    def throw_away(cls, for_user: SystemUser | None) -> Self:
        """Make a folder that `release` removes, where `for_user` can reach it; first remove those of crashed runs."""
        base = _temporary_base(for_user)
        _remove_abandoned(base)
        # locked before it gets the name that the clearing of another run looks for
        fresh = Path(tempfile.mkdtemp(prefix=f".new-{_PREFIX}", dir=base))
        fresh.chmod(0o711)
        lock = _take_lock(fresh)
        path = fresh.with_name(fresh.name.removeprefix(".new-"))
        fresh.rename(path)
        assert lock is not None, "a folder with a fresh name has no other user"
        return cls(path, lock, throwaway=True)

    def postgres_place(self, user: SystemUser | None) -> Path:
        """Where PostgreSQL's files go: inside, or where `user` can reach them. Never opens an existing folder."""
        if user is None or can_reach(self.path, user):
            return self.path / "postgres"
        pointer = self.path / "postgres-folder"
        if not pointer.exists():
            STATE.mkdir(mode=0o711, parents=True, exist_ok=True)
            if not can_reach(STATE, user):
                raise PlatformError(
                    f"User {user.name}, as whom PostgreSQL runs, can reach neither {self.path} nor {STATE}: "
                    "choose a data folder that others may enter."
                )
            place = Path(tempfile.mkdtemp(prefix=f"{self.path.name.strip('.')}-", dir=STATE))
            place.chmod(0o711)
            pointer.write_text(f"{place}\n")
        return Path(pointer.read_text().strip()) / "postgres"

    def release(self) -> None:
        """Let others use the folder, and remove it where it is thrown away."""
        if self._lock >= 0:
            if self.throwaway:
                shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = -1


def in_use(path: Path) -> bool:
    """Whether a run uses this folder now."""
    try:
        descriptor = os.open(path / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _take_lock(path: Path) -> int | None:
    """The descriptor that holds the folder's lock, which ends with this process; None where another holds it."""
    descriptor = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return descriptor


def _end_leftovers(path: Path) -> None:
    for record in sorted((path / "processes").glob("*.pid")):
        end_leftover(record)


def _temporary_base(user: SystemUser | None) -> Path:
    for candidate in (Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")):  # noqa: S108
        if candidate.is_dir() and (user is None or can_reach(candidate, user)):
            return candidate
    raise PlatformError(f"There is no temporary folder that user {user.name if user else ''} can reach: set TMPDIR.")


def _remove_abandoned(base: Path) -> None:
    """Remove our own folders whose run is gone: killed, or cut off with the machine's power."""
    for path in base.glob(f"*{_PREFIX}*"):
        try:
            status = path.lstat()
            ours = path.is_dir() and not path.is_symlink() and status.st_uid == os.geteuid()
            if path.name.startswith(f".new-{_PREFIX}") and ours and time.time() - status.st_mtime > 3600:
                shutil.rmtree(path, ignore_errors=True)
            if not path.name.startswith(_PREFIX) or not ours or not (path / "lock").is_file():
                continue
            lock = _take_lock(path)
        except OSError:  # gone meanwhile
            continue
        if lock is not None:
            _end_leftovers(path)
            _unmount_below(path)
            shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def _unmount_below(path: Path) -> None:
    """Take away what a run that was killed had mounted in its folder (`deploy.chaos.small_disk`)."""
    with contextlib.suppress(OSError):  # a system without such a list has nothing mounted by us
        for line in Path("/proc/self/mounts").read_text().splitlines():
            place = line.split(" ")[1]
            if place.startswith(f"{path}/"):
                subprocess.run(["umount", "--lazy", place], check=False, capture_output=True)
