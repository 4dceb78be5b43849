"""Seats are never oversold, whatever is asked, given back and completed in whatever order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain import seats
from services.training.domain.model import Course
from shared.events.training import SeatRefused, SeatReserved
from shared.kinds import NOTHING
from shared.rejections import Rejected
from tests.unit.training.learning import Training, course

COURSES = ("welding-basic", "masonry")


@dataclass(frozen=True)
class Step:
    """Something that happens to one referral; each referral is to one course."""

    what: str
    number: int

    @property
    def course(self) -> str:
        return COURSES[self.number % 2]

    def happen(self, training: Training) -> None:
        if self.what == "request":
            training.request(self.number, self.course)
        elif self.what == "withdraw" and training.referral(self.number).state != "unheard":
            training.withdraw(self.number, self.course)
        elif self.what == "expire" and training.referral(self.number).state != "unheard":
            training.expire(self.number, self.course)
        elif self.what == "complete" and training.referral(self.number).state != "withdrawn":
            if training.referral(self.number).state == "expired":
                training.came_all_the_same.add(training.referral(self.number).referral)
            training.complete(self.number, self.course)


STEPS = st.lists(
    st.builds(Step, st.sampled_from(["request", "request", "withdraw", "expire", "complete"]), st.integers(0, 9)),
    max_size=60,
)


def held(training: Training, name: str) -> int:
    """Seats held by what was told: reserved and not taken back."""
    reserved = {fact.referral for fact in training.facts if isinstance(fact, SeatReserved) and fact.course == name}
    gone = {each.referral for each in map(training.referral, range(10)) if each.state in ("withdrawn", "expired")}
    return len(reserved - gone - training.came_all_the_same)


@given(STEPS, st.integers(1, 4))
def test_never_more_seats_are_held_than_there_are(steps: list[Step], number: int) -> None:
    training = Training(course(seats=number), course("masonry", seats=number))
    for step in steps:
        step.happen(training)
        for name in COURSES:
            assert 0 <= training.course(name).taken <= number
            assert training.course(name).taken == held(training, name)


@given(STEPS)
def test_a_referral_is_answered_once(steps: list[Step]) -> None:
    training = Training(course(), course("masonry"))
    for step in steps:
        step.happen(training)
    answers = Counter(fact.referral for fact in training.facts if isinstance(fact, SeatReserved | SeatRefused))
    completed = Counter(training.told())["completion-recorded"]
    assert set(answers.values()) <= {1}
    assert completed == sum(each.state == "completed" for each in map(training.referral, range(10)))


def test_of_two_persons_and_one_last_seat_the_first_has_it() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.request(2)
    assert training.told() == ["seat-reserved", "seat-refused"]
    assert cast(SeatRefused, training.facts[1]).reason == "full"
    assert (training.referral(1).state, training.referral(2).state) == ("seated", "refused")


def test_a_seat_that_is_given_back_goes_to_the_next() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.withdraw(1)
    assert training.course().taken == 0
    training.request(2)
    assert training.told() == ["seat-reserved", "seat-reserved"]
    training.withdraw(1)
    assert training.course().taken == 1


def test_a_referral_that_ran_out_gives_its_seat_back_and_who_came_all_the_same_completes() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.expire(1)
    assert (training.referral(1).state, training.course().taken) == ("expired", 0)
    training.expire(1)
    assert training.course().taken == 0
    training.complete(1)
    assert (training.referral(1).state, training.course().taken) == ("completed", 0)
    training.expire(1)
    assert training.referral(1).state == "completed"


@pytest.mark.parametrize("end", [Training.expire, Training.withdraw])
def test_prior_learning_ends_without_a_seat(end: Callable[..., None]) -> None:
    training = Training(course())
    training.request(1, None, kind="prior-learning")
    end(training, 1, None, kind="prior-learning")
    assert training.referral(1).state == ("expired" if end is Training.expire else "withdrawn")
    assert training.course().taken == 0


def test_whoever_has_no_seat_gives_none_back() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.request(2)
    training.withdraw(2)
    assert training.course().taken == 1


def test_what_is_completed_stays_so() -> None:
    training = Training(course(seats=1))
    training.request(1)
    training.complete(1)
    training.withdraw(1)
    assert (training.referral(1).state, training.course().taken) == ("completed", 1)


@pytest.mark.parametrize(
    ("offered", "name", "reason"),
    [
        (course(closed=True), "welding-basic", "closed"),
        (course(), "knitting", "unknown-course"),
        (course(), None, "unknown-course"),
    ],
)
def test_no_seat_where_there_is_none_to_have(offered: Course, name: str | None, reason: str) -> None:
    training = Training(offered)
    training.request(1, name)
    assert [(fact.fact, cast(SeatRefused, fact).reason) for fact in training.facts] == [("seat-refused", reason)]


def test_the_same_referral_told_twice_takes_one_seat() -> None:
    training = Training(course())
    training.request(1)
    training.request(1)
    assert (training.told(), training.course().taken) == (["seat-reserved"], 1)


def test_a_withdrawal_that_does_not_name_the_seat_loses_none() -> None:
    training = Training(course(), course("masonry"))
    training.request(1)
    del training.working._held[next(kind for kind in training.working._held if kind.type is Course)]["welding-basic"]
    with pytest.raises(LookupError):
        training.withdraw(1, "masonry")


def test_other_kinds_are_not_for_training() -> None:
    training = Training(course())
    training.request(1, None, kind="social-protection")
    training.withdraw(1, None, kind="social-protection")
    assert (training.told(), training.referral(1).state) == ([], "unheard")


def test_a_course_is_offered_once_and_changed_by_its_provider_alone() -> None:
    new = course(seats=3, taken=9)
    (offered,) = cast(tuple[Course], seats.offer(None, new).changes)
    assert offered == new._replace(taken=0)
    taken = offered._replace(taken=2)
    assert seats.offer(taken, new) is NOTHING
    assert seats.offer(taken, new._replace(seats=2, closed=True)).changes == (taken._replace(seats=2, closed=True),)
    for change, reason in ((new._replace(seats=1), "fewer-than-taken"), (new._replace(provider="b"), "other-provider")):
        with pytest.raises(Rejected) as rejected:
            seats.offer(taken, change)
        assert rejected.value.reason == reason
        assert rejected.value.en
        assert rejected.value.km
