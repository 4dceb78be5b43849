"""`docs/files.md` says what the catalogues say."""

from pathlib import Path
from typing import get_args

from shared import reference

PAGE = (Path(__file__).parents[3] / "docs" / "files.md").read_text(encoding="utf-8")


def test_every_reason_stands_there_in_both_languages() -> None:
    for reason in reference.reasons().values():
        assert f"| `{reason.code}` | {reason.title_en} | {reason.title_km} |" in PAGE


def test_every_column_stands_there_in_the_order_of_checking() -> None:
    needed = {(True, False): "yes", (False, False): "no", (False, True): "ignored"}
    place = 0
    for kind in get_args(reference.FileKind):
        for column in reference.columns(kind).values():
            told = needed[column.required, column.ignored]
            row = f"| `{column.code}` | {column.title_km} | {told} | {column.longest} |"
            place = PAGE.index(row, place) + 1


def test_no_reason_is_named_that_the_catalogue_lacks() -> None:
    named = {line.split("`")[1] for line in PAGE[PAGE.index("## Reasons") :].splitlines() if line.startswith("| `")}
    assert named == set(reference.reasons())
