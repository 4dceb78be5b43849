"""Which norms the clock of referrals goes by: those of this build, or a file that a ministry keeps."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.intake.domain import clock


class ClockSettings(BaseSettings):
    """`REINTEGRATION_REFERRAL_CLOCK`: a table with the columns of `domain/clock.csv`."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    referral_clock: Path | None = Field(default=None, description="a table of norms in place of the shipped one")

    @field_validator("referral_clock")
    @classmethod
    def _usable(cls, path: Path | None) -> Path | None:
        if path is not None:
            _read(path)
        return path


def put_norms_in_force() -> None:
    """Called when intake starts. Raises ValidationError, which says what is wrong with the table."""
    path = ClockSettings().referral_clock
    clock.put_in_force(clock.shipped() if path is None else _read(path))


def _read(path: Path) -> clock.Norms:
    try:
        return clock.read(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        raise ValueError("there is no table of this name that can be read") from None
