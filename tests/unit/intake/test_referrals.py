"""The life of a referral: what may follow what, and that nobody is told twice."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import referrals
from services.intake.domain.model import Referral
from services.intake.domain.referrals import MOVES, OPEN, Wanted
from shared.events.intake import ReferralRequested, ReferralWithdrawn
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict
from tests.unit.intake.made_up import CASE, ORIGIN, PERSON, TODAY, referral

CODE = "4821-0937-5518"
TELLS = ("accepted", "completed", "rejected", "withdrawn")


def move(held: Referral, state: str) -> Decision:
    if state == "accepted":
        return referrals.accept(held, TODAY)
    if state == "rejected":
        return referrals.reject(held, "full", TODAY)
    if state == "completed":
        return referrals.complete(held, "passed", TODAY)
    return referrals.withdraw(held, "mistake", TODAY)


def test_a_request_carries_what_the_office_needs_and_nothing_else() -> None:
    wanted = Wanted("course", "course", "services", provider="provider-a", course="masonry-a")
    decision = referrals.request(wanted, ORIGIN, CODE, PERSON, CASE, TODAY)
    (made,) = decision.changes
    (event,) = decision.events
    assert made.state == "requested"
    assert (event.subject, event.caseid) == (PERSON, CASE)
    assert event.data == ReferralRequested(
        referral=made.referral, code=CODE, kind="course", provider="provider-a", course="masonry-a"
    )


def test_one_cause_makes_one_referral_for_a_service() -> None:
    wanted = Wanted("course", "course", "services")
    ids = [
        referrals.request(each, origin, CODE, PERSON, CASE, TODAY).changes[0].referral
        for each in (wanted, wanted._replace(service="literacy-course"))
        for origin in (ORIGIN, ORIGIN, str(uuid.uuid5(uuid.NAMESPACE_URL, "another")))
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


@given(st.lists(st.sampled_from(TELLS), max_size=8))
def test_every_move_is_one_that_may_follow_and_is_told_once(asked: list[str]) -> None:
    held = referral()
    told: list[str] = []
    for state in asked:
        decision = move(held, state)
        if state not in MOVES[held.state]:
            assert decision == NOTHING
            continue
        (held,), (event,) = decision.changes, decision.events
        assert held.state == state
        assert event.data.fact == f"referral-{state}"
        told.append(state)
    assert len(told) == len(set(told))
    if "completed" in asked:
        assert held.state == "completed"  # what was done is done, whatever came before or after


def test_nothing_follows_a_completion() -> None:
    assert all(move(referral(state="completed"), state) == NOTHING for state in TELLS)


@pytest.mark.parametrize("state", sorted(MOVES))
def test_what_may_not_follow_is_refused_with_what_may(state: str) -> None:
    for wanted in TELLS:
        if wanted in MOVES[state]:
            referrals.require_move(referral(state=state), wanted)
        else:
            with pytest.raises(Conflict) as refused:
                referrals.require_move(referral(state=state), wanted)
            assert refused.value.allowed == MOVES[state]


def test_a_withdrawal_names_what_is_held_for_it() -> None:
    held = referral(provider="provider-a", course="masonry-a", state="accepted")
    (event,) = referrals.withdraw(held, "mistake", TODAY).events
    assert isinstance(event.data, ReferralWithdrawn)
    assert (event.data.provider, event.data.course) == ("provider-a", "masonry-a")


def test_only_what_is_open_is_taken_back() -> None:
    every = [referral(state=state, referral=str(uuid.uuid5(uuid.NAMESPACE_URL, state))) for state in MOVES]
    decision = referrals.withdraw_all(every, "case-closed", TODAY)
    assert len(decision.changes) == len(decision.events) == len(OPEN)
    assert {change.state for change in decision.changes} == {"withdrawn"}
