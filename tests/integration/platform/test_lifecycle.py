"""Starting, stopping and crashing: what stays is the data, and only where they were to stay."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.embedded import Platform, PlatformError, jars
from deploy.embedded.kafka import Kafka
from deploy.embedded.process import birth
from deploy.embedded.settings import EmbeddedSettings
from tests.integration.platform.conftest import wait_gone
from tests.integration.platform.test_faults import consume, create_topic, fetch, produce

HOLD = Path(__file__).with_name("hold.py")


def hold(folder: str, temporary: Path) -> tuple["subprocess.Popen[str]", dict[str, Any]]:
    """Start a run in a process of its own, and what it said."""
    run = subprocess.Popen(
        [sys.executable, HOLD, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(Path.cwd())},
    )
    assert run.stdout is not None
    return run, json.loads(run.stdout.readline())


def test_a_kept_folder_keeps_its_data_and_nothing_else(place: Path) -> None:
    folder = place / "data"
    with Platform(folder) as platform:
        create_topic(platform.kafka_bootstrap, "kept")
        produce(platform.kafka_bootstrap, "kept", b"record")
        fetch(platform.postgres_url, "create table kept as select 'row' as what")
        pids = family(platform)
        with pytest.raises(PlatformError, match=rf"in use by another run \(process {os.getpid()}\)"):
            Platform(folder).start()
    wait_gone(pids)
    assert not list((folder / "processes").iterdir())
    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()

    with Platform(folder) as platform:
        assert consume(platform.kafka_bootstrap, "kept", 1) == [b"record"]
        assert fetch(platform.postgres_url, "select what from kept") == "row"


def test_the_next_run_goes_on_from_the_data_of_a_killed_one_and_ends_what_that_left(place: Path) -> None:
    folder = place / "data"
    run, said = hold(str(folder), place)
    kafka, postgres = said["pids"]
    os.kill(postgres, signal.SIGSTOP)  # it cannot act on the death of its parent now
    run.kill()
    run.wait()
    wait_gone([kafka])
    assert psutil.pid_exists(postgres)

    with Platform(folder) as platform:
        assert birth(postgres) is None
        assert fetch(platform.postgres_url, "select 1") == 1
        kept = (folder / "kafka" / "data" / "meta.properties").read_text().splitlines()
        assert f"cluster.id={said['cluster']}" in kept


def test_the_next_run_removes_the_thrown_away_folder_of_a_killed_one(place: Path) -> None:
    run, said = hold("-", place)
    run.kill()
    run.wait()
    wait_gone(said["pids"])
    assert Path(said["folder"]).parent == place
    assert Path(said["folder"]).exists()

    second, said_second = hold("-", place)
    try:
        assert [path for path in place.iterdir() if path.is_dir()] == [Path(said_second["folder"])]
    finally:
        second.communicate()
    assert second.returncode == 0
    wait_gone(said_second["pids"])
    assert not list(place.iterdir()), "an orderly end removes its own folder"


def test_a_folder_that_cannot_be_used_is_told(place: Path) -> None:
    (place / "file").touch()
    with pytest.raises(PlatformError, match=r"cannot be used as data folder \(Not a directory\)"):
        Platform(place / "file").start()
    with pytest.raises(PlatformError, match="cannot be used as data folder"):
        Platform(place / "file" / "below").start()
    with pytest.raises(PlatformError, match="belongs to another user"):
        Platform(Path("/" if os.geteuid() else another_users_folder(place))).start()


def another_users_folder(place: Path) -> Path:
    folder = place / "another"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    return folder


@pytest.mark.parametrize(("argument", "name"), [("kafka_port", "Kafka"), ("postgres_port", "PostgreSQL")])
def test_a_taken_port_is_named(place: Path, argument: str, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PlatformError, match=f"Port {port} for {name} is taken"):
            Platform(place / "data", **{argument: port}).start()
    with (place / "data" / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_jar_that_was_changed_is_not_run(place: Path) -> None:
    settings = EmbeddedSettings()
    jars.class_path(settings.cache)  # fetches them where the cache has none
    cache = place / "cache"
    for jar in settings.cache.glob("kafka-*/*.jar"):
        copy = cache / jar.relative_to(settings.cache)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(jar.read_bytes() + (b"\0" if jar.name.startswith("kafka_2.13") else b""))
    kafka = Kafka(
        place / "kafka",
        log=place / "log",
        record=place / "kafka.pid",
        settings=settings.model_copy(update={"cache": cache}),
    )
    with pytest.raises(PlatformError, match=r"is not the file that jars\.lock pins"):
        kafka.start()


def family(platform: Platform) -> list[int]:
    """Every process of the run."""
    pids = [pid for pid in (platform.kafka.pid, platform.postgres.pid) if pid is not None]
    return [member.pid for pid in pids for member in (psutil.Process(pid), *psutil.Process(pid).children(True))]


def test_kafkas_second_folder_is_a_copy_of_the_first_under_ids_of_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an id begins with a dash, as one in sixty-four does."""
    known = EmbeddedSettings().cache
    cache = place / "cache"
    cache.mkdir()
    (cache / jars.folder(known).name).symlink_to(jars.folder(known))
    dashed = iter(range(16))
    monkeypatch.setattr(
        "deploy.embedded.kafka.uuid.uuid4", lambda: uuid.UUID(bytes=b"\xf8" * 15 + bytes([next(dashed)]))
    )
    folders = [start_once(place / name, EmbeddedSettings(cache=cache)) for name in ("first", "second")]
    levels = [(folder / "bootstrap.checkpoint").read_bytes() for folder in folders]
    assert levels[0] == levels[1]
    first, second = (dict(line.split("=") for line in meta_lines(folder)) for folder in folders)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] == second[name]} == {"version", "node.id"}


def start_once(folder: Path, settings: EmbeddedSettings) -> Path:
    """Start Kafka in a new folder and stop it; returns the folder of its data."""
    with Platform(folder, settings=settings):
        return folder / "kafka" / "data"


def meta_lines(folder: Path) -> list[str]:
    return [line for line in (folder / "meta.properties").read_text().splitlines() if not line.startswith("#")]


def test_a_port_that_is_taken_before_kafka_opens_it_is_changed_for_another(place: Path) -> None:
    platform = Platform(place / "data").open()
    taken = platform.kafka.port
    with socket.create_server(("127.0.0.1", taken)):
        try:
            platform.kafka.start()
            assert platform.kafka.port != taken
            create_topic(platform.kafka_bootstrap, "elsewhere")
        finally:
            platform.stop()
