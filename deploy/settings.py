"""Settings of a whole system on one machine, from the environment (`REINTEGRATION_…`)."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SystemSettings(BaseSettings):
    """`REINTEGRATION_KAFKA` and `REINTEGRATION_POSTGRES` (an administrator's address) point at servers of your own;
    without them embedded ones are started. `REINTEGRATION_PORT` is the first of the four HTTP ports."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    kafka: str | None = None
    postgres: SecretStr | None = None
    topic_prefix: str = ""
    partitions: int | None = Field(default=None, ge=1, le=1_000, description="of topics made anew; the file's number")
    replication: int = Field(default=1, ge=1, le=9, description="copies of each topic; 3 where there are three brokers")
    port: int = Field(default=8100, ge=0, le=65_000, description="0: free ports")
    log_level: str = "info"
    hung_seconds: int = Field(
        default=180, ge=5, le=86_400, description="a service that has not said so long that it is alive is ended"
    )
