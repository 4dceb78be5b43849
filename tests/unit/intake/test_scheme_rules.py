"""A ministry's own rules: read when intake is put together, or refused with what is wrong."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.intake import rules
from services.intake.domain import scheme_rules
from tests.unit.intake.made_up import TODAY

SHIPPED = files(scheme_rules.DATA).joinpath("social-protection.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    scheme_rules.put_in_force(scheme_rules.shipped())


def given(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str | None) -> None:
    file = folder / "rules.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("REINTEGRATION_SCHEME_RULES", str(file))


def test_without_a_file_the_shipped_rules_are_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REINTEGRATION_SCHEME_RULES", raising=False)
    rules.put_rules_in_force()
    assert scheme_rules.rules() == scheme_rules.shipped()


def test_a_file_is_taken_in_place_of_them_and_is_another_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = scheme_rules.version_of(scheme_rules.rules_on(TODAY))
    given(monkeypatch, tmp_path, SHIPPED.replace("aged_at_least = 60", "aged_at_least = 65"))
    rules.put_rules_in_force()
    assert scheme_rules.version_of(scheme_rules.rules_on(TODAY)) != before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "no file of this name"),
        ("rules", "cannot be read"),
        (SHIPPED.replace('reason = "near-poor"', 'reason = "nearly-poor"'), "no sentence tells nearly-poor"),
        (SHIPPED.replace('scheme = "family-package"', 'scheme = "cash"'), "cash is not on the list"),
    ],
)
def test_rules_that_cannot_be_used_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None, told: str
) -> None:
    given(monkeypatch, tmp_path, text)
    with pytest.raises(ValidationError, match=told):
        rules.put_rules_in_force()
