"""How long holders have to confirm that a consent has ended with them."""

from datetime import timedelta
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ConfirmingSettings(BaseSettings):
    """`REINTEGRATION_CONFIRM_WITHIN_SECONDS`: longer than a usual outage, and short enough to be told the same day."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    confirm_within_seconds: int = Field(default=3_600, ge=1, le=30 * 86_400)


@cache
def confirm_within() -> timedelta:
    """Read once a process."""
    return timedelta(seconds=ConfirmingSettings().confirm_within_seconds)
