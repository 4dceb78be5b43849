"""A transfer is answered once, and moves a person with all her cases or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import cases, transfers
from services.intake.domain.transfers import MOVES, Transfer
from shared.events.transfers import CaseReopened, TransferAccepted, TransferDeclined, TransferRequested
from shared.rejections import Conflict, Rejected
from tests.unit.intake.made_up import case, person

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
ID = "0192f0c1-0000-7000-8000-0000000000aa"


def asked(**changed: str) -> Transfer:
    (made,) = transfers.request(person(centre="pursat"), "oddar-meanchey", "moved", ID, NOW).changes
    return made._replace(**changed)  # type: ignore[no-any-return]


def test_a_question_names_both_centres() -> None:
    (fact,) = transfers.request(person(centre="pursat"), "oddar-meanchey", "moved", ID, NOW).events
    assert fact.data == TransferRequested(transfer=ID, from_centre="pursat", to_centre="oddar-meanchey", reason="moved")


def test_ones_own_centre_is_not_asked() -> None:
    with pytest.raises(Rejected, match="own-centre"):
        transfers.request(person(centre="pursat"), "pursat", "moved", ID, NOW)


@given(st.integers(0, 4))
def test_every_case_moves_with_the_person(number: int) -> None:
    hers = [case(caseid=f"0192f0c1-0000-7000-8000-00000000000{n}", centre="pursat") for n in range(number)]
    decision = transfers.accept(asked(), person(centre="pursat"), hers, NOW)
    settled, moved, *cases_moved = decision.changes
    assert (settled.state, settled.settled_at, moved.centre) == ("accepted", NOW, "oddar-meanchey")
    assert cases_moved == [each._replace(centre="oddar-meanchey") for each in hers]
    assert [fact.data for fact in decision.events] == [
        TransferAccepted(transfer=ID, from_centre="pursat", to_centre="oddar-meanchey")
    ]


def test_declining_tells_why_and_moves_nobody() -> None:
    for decision, state, reason in (
        (transfers.decline(asked(), "no-capacity", NOW), "declined", "no-capacity"),
        (transfers.take_back(asked(), NOW), "withdrawn", transfers.TAKEN_BACK),
    ):
        (settled,), (fact,) = decision.changes, decision.events
        assert (settled.state, settled.outcome) == (state, reason)
        assert isinstance(fact.data, TransferDeclined)
        assert fact.data.reason == reason


@pytest.mark.parametrize("state", [state for state, after in MOVES.items() if not after])
def test_what_is_settled_stays_settled(state: str) -> None:
    with pytest.raises(Conflict, match="transfer-settled"):
        transfers.accept(asked(state=state), person(), [], NOW)
    with pytest.raises(Conflict, match="transfer-settled"):
        transfers.decline(asked(state=state), "other", NOW)
    with pytest.raises(Conflict, match="transfer-settled"):
        transfers.take_back(asked(state=state), NOW)


def test_a_closed_case_goes_on() -> None:
    closed = case()._replace(state="closed", closing="missing", closed_on=NOW.date())
    decision = cases.reopen(closed, closed.caseid, "found-again")
    (reopened,), (fact,) = decision.changes, decision.events
    assert (reopened.state, reopened.closing, reopened.closed_on) == ("open", None, None)
    assert fact.data == CaseReopened(reason="found-again")


def test_neither_an_open_case_nor_one_with_a_successor_is_reopened() -> None:
    with pytest.raises(Conflict, match="case-open"):
        cases.reopen(case(), case().caseid, "other")
    with pytest.raises(Conflict, match="newer-case"):
        cases.reopen(case()._replace(state="closed"), ID, "other")
