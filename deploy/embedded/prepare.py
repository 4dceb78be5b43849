"""What `make install` does beyond the libraries: fetch Kafka's jars, and record how it starts.

`python -m deploy.embedded.prepare` is harmless to repeat: a second time it only looks.
"""

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from deploy.embedded import jars, java
from deploy.embedded.errors import PlatformError
from deploy.embedded.folder import RunFolder
from deploy.embedded.kafka import Kafka
from deploy.embedded.settings import EmbeddedSettings


def main() -> int:
    """Prepare this user's cache; returns the exit status."""
    settings = EmbeddedSettings()
    console = Console(stderr=True)
    columns = (TextColumn("    {task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("Kafka's jars", total=len(jars.locked()))
            jars.fetch(settings.cache, lambda done, total: progress.update(task, completed=done, total=total))
            progress.update(task, completed=len(jars.class_path(settings.cache)))
        with console.status("Kafka starts once, so that later it starts faster (about 20 seconds)"):
            record_start(settings)
    except PlatformError as failure:
        console.print(str(failure), markup=False)
        return 1
    return 0


def record_start(settings: EmbeddedSettings) -> None:
    """Let Java write down which classes Kafka loads and how it runs: later starts take half the time.

    Nothing is done where the archive is there and fits, or where the Java in use cannot do it. One that could not be
    made only costs time later, so that is no error.
    """
    archive = java.archive(settings)
    if archive is None or java.archive_fits(settings, archive):
        return
    archive.unlink(missing_ok=True)
    folder = RunFolder.throw_away(None)
    try:
        fresh = settings.cache / f"{archive.name}.{folder.path.name}"
        kafka = Kafka(
            folder.path / "kafka",
            log=folder.logs / "kafka.log",
            record=folder.processes / "kafka.pid",
            settings=settings,
            write_archive=fresh,
        )
        kafka.start()
        kafka.stop(grace=120)
        if fresh.exists():
            fresh.replace(archive)
    finally:
        folder.release()


if __name__ == "__main__":
    sys.exit(main())
