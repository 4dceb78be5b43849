"""Assessments at their moments, and the timer that walks through them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import questionnaires
from services.intake.domain.assessments import (
    EXTRA,
    LATER,
    MOMENT,
    MOMENTS,
    due_on,
    first_moment,
    identity_of,
    pass_moment,
    record,
)
from services.intake.domain.casework import Assessment, CasePlan
from services.intake.domain.norms import months_after, plan_by
from shared.events.casework import AssessmentDue, AssessmentRecorded, CasePlanLate
from shared.kinds import NOTHING, Decision
from shared.local_time import day
from shared.rejections import Conflict, Rejected
from tests.unit.intake.made_up import CASE, ORIGIN, PERSON, TODAY, case

NORMS = questionnaires.norms()
PLAN = CasePlan(CASE, PERSON, TODAY)
BY = plan_by(NORMS, case().registered_on, case().return_date)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_after_keep_the_day_or_the_months_last(start: date, months: int) -> None:
    later = months_after(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


def test_a_plan_is_due_a_month_after_the_return_but_not_at_once_for_who_comes_late() -> None:
    returned = case(return_date=date(2026, 11, 20), registered_on=date(2026, 11, 24))
    assert plan_by(NORMS, returned.registered_on, returned.return_date) == date(2026, 12, 20)
    long_ago = case(return_date=date(2025, 8, 2), registered_on=date(2026, 11, 24))
    assert plan_by(NORMS, long_ago.registered_on, long_ago.return_date) == date(2026, 12, 8)
    assert plan_by(NORMS, date(2027, 1, 31), None) == date(2027, 2, 28)


def test_each_moment_sets_the_next_until_the_last() -> None:
    held, fired = case(), []
    waiting = list(first_moment(held, NORMS).timers)
    while waiting:
        timer = waiting.pop()
        assert (timer.name, timer.subject, timer.caseid, timer.data["case"]) == (MOMENT, PERSON, CASE, CASE)
        fired.append((timer.data["moment"], day(timer.due_at)))
        waiting += pass_moment(held, timer.data["moment"], None, (), NORMS, day(timer.due_at)).timers
    assert fired == [
        ("plan", BY + timedelta(days=1)),
        *[(moment, months_after(held.registered_on, int(moment[6:]))) for moment in LATER],
    ]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_moments_of_a_closed_case_pass_in_silence(moment: str) -> None:
    decision = pass_moment(case(state="closed"), moment, None, (), NORMS, date(2030, 1, 1))
    following = [timer.data["moment"] for timer in decision.timers]
    assert following == list(MOMENTS[MOMENTS.index(moment) + 1 :][:1])
    assert decision._replace(timers=()) == NOTHING


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (None, "none"),
        (PLAN, "draft"),
        (PLAN._replace(state="agreed"), "agreed"),
        (PLAN._replace(state="returned"), "returned"),
        (PLAN._replace(state="approved"), None),
    ],
)
def test_a_plan_that_is_not_approved_by_its_day_is_late(plan: CasePlan | None, told: str | None) -> None:
    held = case()
    decision = pass_moment(held, "plan", plan, (), NORMS, BY + timedelta(days=1))
    assert [event.data for event in decision.events] == ([CasePlanLate(approve_by=BY, state=told)] if told else [])
    assert decision.changes == ()
    # A timer that fires before its day, since norms were changed, says nothing.
    assert pass_moment(held, "plan", plan, (), NORMS, BY).events == ()


def test_an_assessment_becomes_due_unless_it_was_held() -> None:
    held = case()
    decision = pass_moment(held, "month-3", None, (), NORMS, months_after(TODAY, 3))
    (made,) = decision.changes
    assert made == Assessment(identity_of(held, "month-3"), PERSON, CASE, "month-3", months_after(TODAY, 3))
    assert [event.data for event in decision.events] == [
        AssessmentDue(assessment=made.assessment, moment="month-3", due_on=made.due_on)
    ]
    again = pass_moment(held, "month-3", None, (made,), NORMS, months_after(TODAY, 3))
    assert (again.changes, again.events) == ((), ())
    other_case = made._replace(caseid=ORIGIN)
    assert pass_moment(held, "month-3", None, (other_case,), NORMS, months_after(TODAY, 3)).events


def recording(
    moment: str, *known: Assessment, held_on: date = TODAY, today: date = TODAY
) -> tuple[Assessment, Decision]:
    return record(case(), known, moment, "interview-1", held_on, ORIGIN, NORMS, today)


def test_what_was_due_is_recorded_under_the_same_id() -> None:
    (due,) = pass_moment(case(), "month-3", None, (), NORMS, months_after(TODAY, 3)).changes
    on = months_after(TODAY, 3) + timedelta(days=4)
    made, decision = recording("month-3", due, held_on=on, today=on)
    assert made == due._replace(state="recorded", questionnaire="interview-1", held_on=on)
    assert [event.data for event in decision.events] == [
        AssessmentRecorded(assessment=due.assessment, moment="month-3", questionnaire="interview-1")
    ]


def test_a_moment_has_one_assessment_and_extra_ones_are_free() -> None:
    entry, _ = recording("entry")
    with pytest.raises(Conflict, match="recorded-already") as refused:
        recording("entry", entry)
    assert refused.value.allowed == (EXTRA,)
    extra, _ = recording(EXTRA, entry)
    assert extra.assessment == ORIGIN
    assert recording(EXTRA, entry, extra)[0].moment == EXTRA


def test_a_later_assessment_may_be_a_little_early_and_no_more() -> None:
    due = due_on(case(), "month-6", NORMS)
    with pytest.raises(Conflict, match="not-due-yet") as refused:
        recording("month-6", today=due - timedelta(days=22))
    assert refused.value.allowed == ("entry", "month-3", EXTRA)
    assert recording("month-6", today=due - timedelta(days=21))[0].due_on == due


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(Rejected, match="future-date"):
        recording("entry", held_on=TODAY + timedelta(days=1))
    with pytest.raises(Rejected, match="too-early"):
        recording("entry", held_on=date(2025, 8, 1))  # the day before the return
    with pytest.raises(Conflict, match="case-closed"):
        record(case(state="closed"), (), "entry", "interview-1", TODAY, ORIGIN, NORMS, TODAY)
