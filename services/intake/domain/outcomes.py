"""The reintegration outcome score: how far the person has come, on three dimensions from 0 to 1.

Weights are dated data (`questionnaires/scores.csv`): for each dimension, which questions of the interview count how
much, and how much each dimension counts in the whole. A question counts by what is left of its difficulty: none is 1,
the greatest is 0. The scale and the names of the dimensions are those in use in the field; questions, weights and
thresholds are this project's own. No conformity with any survey is claimed, and no score of another system is
comparable with these.

As in `questionnaires`: a dimension without one of its answers has no score, and the whole has none without all three.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from services.intake.domain.questionnaires import GREATEST, Questionnaire, chosen

DIMENSIONS: Final = ("economic", "social", "psychosocial")


class Weights(NamedTuple):
    """A version of the weights: by dimension and question, and of each dimension in the whole. All are positive.

    `questionnaire` is the version whose questions they are of.
    """

    version: str
    questionnaire: str
    valid_from: date
    valid_to: date | None
    questions: Mapping[str, Mapping[str, int]]
    dimensions: Mapping[str, int]

    def holds(self, on: date) -> bool:
        """Whether scores are made by them on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Score(NamedTuple):
    """Scores from 0 to 1; None: not known, since an answer is missing."""

    dimensions: Mapping[str, Fraction | None]
    whole: Fraction | None
    missing: tuple[str, ...]


def score(weights: Weights, questionnaire: Questionnaire, answers: Mapping[str, str]) -> Score:
    """The outcome score of an interview by these weights, which are of its questionnaire."""
    made = chosen(questionnaire, answers)
    reached = {code: GREATEST - choice.difficulty for code, choice in made.items()}
    dimensions = {name: _mean(weights.questions[name], reached) for name in DIMENSIONS}
    known = {name: value for name, value in dimensions.items() if value is not None}
    whole = None
    if len(known) == len(dimensions):
        total = sum(weights.dimensions.values())
        whole = sum((known[name] * weights.dimensions[name] for name in DIMENSIONS), Fraction(0)) / total
    counting = {code for name in DIMENSIONS for code in weights.questions[name]}
    missing = tuple(code for code in questionnaire.questions if code in counting and code not in made)
    return Score(dimensions, whole, missing)


def _mean(weights: Mapping[str, int], reached: Mapping[str, int]) -> Fraction | None:
    if any(code not in reached for code in weights):
        return None
    return Fraction(sum(weight * reached[code] for code, weight in weights.items()), sum(weights.values()) * GREATEST)
