"""Where everything of a running system is: what `reintegration up` leaves in its folder, and other commands read."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from deploy.errors import PlatformError
from shared.access import DevelopmentIssuer

ADDRESSES: Final = "addresses.json"


def default_data() -> Path:
    """Where `reintegration up` keeps its data when it is not told."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / "reintegration"


@dataclass(frozen=True)
class Addresses:
    """Where everything of a running system is. Holds passwords: its file is readable by its owner only."""

    services: dict[str, str]
    databases: dict[str, str]
    kafka: str
    topic_prefix: str
    issuer: str
    outbox: str
    logs: str

    @classmethod
    def read(cls, data: Path) -> Self:
        """Those of the system that runs in a data folder. Raises PlatformError where none does."""
        try:
            return cls(**json.loads((data / ADDRESSES).read_text()))
        except FileNotFoundError:
            raise PlatformError(
                f"No system runs in {data}: start one with `reintegration up`, or name its folder with --data."
            ) from None

    def token(self, subject: str, *roles: str, **offices: str) -> str:
        """A bearer token of the development issuer."""
        return DevelopmentIssuer(Path(self.issuer)).token(subject, roles, **offices)  # type: ignore[arg-type]


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    fresh.replace(path)
