"""Consent: purpose by purpose, to the day it expires, and what goes with it when it is withdrawn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import consents, withdrawals
from services.intake.domain.model import Person
from services.intake.domain.withdrawals import EndedConsent
from shared.events.intake import ConsentGiven, ConsentWithdrawn, ContactChanged, ReferralWithdrawn
from shared.kinds import NOTHING
from shared.local_time import begin
from shared.rejections import Conflict
from tests.unit.intake.made_up import CASE, CONTACT, NOW, ORIGIN, PERSON, SIGNED, TODAY, person, referral

HOUR = timedelta(hours=1)
PURPOSES = ("services", "employment", "messages", "social-protection")


def test_each_purpose_is_told_by_itself() -> None:
    decision = consents.give(person(), ["services", "messages"], "spoken", "form-1", None, ORIGIN, NOW)
    (agreeing,) = decision.changes
    assert [consents.agrees(agreeing, purpose, TODAY) for purpose in PURPOSES] == [True, False, True, False]
    assert [event.data for event in decision.events] == [
        ConsentGiven(
            purpose=purpose, text_version="form-1", given="spoken", consent=consents.consent_id(ORIGIN, purpose)
        )
        for purpose in ("services", "messages")
    ]


def test_saying_the_same_twice_changes_nothing() -> None:
    once = consents.give(person(), ["services"], "signed", "form-1", None, ORIGIN, NOW).changes[0]
    assert consents.give(once, ["services"], "signed", "form-1", None, ORIGIN, NOW) == NOTHING
    again = consents.give(once, ["services", "messages"], "signed", "form-1", None, ORIGIN, NOW)
    assert [event.data.purpose for event in again.events if isinstance(event.data, ConsentGiven)] == ["messages"]


@given(st.integers(-400, 400))
def test_a_consent_holds_to_the_end_of_its_last_day(days: int) -> None:
    expires = TODAY + timedelta(days=days)
    agreeing = consents.give(person(), ["services"], "signed", "form-1", expires, ORIGIN, NOW).changes[0]
    assert consents.agrees(agreeing, "services", TODAY) is (days >= 0)
    assert consents.agrees(agreeing, "employment", TODAY) is False


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(PURPOSES)), max_size=12))
def test_the_last_word_on_a_purpose_counts(said: list[tuple[bool, str]]) -> None:
    held, agreed = person(), set[str]()
    for yes, purpose in said:
        if yes:
            held = next(iter(consents.give(held, [purpose], "signed", "form-1", None, ORIGIN, NOW).changes), held)
            agreed.add(purpose)
        elif purpose in agreed:
            held = consents.withdraw(held, purpose, NOW, HOUR).changes[0]
            agreed.remove(purpose)
        else:
            with pytest.raises(Conflict):
                consents.withdraw(held, purpose, NOW, HOUR)
    assert {purpose for purpose in PURPOSES if consents.agrees(held, purpose, TODAY)} == agreed


def test_a_withdrawal_takes_back_what_rests_on_it_and_nothing_else() -> None:
    made = [
        referral("course", referral="0190a000-0000-7000-8000-0000000000a1"),
        referral("employment", referral="0190a000-0000-7000-8000-0000000000a2", purpose="employment"),
        referral("course", "completed", referral="0190a000-0000-7000-8000-0000000000a3"),
    ]
    back = consents.take_back(made, "services", "consent-withdrawn", TODAY)
    over = consents.withdraw(person("services", "employment"), "services", NOW, HOUR)
    told = [event.data for event in back.and_then(over).events]
    assert [(fact.referral, fact.reason) for fact in told[:1] if isinstance(fact, ReferralWithdrawn)] == [
        ("0190a000-0000-7000-8000-0000000000a1", "consent-withdrawn")
    ]
    assert told[1:] == [ConsentWithdrawn(purpose="services", consent=SIGNED["consent"])]


def test_what_was_never_given_cannot_be_withdrawn() -> None:
    with pytest.raises(Conflict) as refused:
        consents.withdraw(person("messages"), "services", NOW, HOUR)
    assert (refused.value.reason, refused.value.allowed) == ("no-consent", ("messages",))


def test_a_new_contact_has_a_new_reference() -> None:
    other = "0190a000-0000-7000-8000-0000000000d2"
    decision = consents.change_contact(person(), other, "voice", "en")
    assert decision.changes[0].contact == other != CONTACT
    assert decision.events[0].subject == PERSON
    assert decision.events[0].data == ContactChanged(contact=other, channel="voice", language="en")


@pytest.mark.parametrize(
    ("phone", "owner", "needs", "channel"),
    [
        (True, "self", (), "sms"),
        (True, "self", ("training", "literacy"), "voice"),
        (True, "family", (), "voice"),
        (True, None, (), "voice"),
        (False, "none", (), "none"),
        (False, None, (), "none"),
    ],
)
def test_texts_go_only_where_the_person_reads_them_alone(
    phone: bool, owner: str | None, needs: tuple[str, ...], channel: str
) -> None:
    assert consents.channel(phone, owner, needs) == channel


def test_an_expiry_is_told_to_others() -> None:
    (event,) = consents.give(person(), ["services"], "signed", "form-2", date(2027, 1, 31), ORIGIN, NOW).events
    assert event.data == ConsentGiven(
        purpose="services",
        text_version="form-2",
        given="signed",
        expires=date(2027, 1, 31),
        consent=consents.consent_id(ORIGIN, "services"),
    )


def test_each_consent_has_an_id_of_its_own() -> None:
    first = consents.give(person(), ["services", "messages"], "signed", "form-1", None, ORIGIN, NOW).changes[0]
    again = consents.give(first, ["services"], "signed", "form-2", None, CASE, NOW)
    held, over = again.changes
    assert isinstance(over, EndedConsent)
    assert (over.consent, over.how, over.text_version, over.waiting) == (
        first.consents["services"]["consent"],
        "replaced",
        "form-1",
        (),
    )
    ids = {first.consents["services"]["consent"], first.consents["messages"]["consent"]}
    assert held.consents["services"]["consent"] not in ids
    assert len(ids) == 2


def test_every_holder_is_waited_for_until_it_has_confirmed() -> None:
    over = consents.withdraw(person("services"), "services", NOW, HOUR)
    _, ended = over.changes
    assert (ended.waiting, ended.confirm_by, ended.late) == (withdrawals.HOLDERS, NOW + HOUR, False)
    (watched,) = over.timers
    assert (watched.name, watched.due_at, watched.data) == (
        "withdrawal-unconfirmed",
        NOW + HOUR,
        {"consent": SIGNED["consent"]},
    )
    for holder in withdrawals.HOLDERS:
        assert withdrawals.look_after(ended).changes[0].late
        (confirmed,) = withdrawals.confirm(ended, holder, NOW).changes
        assert withdrawals.confirm(confirmed, holder, NOW) == NOTHING
        ended = confirmed
    assert (ended.waiting, set(ended.confirmed)) == ((), set(withdrawals.HOLDERS))
    assert withdrawals.look_after(ended) == NOTHING
    assert withdrawals.confirm(None, "training", NOW) == NOTHING


@given(st.integers(-3, 3), st.booleans())
def test_a_consent_ends_by_itself_when_its_last_day_is_over(days: int, anew: bool) -> None:
    decision = consents.give(person(), ["services"], "signed", "form-1", TODAY, ORIGIN, NOW)
    held, (timer,) = decision.changes[0], decision.timers
    assert timer.due_at == begin(TODAY + timedelta(days=1))
    if anew:
        held = consents.give(held, ["services"], "signed", "form-1", None, CASE, NOW).changes[0]
    now, made = timer.due_at + timedelta(days=days), [referral("course")]
    ended = consents.expire(held, timer.data["purpose"], timer.data["consent"], made, now, HOUR)
    if anew:
        assert ended == NOTHING
    elif days < 0:
        assert (ended.timers, ended.changes, ended.events) == ((timer,), (), ())
    else:
        assert [type(event.data) for event in ended.events] == [ReferralWithdrawn, ConsentWithdrawn]
        assert [event.data.how for event in ended.events if isinstance(event.data, ConsentWithdrawn)] == ["expired"]
        after = next(change for change in ended.changes if isinstance(change, Person))
        assert "services" not in after.consents
        assert consents.expire(after, timer.data["purpose"], timer.data["consent"], made, now, HOUR) == NOTHING
