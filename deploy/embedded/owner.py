"""Who runs PostgreSQL, and which folders that user can reach: PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.errors import PlatformError


@dataclass(frozen=True)
class SystemUser:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def stand_in_for_root(name: str) -> SystemUser | None:
    """The user that PostgreSQL runs as when we are root, else None; raises PlatformError where `name` will not do."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise PlatformError(
            f"PostgreSQL does not run as root, and this machine has no user {name!r} to run it: "
            "name another in REINTEGRATION_POSTGRES_USER, or start as an ordinary user."
        ) from None
    if entry.pw_uid == 0:
        raise PlatformError("REINTEGRATION_POSTGRES_USER names root, as whom PostgreSQL does not run: name another.")
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_reach(folder: Path, user: SystemUser) -> bool:
    """Whether `user` may pass through `folder` and every folder above it, by their modes alone."""
    folder = folder.resolve()
    for step in (folder, *folder.parents):
        status = step.stat()
        if status.st_uid == user.uid:
            bit = stat.S_IXUSR
        elif status.st_gid == user.gid:
            bit = stat.S_IXGRP
        else:
            bit = stat.S_IXOTH
        if not status.st_mode & bit:
            return False
    return True
