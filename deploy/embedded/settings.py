"""Settings of the embedded platform, from the environment."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "reintegration"


class EmbeddedSettings(BaseSettings):
    """What `REINTEGRATION_CACHE`, `REINTEGRATION_JAVA` and `REINTEGRATION_POSTGRES_USER` say."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    cache: Path = Field(default_factory=_default_cache)
    """Folder that keeps what was fetched once: Kafka's jars and their start-up archive."""

    java: Path | None = None
    """A `java` of version 17 or newer to use in place of the installed one."""

    postgres_user: str = "nobody"
    """The user that PostgreSQL runs as when we are root."""
