"""The life of a referral: what may follow what, and that nobody is told twice."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import referrals
from services.intake.domain.model import Referral
from services.intake.domain.referrals import MOVES, OPEN, TASK, Wanted
from services.intake.domain.rerouting import NO_CONSENT, NONE_LEFT
from shared import reference
from shared.events.intake import ReferralRequested, ReferralWithdrawn
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict
from tests.unit.intake.made_up import CASE, NOW, ORIGIN, PERSON, TODAY, referral

CODE = "4821-0937-5518"
TELLS = {
    "received": "received",
    "accepted": "accepted",
    "rejected": "rejected",
    "in-progress": "started",
    "completed": "completed",
    "failed": "failed",
    "withdrawn": "withdrawn",
    "expired": "expired",
    "re-routed": "rerouted",
}
"""Each state that may follow, and the fact that tells of it."""
FOLLOWING = referral(referral="0190a000-0000-7000-8000-0000000000a9", code="4821-0937-5615", number=2)


def move(held: Referral, state: str) -> Decision:
    moves: dict[str, Callable[[], Decision]] = {
        "received": lambda: referrals.receive(held, TODAY),
        "accepted": lambda: referrals.accept(held, TODAY),
        "rejected": lambda: referrals.reject(held, "full", TODAY),
        "in-progress": lambda: referrals.start(held, TODAY),
        "completed": lambda: referrals.complete(held, "passed", TODAY),
        "failed": lambda: referrals.fail(held, "not-come", TODAY),
        "withdrawn": lambda: referrals.withdraw(held, "mistake", TODAY),
        "expired": lambda: referrals.expire(held, TODAY),
        "re-routed": lambda: referrals.hand_on(held, FOLLOWING, TODAY) if "re-routed" in MOVES[held.state] else NOTHING,
    }
    return moves[state]()


def test_a_request_carries_what_the_office_needs_and_nothing_else() -> None:
    wanted = Wanted("course", "course", "services", provider="provider-a", course="masonry-a")
    decision = referrals.request(wanted, ORIGIN, CODE, PERSON, CASE, NOW)
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
        referrals.request(each, origin, CODE, PERSON, CASE, NOW).changes[0].referral
        for each in (wanted, wanted._replace(service="literacy-course"))
        for origin in (ORIGIN, ORIGIN, str(uuid.uuid5(uuid.NAMESPACE_URL, "another")))
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


@given(st.lists(st.sampled_from(sorted(TELLS)), max_size=12))
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
        assert event.data.fact == f"referral-{TELLS[state]}"
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


def test_every_state_and_every_reason_has_its_words() -> None:
    assert reference.codes("referral-state").keys() == MOVES.keys()
    assert {referrals.UNANSWERED, NONE_LEFT, NO_CONSENT} == reference.codes("rerouting").keys()


FHIR_TASK_STATUS = {
    *("draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold"),
    *("failed", "completed", "entered-in-error"),
}
"""The codes of HL7 FHIR's value set TaskStatus."""


def test_every_state_is_a_task_status_of_fhir_and_no_two_are_told_alike() -> None:
    assert TASK.keys() == MOVES.keys()
    assert {status for status, _ in TASK.values()} <= FHIR_TASK_STATUS
    assert len(set(TASK.values())) == len(TASK)


def test_the_documented_table_is_the_one_in_force() -> None:
    text = (Path(__file__).parents[3] / "docs" / "referrals.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip(" `") for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")
    ]
    told = {
        row[0]: (row[2], row[3] or None, tuple(row[1].replace("`", "").split(", ")) if row[1] else ())
        for row in rows
        if row[0] in MOVES
    }
    assert told == {state: (*TASK[state], MOVES[state]) for state in MOVES}


@pytest.mark.parametrize("kind", sorted(referrals.UNTOLD))
def test_what_would_tell_of_a_need_that_stays_in_intake_is_told_as_another_service(kind: str) -> None:
    held = referral(kind, provider="clinic-a")
    told = [move(held, state).events for state in TELLS] + [
        referrals.request(Wanted(kind, kind, "services", provider="clinic-a"), ORIGIN, CODE, PERSON, CASE, NOW).events
    ]
    data = [event.data.model_dump() for events in told for event in events]
    assert len(data) >= 6
    for each in data:
        assert each["kind"] == "other-service"
        assert "clinic-a" not in each.values()
