"""Rules of social protection schemes as dated data, and the facts that they ask for; read by `domain/scheme_rules.py`.

A ministry's own file may take the place of the shipped one, so that a changed rule needs no new build.
"""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.intake.domain import scheme_rules
from services.intake.domain.scheme_rules import Rule, WrongRules
from services.intake.texts import sentences
from shared import reference


class RuleSettings(BaseSettings):
    """`REINTEGRATION_SCHEME_RULES`: a file as `social-protection.toml`."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    scheme_rules: Path | None = Field(default=None, description="rules in place of the shipped ones")

    @field_validator("scheme_rules")
    @classmethod
    def _usable(cls, path: Path | None) -> Path | None:
        if path is not None:
            _read(path)
        return path


def put_rules_in_force() -> None:
    """Called when intake starts. Raises ValidationError, which says what is wrong with the file."""
    path = RuleSettings().scheme_rules
    scheme_rules.put_in_force(scheme_rules.shipped() if path is None else _read(path))


def _read(path: Path) -> tuple[Rule, ...]:
    try:
        found = scheme_rules.read(path.read_text(encoding="utf-8-sig"), scheme_rules.facts())
    except (OSError, UnicodeDecodeError):
        raise ValueError("there is no file of this name that can be read") from None
    for rule in found:
        reasons = {ground.reason for ground in (*rule.grounds, *rule.exclusions)} | {rule.otherwise, rule.unknown}
        if untold := reasons - sentences("eligibility").keys():
            raise WrongRules(f"{rule.version}: no sentence tells {', '.join(sorted(untold))}")
        if rule.scheme not in reference.codes("scheme"):
            raise WrongRules(f"{rule.version}: {rule.scheme} is not on the list of schemes")
    return found
