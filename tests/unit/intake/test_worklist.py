"""Due, late or waiting, and its sentences."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.api.worklist import Kind
from services.intake.domain.worklist import DUE, LATE, OWN, WAITING, status
from services.intake.queries.worklist import KIND_OF, PARTS
from services.intake.texts import sentences

TODAY = date(2026, 11, 28)


@given(st.none() | st.dates(), st.sampled_from([*OWN, "office", "service"]))
def test_late_once_the_day_is_over_and_never_before(due_on: date | None, on: str) -> None:
    told = status(due_on, on, TODAY)
    assert (told == LATE) == (due_on is not None and due_on < TODAY)
    if told != LATE:
        assert told == (DUE if on in OWN else WAITING)


@pytest.mark.parametrize("kind", sorted({KIND_OF.get(part, part) for part in PARTS} - {"plan"}))
def test_every_kind_has_its_sentence(kind: str) -> None:
    assert sentences("worklist")[kind].km
    assert sentences("worklist")[kind].en


def test_every_kind_can_be_asked_for() -> None:
    assert set(get_args(Kind)) == {KIND_OF.get(part, part) for part in PARTS}


@pytest.mark.parametrize("state", ["none", "draft", "agreed", "returned"])
def test_every_state_of_a_plan_has_its_sentence(state: str) -> None:
    assert sentences("worklist")[f"plan-{state}"].km
