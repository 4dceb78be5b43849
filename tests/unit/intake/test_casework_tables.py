"""Tables that a ministry keeps in place of the shipped ones."""

import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.intake import questionnaires
from services.intake.domain.outcomes import score
from services.intake.questionnaires import put_tables_in_force

SHIPPED = Path(str(files("services.intake.questionnaires")))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REINTEGRATION_CASEWORK", str(tmp_path))
    yield tmp_path
    monkeypatch.delenv("REINTEGRATION_CASEWORK")
    put_tables_in_force()


def change(folder: Path, name: str, edit: Callable[[str], str]) -> None:
    (folder / f"{name}.csv").write_text(edit((SHIPPED / f"{name}.csv").read_text("utf-8")), "utf-8")


def test_an_empty_folder_changes_nothing(folder: Path) -> None:
    put_tables_in_force()
    assert questionnaires.norms().plan == 1
    assert list(questionnaires.questionnaires()) == ["interview-1"]


def test_weights_and_norms_of_ones_own(folder: Path) -> None:
    change(folder, "scores", lambda text: text.replace("economic,,1", "economic,,2"))
    change(folder, "norms", lambda text: text.replace("plan,1,months", "plan,2,months"))
    put_tables_in_force()
    known = questionnaires.questionnaires()["interview-1"]
    best = {code: next(iter(each.choices)) for code, each in known.questions.items()}
    hard = best | {"work-income": "no"}  # a quarter of the economic dimension, which is half of the whole now
    assert score(questionnaires.weights()["outcome-1"], known, hard).whole == 1 - Fraction(1, 4) * Fraction(2, 4)
    assert questionnaires.norms().plan == 2


@pytest.mark.parametrize(
    ("name", "edit", "told"),
    [
        ("scores", lambda text: text.replace("social,documents-own", "social,shoe-size"), "no question shoe-size"),
        ("scores", lambda text: text.replace("psychosocial,,1\n", "psychosocial,distress-life,1\n"), "no weight"),
        ("scores", lambda text: text.replace("interview-1", "interview-9"), "interview-9"),
        ("scores", lambda text: text.replace("economic,food,2", "economic,food,many"), "many"),
        ("norms", lambda text: text.replace("entry,7", "arrival,7"), "arrival"),
        ("levels", lambda text: text.replace("low,0", "low,5"), "begin at 0"),
        ("subjects", lambda text: text.replace("debt,Debt", "dept,Debt"), "no title for debt"),
        ("questionnaires", lambda text: text.replace("2026-01-01", "soon"), "soon"),
    ],
)
def test_what_cannot_be_used_is_told_at_the_start(
    folder: Path, name: str, edit: Callable[[str], str], told: str
) -> None:
    change(folder, name, edit)
    with pytest.raises(ValidationError, match=told):
        put_tables_in_force()


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(ValidationError, match="no such folder"):
        put_tables_in_force()
