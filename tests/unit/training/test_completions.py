"""A completion counts once, whether it comes before its referral or after, and only for its own course."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.completions import why_waiting
from shared.events.training import SkillsRecognised
from shared.kinds import NOTHING
from shared.rejections import Rejected
from tests.unit.training.learning import MASONRY, SKILLS, Training, course, identity

RESULTS = st.sampled_from(["passed", "not-passed"])
SHOWN = st.sampled_from([(), ("arc-welding",), SKILLS])


def trained() -> Training:
    return Training(course(), course("masonry", skills=MASONRY))


def of_completion(training: Training) -> list[Any]:
    """The facts that tell of the completion, beside those of the seat."""
    return [fact for fact in training.facts if fact.fact in ("completion-recorded", "skills-recognised")]


@given(RESULTS, SHOWN, st.booleans())
def test_the_same_facts_whether_it_comes_before_its_referral_or_after(
    result: str, skills: tuple[str, ...], seat: bool
) -> None:
    first, second = trained(), trained()
    for training in (first, second):
        if not seat:
            training.request(8)
            training.request(9)
            training.facts.clear()
    first.request(1)
    first.complete(1, result=result, skills=skills)
    second.complete(1, result=result, skills=skills)
    assert second.facts == []
    second.request(1)
    assert of_completion(first) == of_completion(second)
    assert first.referral(1) == second.referral(1)
    assert first.referral(1).state == "completed"


@given(RESULTS, SHOWN, st.integers(0, 3), st.integers(0, 3))
def test_repeating_it_changes_nothing(result: str, skills: tuple[str, ...], before: int, after: int) -> None:
    training = trained()
    for time in range(before):
        assert (training.complete(1, result=result, skills=skills) is NOTHING) == (time > 0)
    training.request(1)
    for time in range(after):
        assert (training.complete(1, result=result, skills=skills) is NOTHING) == (time > 0 or before > 0)
    assert training.told().count("completion-recorded") == min(1, before + after)


def test_who_passed_has_the_skills_shown_or_else_the_courses() -> None:
    for skills, recognised in (((), SKILLS), (("arc-welding",), ("arc-welding",))):
        training = trained()
        training.request(1)
        training.complete(1, skills=skills)
        assert training.facts[-1] == SkillsRecognised(
            skills=recognised, via="completion", evidence=identity("referral", 1)
        )
        assert training.referral(1).skills == recognised


def test_who_did_not_pass_has_none() -> None:
    training = trained()
    training.request(1)
    training.complete(1, result="not-passed")
    assert training.told() == ["seat-reserved", "completion-recorded"]
    assert training.referral(1).skills == ()


def test_who_was_refused_a_seat_and_was_there_all_the_same_has_completed() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.request(2)
    training.complete(2)
    assert training.referral(2).state == "completed"
    assert training.course().taken == 1


@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"result": "not-passed"}, "result"),
        ({"on": date(2026, 5, 2)}, "completed_on"),
        ({"skills": ("arc-welding",)}, "skills"),
    ],
)
def test_another_outcome_for_the_same_code_is_refused(heard: bool, other: dict[str, Any], field: str) -> None:
    training = trained()
    if heard:
        training.request(1)
    training.complete(1)
    before = training.referral(1)
    assert refusal(lambda: training.complete(1, **other)) == ("changed", field)
    assert training.referral(1) == before


def test_what_the_course_does_not_teach_is_refused_and_nothing_is_kept() -> None:
    training = trained()
    assert refusal(lambda: training.complete(1, skills=("bricklaying",))) == ("unknown-skill", "skills")
    assert training.referral(1).outcome is None


def requests() -> Iterator[tuple[Callable[[Training], None], tuple[str, str]]]:
    yield lambda training: training.request(1, "masonry"), ("other-course", "course")
    yield lambda training: training.request(1, None, kind="prior-learning"), ("other-kind", "code")


@pytest.mark.parametrize(("request_other", "told"), list(requests()))
def test_a_completion_that_does_not_fit_is_refused_after_and_goes_on_waiting_before(
    request_other: Callable[[Training], None], told: tuple[str, str]
) -> None:
    after = trained()
    request_other(after)
    assert refusal(lambda: after.complete(1)) == told

    before = trained()
    before.complete(1)
    request_other(before)
    assert of_completion(before) == []
    kept = before.referral(1)
    assert (kept.state, kept.outcome is not None) == (after.referral(1).state, True)
    assert before.facts == after.facts
    assert kept.outcome is not None
    assert why_waiting(kept.state, kept.kind, kept.course, kept.outcome) == told[0]


def test_one_that_waited_with_the_wrong_course_is_settled_by_the_right_one() -> None:
    training = trained()
    training.complete(1)
    training.request(1, "masonry")
    training.complete(1, "masonry")
    assert training.referral(1).skills == MASONRY
    assert of_completion(training)[0].course == "masonry"


def test_after_a_withdrawal_there_is_nothing_to_complete() -> None:
    training = trained()
    training.request(1)
    training.withdraw(1)
    assert refusal(lambda: training.complete(1)) == ("withdrawn", "code")


def test_an_unheard_completion_says_so() -> None:
    training = trained()
    training.complete(1)
    kept = training.referral(1)
    assert kept.outcome is not None
    assert why_waiting(kept.state, kept.kind, kept.course, kept.outcome) == "unheard"


def refusal(attempt: Callable[[], Any]) -> tuple[str, str | None]:
    with pytest.raises(Rejected) as rejected:
        attempt()
    return rejected.value.reason, rejected.value.field
