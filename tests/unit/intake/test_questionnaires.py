"""The scoring rule's laws, on the questionnaire that is shipped and on made-up ones."""

import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import questionnaires
from services.intake.domain.outcomes import DIMENSIONS, Score, Weights, score
from services.intake.domain.questionnaires import (
    NO_ANSWER,
    URGENT,
    Choice,
    Level,
    Question,
    Questionnaire,
    check,
    chosen,
    evaluate,
)
from shared import reference
from shared.rejections import Rejected

SHIPPED = questionnaires.questionnaires()["interview-1"]
WEIGHTS = questionnaires.weights()["outcome-1"]
LEVELS = (Level("low", Fraction(0)), Level("medium", Fraction(30, 100)), Level("high", Fraction(55, 100)))
ORDER = ("low", "medium", "high", URGENT)


@st.composite
def made_up(draw: st.DrawFn) -> Questionnaire:
    """A few questions of one to four choices, some of them urgent."""
    questions = {}
    for number in range(draw(st.integers(1, 4))):
        code = f"q{number}"
        choices = {
            f"c{place}": Choice(f"c{place}", "", "", draw(st.integers(0, 100)), draw(st.integers(0, 9)) == 0, ())
            for place in range(draw(st.integers(1, 4)))
        }
        questions[code] = Question(code, draw(st.sampled_from("ab")), "", "", draw(st.integers(1, 5)), choices)
    return Questionnaire("made-up-1", date(2026, 1, 1), None, "", questions, LEVELS)


def complete(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {code: st.sampled_from(list(each.choices)) for code, each in questionnaire.questions.items()}
    )


def partial(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {},
        optional={code: st.sampled_from([*each.choices, NO_ANSWER]) for code, each in questionnaire.questions.items()},
    )


def weighing(questionnaire: Questionnaire) -> Weights:
    """Every question counts in every dimension, each differently."""
    return Weights(
        "made-up-1",
        questionnaire.version,
        date(2026, 1, 1),
        None,
        {
            name: {code: 1 + place * number for number, code in enumerate(questionnaire.questions)}
            for place, name in enumerate(DIMENSIONS)
        },
        {"economic": 1, "social": 2, "psychosocial": 3},
    )


def values(told: Score) -> list[Fraction | None]:
    return [*told.dimensions.values(), told.whole]


@given(st.data())
def test_shares_and_scores_lie_between_0_and_1(data: st.DataObject) -> None:
    questionnaire = data.draw(made_up())
    answers = data.draw(partial(questionnaire))
    result = evaluate(questionnaire, answers)
    told = [*result.subjects.values(), result.whole, *values(score(weighing(questionnaire), questionnaire, answers))]
    assert all(value is None or 0 <= value <= 1 for value in told)
    whole = evaluate(questionnaire, data.draw(complete(questionnaire)))
    assert whole.whole is not None
    assert whole.level in ORDER
    assert whole.missing == ()


@given(st.data())
def test_a_harder_answer_never_makes_things_look_better(data: st.DataObject) -> None:
    questionnaire = data.draw(made_up())
    answers = data.draw(complete(questionnaire))
    code = data.draw(st.sampled_from(list(questionnaire.questions)))
    before = questionnaire.questions[code].choices[answers[code]]
    harder = [
        each.code
        for each in questionnaire.questions[code].choices.values()
        if each.difficulty >= before.difficulty and each.urgent >= before.urgent
    ]
    later = answers | {code: data.draw(st.sampled_from(harder))}
    first, second = evaluate(questionnaire, answers), evaluate(questionnaire, later)
    assert ORDER.index(str(first.level)) <= ORDER.index(str(second.level))
    assert all(first.subjects[name] <= share for name, share in second.subjects.items())  # type: ignore[operator]
    weights = weighing(questionnaire)
    pairs = zip(
        values(score(weights, questionnaire, answers)), values(score(weights, questionnaire, later)), strict=True
    )
    assert all(one is not None and two is not None and one >= two for one, two in pairs)


@given(st.data())
def test_what_is_missing_never_makes_an_outcome(data: st.DataObject) -> None:
    """What is told on some answers is what every completion of them comes to."""
    questionnaire = data.draw(made_up())
    answers = data.draw(partial(questionnaire))
    result, told = evaluate(questionnaire, answers), score(weighing(questionnaire), questionnaire, answers)
    assert set(result.missing) == questionnaire.questions.keys() - chosen(questionnaire, answers).keys()
    given_ones = {code: choice.code for code, choice in chosen(questionnaire, answers).items()}
    levels = set()
    for picks in itertools.product(*(questionnaire.questions[code].choices for code in result.missing)):
        whole = given_ones | dict(zip(result.missing, picks, strict=True))
        completed = evaluate(questionnaire, whole)
        levels.add(completed.level)
        for name, share in result.subjects.items():
            assert share is None or share == completed.subjects[name]
        scored = values(score(weighing(questionnaire), questionnaire, whole))
        assert all(one is None or one == two for one, two in zip(values(told), scored, strict=True))
    assert result.level is None or levels == {result.level}
    # Without choices that are urgent the level is told as soon as it is certain.
    if not any(choice.urgent for each in questionnaire.questions.values() for choice in each.choices.values()):
        assert (result.level is None) == (len(levels) > 1)


@given(st.data())
def test_one_more_answer_never_takes_an_outcome_back(data: st.DataObject) -> None:
    questionnaire = data.draw(made_up())
    more = data.draw(partial(questionnaire))
    fewer = {code: answer for code, answer in more.items() if data.draw(st.booleans())}
    first, second = evaluate(questionnaire, fewer), evaluate(questionnaire, more)
    assert first.level in (None, second.level)
    assert all(share in (None, second.subjects[name]) for name, share in first.subjects.items())


@given(st.data())
def test_no_answer_is_the_same_as_not_asked(data: st.DataObject) -> None:
    questionnaire = data.draw(made_up())
    answers = data.draw(partial(questionnaire))
    asked = {code: answer for code, answer in answers.items() if answer != NO_ANSWER}
    assert evaluate(questionnaire, answers) == evaluate(questionnaire, asked)
    weights = weighing(questionnaire)
    assert score(weights, questionnaire, answers) == score(weights, questionnaire, asked)


def test_nothing_asked_tells_nothing() -> None:
    result = evaluate(SHIPPED, {})
    assert (result.level, result.whole, set(result.subjects.values())) == (None, None, {None})
    assert values(score(WEIGHTS, SHIPPED, {})) == [None] * 4


def test_an_urgent_answer_alone_makes_it_urgent() -> None:
    result = evaluate(SHIPPED, {"distress-life": "often"})
    assert (result.level, result.urgent, result.needs) == (URGENT, ("distress-life",), ("distress",))
    assert result.whole is None


def test_the_scores_of_a_known_interview() -> None:
    """Worked out by hand: no difficulty but debt behind (75), half the income to debt (60), work by the day (70)."""
    answers = {code: next(iter(each.choices)) for code, each in SHIPPED.questions.items()}
    answers |= {"debt-owed": "behind", "debt-burden": "under-half", "work-lasting": "day-by-day"}
    told = score(WEIGHTS, SHIPPED, answers)
    # economic: (25*1 + 40*2 + 100*3 + 30*3 + 100*1 + 100*2) / 1200
    assert told.dimensions == {"economic": Fraction(795, 1200), "social": 1, "psychosocial": 1}
    assert told.whole == (Fraction(795, 1200) + 2) / 3
    result = evaluate(SHIPPED, answers)
    assert result.subjects["debt"] == Fraction(2 * 75 + 2 * 60, 500)
    assert result.subjects["work"] == Fraction(2 * 70, 500)
    assert (result.level, result.needs) == ("low", ("debt-advice", "job", "training"))


def test_answers_that_no_question_has_are_refused() -> None:
    with pytest.raises(Rejected, match="unknown-question"):
        check(SHIPPED, {"debt": "none"})
    with pytest.raises(Rejected, match="unknown-code") as refused:
        check(SHIPPED, {"debt-owed": "lots"})
    assert refused.value.allowed == ("none", "on-time", "behind", "threatened", NO_ANSWER)
    check(SHIPPED, {"debt-owed": NO_ANSWER})


def test_versions_hold_on_their_days() -> None:
    assert questionnaires.questionnaire_for("interview-1", date(2026, 11, 1)) == SHIPPED
    with pytest.raises(Rejected, match="superseded-version"):
        questionnaires.questionnaire_for("interview-1", date(2025, 12, 31))
    with pytest.raises(Rejected, match="superseded-version"):
        questionnaires.questionnaire_for("interview-0", date(2026, 11, 1))
    assert questionnaires.weights_for("interview-1", date(2025, 12, 31)) is None


@pytest.mark.parametrize("version", sorted(questionnaires.questionnaires()))
def test_a_questionnaire_is_whole(version: str) -> None:
    """Every text in both languages, needs of the list, choices in order of difficulty, levels from 0 up."""
    questionnaire = questionnaires.questionnaires()[version]
    for question in questionnaire.questions.values():
        assert question.en
        assert question.km
        assert question.weight > 0
        assert question.subject in questionnaires.titles()
        difficulties = [choice.difficulty for choice in question.choices.values()]
        assert difficulties == sorted(difficulties)
        assert difficulties[0] == 0
        assert all(0 <= difficulty <= 100 for difficulty in difficulties)
        for choice in question.choices.values():
            assert choice.en
            assert choice.km
            assert set(choice.needs) <= set(reference.needs())
            assert choice.code != NO_ANSWER
    shares = [level.share for level in questionnaire.levels]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert {level.code for level in questionnaire.levels} <= questionnaires.titles().keys()


@pytest.mark.parametrize("version", sorted(questionnaires.weights()))
def test_weights_are_of_their_questionnaire(version: str) -> None:
    weights = questionnaires.weights()[version]
    known = questionnaires.questionnaires()[weights.questionnaire].questions
    assert set(weights.dimensions) == set(weights.questions) == set(DIMENSIONS)
    assert all(weight > 0 for weight in weights.dimensions.values())
    for questions in weights.questions.values():
        assert questions
        assert set(questions) <= set(known)
        assert all(weight > 0 for weight in questions.values())


def test_the_issue_asks_for_these_subjects() -> None:
    asked = {question.subject for question in SHIPPED.questions.values()}
    assert asked >= {"debt", "shelter", "health", "documents", "unpaid-wages", "children", "distress"}
