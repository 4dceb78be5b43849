"""Legal matters: each kind's steps, what may follow, who is waited for, how it can end."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import questionnaires
from services.intake.domain.casework import Matter
from services.intake.domain.matters import (
    CLOSED,
    MOVES,
    NEEDS,
    OUTCOMES,
    WITH_OTHERS,
    begin,
    move,
    outcomes,
    waits_on,
)
from shared import reference
from shared.events.casework import LegalMatterMoved
from shared.rejections import Absent, Conflict, Rejected
from tests.unit.intake.made_up import CASE, ORIGIN, PERSON, TODAY, case

NORMS = questionnaires.norms()


def matter(kind: str = "unpaid-wages", state: str = "opened") -> Matter:
    return Matter(ORIGIN, PERSON, CASE, kind, state, TODAY, TODAY, TODAY)


@pytest.mark.parametrize("kind", MOVES)
def test_a_matter_is_opened_with_a_day_for_its_next_step(kind: str) -> None:
    decision = begin(case(), ORIGIN, kind, None, NORMS, TODAY)
    assert decision.changes == (matter(kind)._replace(next_on=TODAY + timedelta(days=NORMS.matter_step)),)
    assert [event.data for event in decision.events] == [
        LegalMatterMoved(matter=ORIGIN, need=NEEDS[kind], state="opened")
    ]


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind, moves in MOVES.items() for state in moves])
def test_only_what_may_follow_follows(kind: str, state: str) -> None:
    held = matter(kind, state)
    for step in {step for moves in MOVES.values() for step in moves} | {"celebrated"}:
        outcome = outcomes(held)[0] if step == CLOSED else None
        if step in MOVES[kind][state]:
            (moved,) = move(case(), held, step, outcome, None, NORMS, TODAY).changes
            assert (moved.state, moved.outcome) == (step, outcome)
            waited = NORMS.matter_answer if waits_on(step) == "office" else NORMS.matter_step
            assert moved.next_on == TODAY + timedelta(days=waited)
            continue
        with pytest.raises(Conflict, match="wrong-step") as refused:
            move(case(), held, step, outcome, None, NORMS, TODAY)
        assert refused.value.allowed == MOVES[kind][state]


@given(st.sampled_from(sorted(MOVES)), st.data())
def test_every_matter_can_end_and_ends_with_an_outcome_of_its_kind(kind: str, data: st.DataObject) -> None:
    held = matter(kind)
    while held.state != CLOSED:
        step = data.draw(st.sampled_from(MOVES[kind][held.state]))
        assert CLOSED in MOVES[kind][held.state]
        outcome = data.draw(st.sampled_from(outcomes(held))) if step == CLOSED else None
        if held.state not in WITH_OTHERS:
            assert outcome in (None, "dropped")
        (held,) = move(case(), held, step, outcome, None, NORMS, TODAY).changes
    assert held.outcome in OUTCOMES[kind]
    assert held.outcome in reference.codes("matter-outcome")


def test_nothing_can_be_won_that_was_never_claimed() -> None:
    with pytest.raises(Conflict, match="wrong-step") as refused:
        move(case(), matter(), CLOSED, "paid", None, NORMS, TODAY)
    assert refused.value.allowed == ("dropped",)


def test_a_claim_outlives_the_case_but_none_is_opened_in_a_closed_one() -> None:
    over = case(state="closed")
    assert move(over, matter(state="claim-sent"), CLOSED, "paid", None, NORMS, TODAY).changes
    with pytest.raises(Conflict, match="case-closed"):
        begin(over, ORIGIN, "documents", None, NORMS, TODAY)


def test_what_is_not_there_or_lies_behind_is_refused() -> None:
    for unknown in (None, matter()._replace(caseid=ORIGIN)):
        with pytest.raises(Absent):
            move(case(), unknown, "facts-recorded", None, None, NORMS, TODAY)
    with pytest.raises(Rejected, match="past-date"):
        begin(case(), ORIGIN, "documents", TODAY - timedelta(days=1), NORMS, TODAY)


def test_codes_are_of_the_lists() -> None:
    assert set(MOVES) == set(OUTCOMES) == set(NEEDS) == set(reference.codes("matter-kind"))
    assert all(reference.needs()[need].publishable for need in NEEDS.values())
    assert {step for moves in MOVES.values() for step in moves} >= WITH_OTHERS
