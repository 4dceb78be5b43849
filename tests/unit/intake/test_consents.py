"""Consent: purpose by purpose, to the day it expires, and what goes with it when it is withdrawn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import consents
from shared.events.intake import ConsentGiven, ConsentWithdrawn, ContactChanged, ReferralWithdrawn
from shared.kinds import NOTHING
from shared.rejections import Conflict
from tests.unit.intake.made_up import CONTACT, PERSON, TODAY, person, referral

PURPOSES = ("services", "employment", "messages", "social-protection")


def test_each_purpose_is_told_by_itself() -> None:
    decision = consents.give(person(), ["services", "messages"], "spoken", "form-1", None)
    (agreeing,) = decision.changes
    assert [consents.agrees(agreeing, purpose, TODAY) for purpose in PURPOSES] == [True, False, True, False]
    assert [event.data for event in decision.events] == [
        ConsentGiven(purpose=purpose, text_version="form-1", given="spoken") for purpose in ("services", "messages")
    ]


def test_saying_the_same_twice_changes_nothing() -> None:
    once = consents.give(person(), ["services"], "signed", "form-1", None).changes[0]
    assert consents.give(once, ["services"], "signed", "form-1", None) == NOTHING
    again = consents.give(once, ["services", "messages"], "signed", "form-1", None)
    assert [event.data.purpose for event in again.events if isinstance(event.data, ConsentGiven)] == ["messages"]


@given(st.integers(-400, 400))
def test_a_consent_holds_to_the_end_of_its_last_day(days: int) -> None:
    expires = TODAY + timedelta(days=days)
    agreeing = consents.give(person(), ["services"], "signed", "form-1", expires).changes[0]
    assert consents.agrees(agreeing, "services", TODAY) is (days >= 0)
    assert consents.agrees(agreeing, "employment", TODAY) is False


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(PURPOSES)), max_size=12))
def test_the_last_word_on_a_purpose_counts(said: list[tuple[bool, str]]) -> None:
    held, agreed = person(), set[str]()
    for yes, purpose in said:
        if yes:
            held = next(iter(consents.give(held, [purpose], "signed", "form-1", None).changes), held)
            agreed.add(purpose)
        elif purpose in agreed:
            held = consents.withdraw(held, purpose, (), TODAY).changes[0]
            agreed.remove(purpose)
        else:
            with pytest.raises(Conflict):
                consents.withdraw(held, purpose, (), TODAY)
    assert {purpose for purpose in PURPOSES if consents.agrees(held, purpose, TODAY)} == agreed


def test_a_withdrawal_takes_back_what_rests_on_it_and_nothing_else() -> None:
    made = [
        referral("course", referral="0190a000-0000-7000-8000-0000000000a1"),
        referral("employment", referral="0190a000-0000-7000-8000-0000000000a2", purpose="employment"),
        referral("course", "completed", referral="0190a000-0000-7000-8000-0000000000a3"),
    ]
    decision = consents.withdraw(person("services", "employment"), "services", made, TODAY)
    told = [event.data for event in decision.events]
    assert told[0] == ConsentWithdrawn(purpose="services")
    assert [(fact.referral, fact.reason) for fact in told[1:] if isinstance(fact, ReferralWithdrawn)] == [
        ("0190a000-0000-7000-8000-0000000000a1", "consent-withdrawn")
    ]
    assert len(told) == 2


def test_what_was_never_given_cannot_be_withdrawn() -> None:
    with pytest.raises(Conflict) as refused:
        consents.withdraw(person("messages"), "services", (), TODAY)
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
    (event,) = consents.give(person(), ["services"], "signed", "form-2", date(2027, 1, 31)).events
    assert event.data == ConsentGiven(
        purpose="services", text_version="form-2", given="signed", expires=date(2027, 1, 31)
    )
