"""Kafka's jars: which ones (by SHA-256, in `jars.lock`), fetched once into the cache, verified at every start.

`python -m deploy.embedded.jars` resolves them anew and writes `jars.lock`; `make lock` calls it.
"""

import hashlib
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.embedded.errors import PlatformError

KAFKA = "org.apache.kafka:kafka_2.13:4.3.1"
LOGGING = "org.slf4j:slf4j-simple:1.7.36"  # the version of slf4j-api that this Kafka asks for
LOCK = Path(__file__).with_name("jars.lock")


@dataclass(frozen=True)
class Jar:
    """One pinned jar: its Maven coordinate and the SHA-256 (hex) of its bytes."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def filename(self) -> str:
        """Its name in the cache."""
        return f"{self.artifact}-{self.version}.jar"


def locked() -> list[Jar]:
    """The jars of `jars.lock`, in the order of the class path."""
    jars = []
    for line in LOCK.read_text().splitlines():
        if line and not line.startswith("#"):
            coordinate, sha256 = line.split()
            group, artifact, version = coordinate.split(":")
            jars.append(Jar(group, artifact, version, sha256))
    return jars


def folder(cache: Path) -> Path:
    """Where the jars of this `jars.lock` are kept; another lock has another folder."""
    return cache / f"kafka-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"


def class_path(cache: Path) -> list[Path]:
    """The verified jars; fetched first where the cache has none. Raises PlatformError where that fails."""
    home = folder(cache)
    if not home.is_dir():
        fetch(cache)
    jars = locked()
    with ThreadPoolExecutor(2) as pool:
        digests = list(pool.map(lambda jar: _digest(home / jar.filename), jars))
    for jar, digest in zip(jars, digests, strict=True):
        if digest != jar.sha256:
            raise PlatformError(
                f"{home / jar.filename} is not the file that jars.lock pins: remove {home} and run `make install`."
            )
    return [home / jar.filename for jar in jars]


def fetch(cache: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Fetch and verify all jars and put them into `cache` in one step; nothing happens where they are there.

    `progress` is told after each how many of how many there are. Raises PlatformError where one cannot be had or is
    not the pinned file.
    """
    home = folder(cache)
    if home.is_dir():
        return
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise PlatformError(
            f"{cache} cannot keep Kafka's jars ({failure.strerror}): name another folder in REINTEGRATION_CACHE."
        ) from failure
    jars = locked()
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=cache) as scratch:
        maven = _maven(Path(scratch) / "maven")
        ready = Path(scratch) / "ready"
        ready.mkdir()

        def fetch_one(jar: Jar) -> None:
            try:
                found: Path = maven.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
            except Exception as failure:
                raise PlatformError(
                    f"{jar.group}:{jar.artifact}:{jar.version} cannot be fetched ({type(failure).__name__}): "
                    "check the network, and run `make install` again."
                ) from failure
            if _digest(found) != jar.sha256:
                raise PlatformError(f"{jar.filename} as fetched is not the file that jars.lock pins: it is not used.")
            found.replace(ready / jar.filename)

        with ThreadPoolExecutor(8) as pool:
            for done, _ in enumerate(pool.map(fetch_one, jars), start=1):
                progress(done, len(jars))
        try:
            ready.replace(home)
        except OSError:
            if not home.is_dir():  # else another run has just put the same files there
                raise


def relock() -> None:
    """Resolve Kafka and all that it needs, and write `jars.lock`."""
    from jgo.parse import Endpoint

    with tempfile.TemporaryDirectory(prefix="jars-") as scratch:
        maven = _maven(Path(scratch))
        asked = [maven.create_dependency(c) for c in Endpoint.parse(f"{KAFKA}+{LOGGING}").coordinates]
        inputs, needed = maven.resolver.resolve(asked)
        needed = [dependency for dependency in needed if dependency.scope in ("compile", "runtime")]
        artifacts = [dependency.artifact for dependency in (*inputs, *needed)]
        with ThreadPoolExecutor(8) as pool:
            digests = list(pool.map(lambda artifact: _digest(artifact.resolve()), artifacts))
    lines = sorted(
        f"{artifact.groupId}:{artifact.artifactId}:{artifact.version} {digest}\n"
        for artifact, digest in zip(artifacts, digests, strict=True)
    )
    LOCK.write_text("# Kafka and what it needs, by SHA-256; written by `make lock`.\n" + "".join(lines))


def _maven(cache: Path) -> Any:
    """A Maven client that keeps its files in `cache`; honours the repositories of the user's jgo configuration."""
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext

    repositories = {"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories}
    return MavenContext(repo_cache=cache, local_repos=[], remote_repos=repositories, timeout=60)


def _digest(path: Path) -> str:
    """SHA-256 of a file, hex; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    relock()
    print(f"{len(locked())} jars in {LOCK.name}", file=sys.stderr)
