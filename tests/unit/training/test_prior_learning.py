"""What assessors found counts in parts, and is decided once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.prior_learning import decide
from shared.kinds import NOTHING
from shared.rejections import Rejected
from tests.unit.training.learning import Training, course, identity

SKILLS = ("arc-welding", "gas-welding", "metal-cutting", "sheet-metal-work")


def applied(occupation: str | None = "7212") -> Training:
    training = Training(course())
    training.request(1, None, kind="prior-learning", occupation=occupation)
    return training


@given(st.lists(st.sampled_from(SKILLS), unique=True, min_size=1), st.integers(0, 4))
def test_each_skill_is_recognised_or_a_gap(skills: list[str], at: int) -> None:
    training = applied()
    competent, gaps = tuple(skills[:at]), tuple(skills[at:])
    training.take(decide(training.referral(1), None, competent, gaps))
    decided: Any = training.facts[0]
    assert (decided.skills, decided.gaps, decided.occupation) == (competent, gaps, "7212")
    assert decided.decision == ("not-yet" if not competent else "partly-recognised" if gaps else "recognised")
    assert training.referral(1).skills == competent
    recognised: list[Any] = training.facts[1:]
    assert [(fact.skills, fact.via, fact.evidence) for fact in recognised] == (
        [(competent, "prior-learning", identity("referral", 1))] if competent else []
    )


def test_the_same_findings_again_change_nothing_and_others_are_refused() -> None:
    training = applied()
    training.take(decide(training.referral(1), None, ("arc-welding", "gas-welding"), ("metal-cutting",)))
    assert decide(training.referral(1), "7212", ("gas-welding", "arc-welding"), ("metal-cutting",)) is NOTHING
    assert refused(training, None, ("arc-welding",), ()) == ("changed", "competent", 409)


@pytest.mark.parametrize(
    ("occupation", "competent", "gaps", "told"),
    [
        (None, (), (), ("nothing-assessed", "competent", 422)),
        (None, ("arc-welding",), ("arc-welding",), ("both-ways", "gaps", 422)),
    ],
)
def test_what_makes_no_sense_is_refused(
    occupation: str | None, competent: tuple[str, ...], gaps: tuple[str, ...], told: tuple[str, str, int]
) -> None:
    assert refused(applied(), occupation, competent, gaps) == told


def test_an_occupation_is_needed_from_somebody() -> None:
    assert refused(applied(None), None, ("arc-welding",), ()) == ("required", "occupation", 422)
    training = applied(None)
    training.take(decide(training.referral(1), "7213", ("arc-welding",), ()))
    assert training.told() == ["prior-learning-decided", "skills-recognised"]


def test_neither_a_course_nor_what_was_withdrawn_is_decided() -> None:
    training = applied()
    training.withdraw(1, None, kind="prior-learning")
    assert refused(training, None, ("arc-welding",), ()) == ("withdrawn", "code", 409)
    on_course = Training(course())
    on_course.request(1)
    assert refused(on_course, "7212", ("arc-welding",), ()) == ("other-kind", "code", 422)


def refused(
    training: Training, occupation: str | None, competent: tuple[str, ...], gaps: tuple[str, ...]
) -> tuple[str, str | None, int]:
    with pytest.raises(Rejected) as rejected:
        decide(training.referral(1), occupation, competent, gaps)
    return rejected.value.reason, rejected.value.field, rejected.value.status
