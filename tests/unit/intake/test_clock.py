"""The clock of a referral: every step once, in its order, whatever the machine's clock does; norms are data."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import clock, referrals
from services.intake.domain.clock import ESCALATE, EXPIRE, LAST_CHANCE, REMIND, WrongNorms
from services.intake.domain.model import Referral
from services.intake.domain.referrals import MOVES, WAITING
from shared.events.intake import ReferralEscalated, ReferralReminded
from shared.kinds import NOTHING, Decision
from tests.unit.intake.made_up import NOW, referral

KINDS = ("course", "prior-learning", "employment", "social-protection", "legal-assistance", "health")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def after(decision: Decision) -> Referral:
    held: Referral = decision.changes[-1]
    return held


def test_the_shipped_norms_are_those_that_were_agreed() -> None:
    due = {priority: clock.due_at("legal-assistance", priority, NOW) for priority in ("emergency", "urgent", "normal")}
    assert due == {"emergency": NOW + DAY, "urgent": NOW + 3 * DAY, "normal": NOW + 14 * DAY}
    for kind in KINDS:
        for priority in clock.PRIORITIES:
            last = clock.norm(kind, priority)[-1]
            assert last == ((timedelta(days=30), EXPIRE) if kind != "employment" else (last.after, ESCALATE))


def test_a_priority_or_kind_that_the_table_does_not_know_has_a_clock_all_the_same() -> None:
    assert clock.norm("unheard-of", "unheard-of") == clock.norm("course", "normal")
    assert clock.norm("employment", "unheard-of") == clock.norm("employment", "normal")


def test_a_request_sets_one_timer_for_its_first_step() -> None:
    wanted = referrals.Wanted("legal-assistance", "legal-assistance", "services", priority="urgent")
    held = referral()
    decision = referrals.request(wanted, held.referral, held.code, held.person, held.caseid, NOW)
    (timer,) = decision.timers
    assert (timer.name, timer.subject, timer.due_at, timer.caseid) == (
        clock.TIMER,
        held.person,
        NOW + 2 * DAY,
        held.caseid,
    )
    assert dict(timer.data) == {"referral": decision.changes[0].referral}


def test_a_normal_referral_is_reminded_shown_to_the_lead_reminded_and_expires() -> None:
    held, told = referral("health"), []
    at = NOW + 10 * DAY
    while not clock.turn(held, at).expire:
        decision = referrals.tick(held, at)
        told += [(event.data.fact, (at - NOW).days) for event in decision.events]
        (timer,) = decision.timers
        held, at = after(decision), timer.due_at
    assert told == [("referral-reminded", 10), ("referral-escalated", 14), ("referral-reminded", 20)]
    assert at == NOW + 30 * DAY
    assert (held.reminded, held.escalated, held.steps) == (2, "unanswered", 3)


def test_a_clock_that_goes_off_early_is_set_again_and_says_nothing() -> None:
    decision = referrals.tick(referral(), NOW + HOUR)
    assert decision.events == ()
    assert [timer.due_at for timer in decision.timers] == [NOW + 10 * DAY]


@pytest.mark.parametrize("state", sorted(set(MOVES) - set(WAITING)))
def test_what_was_answered_is_left_alone(state: str) -> None:
    assert referrals.tick(referral(state=state), NOW + 400 * DAY) == NOTHING


@given(
    kind=st.sampled_from(KINDS),
    priority=st.sampled_from(clock.PRIORITIES),
    hours=st.lists(st.integers(-2_000, 5_000), min_size=1, max_size=30),
)
def test_every_step_is_done_at_most_once_and_in_order_whatever_the_clock_says(
    kind: str, priority: str, hours: list[int]
) -> None:
    held, events, fired = referral(kind, priority=priority), [], 0
    at = NOW
    for jump in hours:
        at += jump * HOUR
        turn = clock.turn(held, at)
        assert held.steps <= turn.steps <= len(clock.norm(kind, priority))
        assert not (turn.expire and (turn.remind or turn.escalate))
        if turn.expire:
            fired += 1
            held = held._replace(steps=turn.steps)
            assert turn.next_at is None
            continue
        decision = referrals.tick(held, at)
        events += [event.data for event in decision.events]
        held = after(decision)
        assert len(decision.timers) == (held.steps < len(clock.norm(kind, priority)))
    steps = [step.act for step in clock.norm(kind, priority)]
    reminded = [event for event in events if isinstance(event, ReferralReminded)]
    assert [event.number for event in reminded] == list(range(1, len(reminded) + 1))
    assert len(reminded) <= steps.count(REMIND)
    assert sum(isinstance(event, ReferralEscalated) for event in events) <= steps.count(ESCALATE)
    assert fired <= steps.count(EXPIRE)


@given(away=st.integers(31, 5_000))
def test_an_office_that_heard_of_no_reminder_is_reminded_before_anything_expires(away: int) -> None:
    at = NOW + away * DAY
    decision = referrals.tick(referral("health"), at)
    assert {event.data.fact for event in decision.events} == {"referral-reminded", "referral-escalated"}
    (timer,) = decision.timers
    assert timer.due_at == at + LAST_CHANCE
    assert clock.turn(after(decision), timer.due_at).expire


def table(*lines: str) -> list[str]:
    return ["kind,priority,after_hours,step", *lines]


WHOLE = ("*,emergency,1,escalate", "*,urgent,2,escalate", "*,normal,3,expire")


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    clock.put_in_force(clock.shipped())


@pytest.mark.usefixtures("restored")
def test_other_norms_are_put_in_force() -> None:
    clock.put_in_force(clock.read(table(*WHOLE, "health,normal,0.5,remind")))
    assert clock.turn(referral("health"), NOW + HOUR).remind
    assert clock.turn(referral("course"), NOW + 3 * HOUR).expire
    assert clock.due_at("course", "urgent", NOW) == NOW + 2 * HOUR
    assert clock.due_at("course", "normal", NOW) is None


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (WHOLE[:2], "lacks the priority normal"),
        ((*WHOLE, "health,soon,1,remind"), "line 5"),
        ((*WHOLE, "health,normal,soon,remind"), "line 5"),
        ((*WHOLE, "health,normal,0,remind"), "line 5"),
        ((*WHOLE, "health,normal,1,phone"), "line 5"),
        ((*WHOLE, "health,normal"), "line 5"),
        ((*WHOLE, "health,normal,3,remind", "health,normal,2,escalate"), "health, normal"),
        ((*WHOLE, "*,normal,4,remind"), "*, normal"),
    ],
)
def test_norms_that_cannot_be_used_say_where(lines: tuple[str, ...], told: str) -> None:
    with pytest.raises(WrongNorms, match=r"line|priority|order") as wrong:
        clock.read(table(*lines))
    assert told in str(wrong.value)


def test_a_referral_without_the_time_of_its_request_is_told() -> None:
    with pytest.raises(ValueError, match="time of its request"):
        clock.turn(referral(requested_at=None), datetime.now(NOW.tzinfo))
