"""Settings of a service, from the environment (`REINTEGRATION_…`).

What must not stand in an environment may stand in files of the folder `REINTEGRATION_SECRETS`, each named as its
variable, in small letters; the environment is asked first.

Nothing has a default that would work outside a developer's machine: no address of a database, no password, no key.
"""

import os
import ssl
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.database import async_url


class KafkaSettings(BaseSettings):
    """How to reach Kafka. SASL without TLS is refused: the password would travel readable."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    kafka: str = Field(default="127.0.0.1:9092", description="host:port, several separated by commas")
    kafka_tls: bool = False
    kafka_ca: Path | None = Field(default=None, description="authorities to trust, a PEM file; the system's if absent")
    kafka_user: str | None = None
    kafka_password: SecretStr | None = None
    kafka_compression: Literal["lz4", "zstd"] | None = Field(default=None, description="costs processor, saves disk")
    topic_prefix: str = Field(default="", pattern=r"^[a-zA-Z0-9._-]{0,100}$")

    @model_validator(mode="after")
    def _no_password_in_the_clear(self) -> Self:
        if (self.kafka_user is None) != (self.kafka_password is None):
            raise ValueError("REINTEGRATION_KAFKA_USER and REINTEGRATION_KAFKA_PASSWORD go together")
        if self.kafka_user is not None and not self.kafka_tls:
            raise ValueError("SASL without TLS sends the password readable: set REINTEGRATION_KAFKA_TLS=true")
        return self

    def kafka_options(self) -> dict[str, Any]:
        """Options that every aiokafka client takes."""
        options: dict[str, Any] = {"bootstrap_servers": self.kafka.split(",")}
        if self.kafka_tls:
            options["security_protocol"] = "SSL"
            options["ssl_context"] = ssl.create_default_context(cafile=self.kafka_ca)
        if self.kafka_user is not None and self.kafka_password is not None:
            options["security_protocol"] = "SASL_SSL"
            options["sasl_mechanism"] = "SCRAM-SHA-512"
            options["sasl_plain_username"] = self.kafka_user
            options["sasl_plain_password"] = self.kafka_password.get_secret_value()
        return options

    def producer_options(self) -> dict[str, Any]:
        """The relay's producer: every in-sync replica acknowledges, and retries inside the client keep the order."""
        return {
            **self.kafka_options(),
            "acks": "all",
            "enable_idempotence": True,
            "max_batch_size": 256 * 1024,
            "request_timeout_ms": 15_000,
            "compression_type": self.kafka_compression,
        }


class Settings(KafkaSettings):
    """What a service process needs."""

    database_url: SecretStr = Field(description="this service's own: postgresql://user:password@host:port/name")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    replica: str = Field(default="0", pattern=r"^[a-zA-Z0-9._-]{1,60}$", description="unique among a service's copies")
    metrics_port: int | None = Field(
        default=None, ge=0, le=65_535, description="where /metrics is served, and nothing else; if absent, on `port`"
    )
    traces_endpoint: str | None = Field(
        validate_default=True,
        default_factory=lambda: os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"),
        pattern=r"^https?://",
        description="base address of a collector that takes OTLP over HTTP; spans are made only where it is set",
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_pretty: bool | None = Field(default=None, description="by default, pretty on a terminal only")
    issuer_key: Path = Field(description="public key (PEM) of whoever signs the bearer tokens")
    digest_key: SecretStr = Field(min_length=32, description="secret that digests of requests are keyed with")
    batch: int = Field(default=10_000, ge=1, le=50_000, description="records taken from Kafka at once, at most")
    chunk: int = Field(default=1_000, ge=1, le=10_000, description="records a transaction, at most")
    max_poll_interval_ms: int = Field(default=120_000, ge=10_000)
    session_timeout_ms: int = Field(default=30_000, ge=6_000)
    stuck_seconds: int = Field(
        default=180, ge=5, description="a loop at one step for so long is stuck: the process ends, to be started anew"
    )
    outbox: Path | None = Field(default=None, description="notifications only: the folder its local channel writes to")

    @field_validator("traces_endpoint", mode="before")
    @classmethod
    def _empty_is_none(cls, value: str | None) -> str | None:
        """As compose hands on a variable that is not set."""
        return value or None

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(async_url(value.get_secret_value()))
        if not parts.path.strip("/"):
            raise ValueError("the address of the database lacks the database's name")
        return value
