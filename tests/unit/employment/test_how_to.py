"""The how-to shows real code: each quoted block stands in the file that it names."""

import re
from pathlib import Path

import pytest

from services.employment.app import SERVICE as EMPLOYMENT
from services.training.app import SERVICE as TRAINING

ROOT = Path(__file__).parents[3]
HOW_TO = ROOT / "docs" / "how-to" / "add-a-service.md"
QUOTE = re.compile(r"^`([\w./-]+\.py)`\n\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = HOW_TO.read_text(encoding="utf-8")


def parts(block: str) -> list[str]:
    """A block's runs of whole lines; a line of three dots stands for what is left out between two."""
    return [part.strip("\n") for part in re.split(r"^\.\.\.$", block, flags=re.MULTILINE)]


@pytest.mark.parametrize(("file", "block"), QUOTE.findall(TEXT))
def test_a_quoted_block_stands_in_its_file(file: str, block: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    at = 0
    for part in parts(block):
        found = re.search(rf"^{re.escape(part)}$", source[at:], re.MULTILINE)
        assert found, f"{file} has changed; quote it anew:\n{part}"
        at += found.end()


def test_every_block_is_a_quote() -> None:
    assert TEXT.count("```") == 2 * len(QUOTE.findall(TEXT))
    assert {Path(file).parts[1] for file, _ in QUOTE.findall(TEXT)} >= {"training", "employment"}


def test_every_file_and_folder_that_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:shared|services|deploy|docs|tests)/[a-z_0-9./-]+)`", TEXT))
    assert len(named) >= 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_both_services_have_the_files_that_it_lists() -> None:
    listed = re.findall(r"^\| `([\w./]+)`", TEXT, re.MULTILINE)
    assert len(listed) == 7
    for service in (TRAINING, EMPLOYMENT):
        for file in listed:
            there = service.folder / file
            assert there.exists() or (file == "domain.py" and (service.folder / "domain").is_dir()), there
