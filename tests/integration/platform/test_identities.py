"""Whoever starts it, and wherever the clone lies: root and an ordinary user, below a folder only its owner may enter.

As root both are tried, each in a clone of its own; else only the user that we are.
"""

import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.embedded import EmbeddedSettings, jars
from deploy.embedded.folder import STATE, RunFolder
from deploy.embedded.owner import can_reach, stand_in_for_root
from tests.integration.platform.conftest import wait_gone

ROOT = os.geteuid() == 0
PROJECT = Path(__file__).parents[3]
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
UNNEEDED = (
    "test",
    "tests",
    "idlelib",
    "tkinter",
    "*-packages",
    "config-*",
    "mypy*",
    "pginstall",
    "include",
    "faststream",
)


@dataclass(frozen=True)
class Clone:
    """A copy of the project in a closed folder, with all that it needs to run, for one user."""

    home: Path
    python_home: Path
    user: pwd.struct_passwd

    @property
    def project(self) -> Path:
        return self.home / "clone"

    @property
    def temporary(self) -> Path:
        return self.home / "tmp"

    def run(self, folder: str) -> dict[str, Any]:
        """One whole run of the platform there, as that user; what it said."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": f"{self.project}:{self.home / 'site-packages'}",
            "REINTEGRATION_CACHE": str(self.home / "cache"),
            "LD_LIBRARY_PATH": str(self.python_home / "lib"),  # an interpreter may look for its library where ours lies
        }
        changed = ROOT and self.user.pw_uid != 0
        done = subprocess.run(
            [self.python_home / "bin" / PYTHON, self.project / "tests/integration/platform/hold.py", folder],
            input="",
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=self.project,
            user=self.user.pw_uid if changed else None,
            group=self.user.pw_gid if changed else None,
            extra_groups=[] if changed else None,
        )
        assert done.returncode == 0, done.stderr
        said: dict[str, Any] = json.loads(done.stdout)
        return said


@pytest.fixture(scope="module")
def outside() -> Iterator[Path]:
    """A folder with `home`, where a clone can run from, and a Python that any user can run."""
    folder = Path(tempfile.mkdtemp(prefix="platform-test-"))
    folder.chmod(0o711)
    settings = EmbeddedSettings()
    jars.class_path(settings.cache)  # fetches them where the cache has none
    link_tree(settings.cache, folder / "home" / "cache")
    link_tree(Path(sysconfig.get_path("purelib")), folder / "home" / "site-packages")
    link_python(folder / "python")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=["root", "nobody"] if ROOT else [pwd.getpwuid(os.geteuid()).pw_name])
def clone(request: pytest.FixtureRequest, outside: Path) -> Iterator[Clone]:
    user = pwd.getpwnam(request.param)
    clone = Clone(outside / "home", outside / "python", user)
    for part in ("deploy", "tests/integration/platform"):
        shutil.copytree(PROJECT / part, clone.project / part, ignore=shutil.ignore_patterns("__pycache__"))
    clone.temporary.mkdir()
    for folder in (clone.home, clone.project, clone.temporary):
        folder.chmod(0o700)
        os.chown(folder, user.pw_uid, user.pw_gid)
    yield clone
    pointer = clone.project / "data" / "postgres-folder"
    if pointer.exists():
        shutil.rmtree(Path(pointer.read_text().strip()))
    for folder in (clone.project, clone.temporary):
        shutil.rmtree(folder)


def link(file: str | Path, copy: str | Path) -> None:
    """A copy of a file that is only read: a hard link, where everybody may read it and the file system is one."""
    mode = os.stat(file).st_mode
    try:
        if mode & stat.S_IROTH:
            os.link(file, copy)
            return
    except OSError:  # another file system
        pass
    shutil.copyfile(file, copy)
    os.chmod(copy, 0o644 | mode & 0o111)


def link_tree(source: Path, target: Path) -> None:
    """A copy of a folder that is only read, open to everybody who can reach it."""
    shutil.copytree(source, target, copy_function=link, ignore=shutil.ignore_patterns(*UNNEEDED))
    for folder, _, _ in os.walk(target):
        Path(folder).chmod(0o755)


def link_python(target: Path) -> None:
    """An interpreter like ours, with its library."""
    base = Path(sys.base_prefix)
    library = Path(sysconfig.get_path("stdlib"))
    link_tree(library, target / library.relative_to(base))
    (target / "bin").mkdir()
    link((base / "bin" / PYTHON).resolve(), target / "bin" / PYTHON)
    for shared in (base / "lib").glob("libpython*"):
        link(shared.resolve(), target / "lib" / shared.name)


def test_it_runs_without_opening_a_closed_folder(clone: Clone) -> None:
    folder = clone.project / "data"
    kept, thrown_away = clone.run(str(folder)), clone.run("-")

    for said in (kept, thrown_away):
        wait_gone(said["pids"])
        assert said["uid"] == clone.user.pw_uid
        assert said["postgres_uid"] != 0
        assert said["postgres_version"].startswith("18.")
    assert not Path(thrown_away["folder"]).exists()
    for closed in (clone.home, clone.project, clone.temporary):
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700

    place = Path(kept["postgres_folder"])
    assert place.is_relative_to(STATE if clone.user.pw_uid == 0 else folder)
    for secret in (place / "data", place / "password"):
        assert secret.stat().st_uid == kept["postgres_uid"]
        assert stat.S_IMODE(secret.stat().st_mode) & 0o077 == 0


def test_a_closed_folder_finds_its_databases_again(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    user = stand_in_for_root("nobody")
    run = RunFolder.keep(closed)
    place = run.postgres_place(user)
    run.release()
    again = RunFolder.keep(closed)
    assert again.postgres_place(user) == place
    again.release()
    if user is not None:
        assert can_reach(place.parent, user)
        place.parent.rmdir()
