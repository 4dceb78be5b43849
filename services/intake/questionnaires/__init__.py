"""Questionnaires, weights of the outcome score and norms of casework: dated data, read once.

`questionnaires.csv` lists the versions; each has its questions and choices in `VERSION.csv`, its levels in
`levels.csv`. `scores.csv` holds the weights; its line without a question weighs the dimension itself. `subjects.csv`
has the titles, `norms.csv` the norms. A released version is never edited: results name it.

A ministry keeps tables of its own in the folder that `REINTEGRATION_CASEWORK` names; each stands in place of the
shipped one of the same name.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.intake.domain.norms import Norms
from services.intake.domain.outcomes import DIMENSIONS, Weights
from services.intake.domain.questionnaires import Choice, Level, Question, Questionnaire
from shared.rejections import Rejected


class CaseworkSettings(BaseSettings):
    """Where tables of a ministry's own lie."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    casework: Path | None = Field(default=None, validate_default=True, description="tables in place of those shipped")

    @field_validator("casework")
    @classmethod
    def _usable(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError("there is no such folder")
        _use(folder)
        return folder


def put_tables_in_force() -> None:
    """Called when intake starts, so that a table that cannot be used is met at the start and not at somebody's
    interview. Raises ValidationError, which says what is wrong with which table."""
    CaseworkSettings()


_OWN: dict[str, Path] = {}


def _use(folder: Path | None) -> None:
    """Read everything, with these tables in place of the shipped ones. Raises ValueError."""
    _OWN.clear()
    if folder is not None:
        _OWN["folder"] = folder
    for kept in (questionnaires, weights, norms, titles):
        kept.cache_clear()
    try:
        norms()
        for version, questionnaire in questionnaires().items():
            _check_questionnaire(version, questionnaire)
        for version, made in weights().items():
            _check_weights(version, made, questionnaires()[made.questionnaire])
    except (OSError, LookupError, TypeError) as error:
        raise ValueError(f"a table cannot be read: {type(error).__name__} {error}") from None


def _check_questionnaire(version: str, questionnaire: Questionnaire) -> None:
    untitled = [each.subject for each in questionnaire.questions.values() if each.subject not in titles()]
    if untitled:
        raise ValueError(f"subjects.csv: no title for {untitled[0]}, a subject of {version}")
    if questionnaire.levels[0].share != 0:
        raise ValueError(f"levels.csv: the levels of {version} begin at 0")


def _check_weights(version: str, made: Weights, questionnaire: Questionnaire) -> None:
    for name in DIMENSIONS:
        if not made.questions[name] or name not in made.dimensions:
            raise ValueError(f"scores.csv: {name} of {version} has no questions, or no weight of its own")
        unknown = [code for code in made.questions[name] if code not in questionnaire.questions]
        if unknown:
            raise ValueError(f"scores.csv: {questionnaire.version} has no question {unknown[0]}")


@cache
def questionnaires() -> Mapping[str, Questionnaire]:
    """Every version there was."""
    levels: dict[str, list[Level]] = {}
    for row in _rows("levels"):
        levels.setdefault(row["questionnaire"], []).append(Level(row["level"], Fraction(int(row["from_percent"]), 100)))
    return {
        row["version"]: Questionnaire(
            row["version"],
            *_days(row),
            row["source"],
            _questions(row["version"]),
            tuple(levels[row["version"]]),
        )
        for row in _rows("questionnaires")
    }


@cache
def weights() -> Mapping[str, Weights]:
    """Every version of the outcome score's weights."""
    versions: dict[str, Weights] = {}
    for row in _rows("scores"):
        made = versions.get(row["version"])
        if made is None:
            made = Weights(row["version"], row["questionnaire"], *_days(row), {name: {} for name in DIMENSIONS}, {})
            versions[made.version] = made
        if row["question"]:
            made = _weighing(made, row["dimension"], row["question"], int(row["weight"]))
        else:
            made = made._replace(dimensions={**made.dimensions, row["dimension"]: int(row["weight"])})
        versions[made.version] = made
    return versions


@cache
def norms() -> Norms:
    """How long what may take."""
    return Norms(**{row["norm"].replace("-", "_"): int(row["number"]) for row in _rows("norms")})


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """English and Khmer title of each subject, dimension and level."""
    return {row["code"]: (row["en"], row["km"]) for row in _rows("subjects")}


def questionnaire_for(version: str, on: date) -> Questionnaire:
    """The version by which an interview of this day was held. Raises Rejected `superseded-version` where it does not
    hold on that day, with those that do."""
    holding = {each.version: each for each in questionnaires().values() if each.holds(on)}
    if version not in holding:
        raise Rejected("superseded-version", field="questionnaire", allowed=sorted(holding))
    return holding[version]


def weights_for(questionnaire: str, on: date) -> Weights | None:
    """The weights that score interviews of this version on this day, if there are any; the latest of several."""
    found = [each for each in weights().values() if each.questionnaire == questionnaire and each.holds(on)]
    return max(found, key=lambda each: each.valid_from, default=None)


def _questions(version: str) -> Mapping[str, Question]:
    questions: dict[str, Question] = {}
    for row in _rows(version):
        if row["question"]:
            last = row["question"]
            questions[last] = Question(last, row["subject"], row["en"], row["km"], int(row["weight"]), {})
            continue
        needs = tuple(row["needs"].split(";")) if row["needs"] else ()
        choice = Choice(row["choice"], row["en"], row["km"], int(row["difficulty"]), row["urgent"] == "yes", needs)
        asked = questions[last]
        questions[last] = asked._replace(choices={**asked.choices, choice.code: choice})
    return questions


def _weighing(made: Weights, dimension: str, question: str, weight: int) -> Weights:
    return made._replace(
        questions={**made.questions, dimension: {**made.questions[dimension], question: weight}},
    )


def _days(row: Mapping[str, str]) -> tuple[date, date | None]:
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    own = _OWN.get("folder")
    if own is not None and (table := own / f"{name}.csv").is_file():
        text = table.read_text(encoding="utf-8-sig")
    else:
        text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), strict=True)
