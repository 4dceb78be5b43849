"""`reintegration parked`: what is wrong on its command line is said before any service is asked."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from typer.testing import CliRunner

from deploy.cli import app
from deploy.parked import _field
from deploy.terminal import Failure

WHY = ("--service", "training", "--why", "mistyped")
json_values = some.none() | some.booleans() | some.integers() | some.lists(some.text(max_size=5), max_size=3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("correct", "1", *WHY, "--field", "code"), "A field is given as NAME=VALUE"),
        (("correct", "1", *WHY, "--field", "=1111-1111-1111"), "A field is given as NAME=VALUE"),
        (("list", "--service", "harvest"), "There is no service harvest: name one of intake, training"),
        (("replay", "1", "--service", "harvest", "--why", "again"), "There is no service harvest"),
        (("drop", "1", *WHY, "--code", "boring"), "'boring' is no reason: one of obsolete, duplicate"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    ended = CliRunner().invoke(app, ["parked", *arguments])
    assert ended.output == ""
    assert isinstance(ended.exception, Failure)
    assert str(ended.exception).startswith(said)


@pytest.mark.parametrize(
    "arguments", [("show", "0", "--service", "training"), ("show", "1"), ("drop", "1", *WHY), ("correct", "1", *WHY)]
)
def test_what_is_missing_or_out_of_bounds_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["parked", *arguments]).exit_code == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("code=1111-1111-1111", "1111-1111-1111"),
        ('needs=["work"]', ["work"]),
        ("ce_sequence=7", 7),
        ("seats=null", None),
        ("questionnaire=", ""),
        ('occupation="7212"', "7212"),
        ("words=a=b", "a=b"),
    ],
)
def test_a_value_is_json_or_else_the_text_itself(text: str, value: Any) -> None:
    assert _field(text) == (text.partition("=")[0], value)


@given(some.text(some.characters(exclude_characters="="), min_size=1), json_values)
def test_a_value_that_is_written_as_json_comes_back(name: str, value: Any) -> None:
    assert _field(f"{name}={json.dumps(value)}") == (name, value)
