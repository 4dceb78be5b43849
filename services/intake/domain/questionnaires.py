"""A questionnaire as data, and what its answers come to. The rule (`scoring-1`):

Every choice has a difficulty from 0 (none) to 100 (the greatest). The difficulty of a subject, and of the whole, is the
mean of its questions' difficulties by their weights, as a share from 0 to 1. The whole has a level by thresholds that
the questionnaire brings along; one answer marked urgent makes the level `urgent`, whatever the rest says.

A question that was not answered may still have any answer. So a share is told only where every question it rests on was
answered, and a level only where all the answers that may still come lead to the same one: what is missing never makes
an outcome, and one more answer never takes an outcome back.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from shared.rejections import Rejected

RULE: Final = "scoring-1"
"""Version of the rule above; it stands beside every result."""

NO_ANSWER: Final = "no-answer"
"""A choice that every question has: asked, and not answered. It counts as missing."""

URGENT: Final = "urgent"

GREATEST: Final = 100


class Choice(NamedTuple):
    """An answer that may be chosen; `needs` are those that it hints at, for the counsellor to decide."""

    code: str
    en: str
    km: str
    difficulty: int
    urgent: bool
    needs: tuple[str, ...]


class Question(NamedTuple):
    """A question of one subject, with the choices in the order in which they are read out."""

    code: str
    subject: str
    en: str
    km: str
    weight: int
    choices: Mapping[str, Choice]


class Level(NamedTuple):
    """A level of vulnerability and the share from which on it holds."""

    code: str
    share: Fraction


class Questionnaire(NamedTuple):
    """A version of the questionnaire, and the days on which interviews are held by it. `levels` begin at 0, rising."""

    version: str
    valid_from: date
    valid_to: date | None
    source: str
    questions: Mapping[str, Question]
    levels: tuple[Level, ...]

    def holds(self, on: date) -> bool:
        """Whether interviews are held by it on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Result(NamedTuple):
    """What the answers come to: the share of difficulty of each subject and of the whole (None: not known), the level
    of vulnerability (None: not known), questions without an answer, urgent answers' questions, and needs hinted at."""

    subjects: Mapping[str, Fraction | None]
    whole: Fraction | None
    level: str | None
    missing: tuple[str, ...]
    urgent: tuple[str, ...]
    needs: tuple[str, ...]


def check(questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
    """Raises Rejected `unknown-question` or `unknown-code` where an answer is none of the questionnaire."""
    for code, chosen in answers.items():
        question = questionnaire.questions.get(code)
        if question is None:
            raise Rejected("unknown-question", field="answers", allowed=sorted(questionnaire.questions))
        if chosen != NO_ANSWER and chosen not in question.choices:
            # The question is one of ours, so that its name may be told.
            raise Rejected("unknown-code", field=f"answers.{code}", allowed=[*question.choices, NO_ANSWER])


def chosen(questionnaire: Questionnaire, answers: Mapping[str, str]) -> dict[str, Choice]:
    """The choice made at each question that was answered, in the questionnaire's order."""
    return {
        code: question.choices[answers[code]]
        for code, question in questionnaire.questions.items()
        if answers.get(code, NO_ANSWER) != NO_ANSWER
    }


def evaluate(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Result:
    """What these answers come to, by the rule above."""
    made = chosen(questionnaire, answers)
    subjects: dict[str, list[Question]] = {}
    for question in questionnaire.questions.values():
        subjects.setdefault(question.subject, []).append(question)
    return Result(
        {subject: share(asked, made) for subject, asked in subjects.items()},
        share(questionnaire.questions.values(), made),
        _level(questionnaire, made),
        tuple(code for code in questionnaire.questions if code not in made),
        tuple(code for code, choice in made.items() if choice.urgent),
        tuple(dict.fromkeys(need for choice in made.values() for need in choice.needs)),
    )


def share(asked: Iterable[Question], made: Mapping[str, Choice]) -> Fraction | None:
    """The weighted mean difficulty of these questions, from 0 to 1; None where one of them has no answer."""
    questions = list(asked)
    if any(question.code not in made for question in questions):
        return None
    return _mean(questions, {question.code: made[question.code].difficulty for question in questions})


def _level(questionnaire: Questionnaire, made: Mapping[str, Choice]) -> str | None:
    """The level that every completion of these answers has, or None where they have several."""
    if any(choice.urgent for choice in made.values()):
        return URGENT
    questions = list(questionnaire.questions.values())
    open_ones = [question for question in questions if question.code not in made]
    if any(choice.urgent for question in open_ones for choice in question.choices.values()):
        return None
    known = {code: choice.difficulty for code, choice in made.items()}
    ends = [
        known | {each.code: pick(choice.difficulty for choice in each.choices.values()) for each in open_ones}
        for pick in (min, max)
    ]
    lowest, highest = (_at(questionnaire, _mean(questions, end)) for end in ends)
    return lowest if lowest == highest else None


def _at(questionnaire: Questionnaire, whole: Fraction) -> str:
    return [level.code for level in questionnaire.levels if level.share <= whole][-1]


def _mean(questions: Iterable[Question], difficulties: Mapping[str, int]) -> Fraction:
    questions = list(questions)
    total = sum(question.weight for question in questions) * GREATEST
    return Fraction(sum(question.weight * difficulties[question.code] for question in questions), total)
