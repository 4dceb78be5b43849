"""Whom, when and when not; in whatever order the owners' facts arrive."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain import telling
from services.notifications.domain.telling import Message, Recipient
from services.notifications.domain.wording import wording
from services.notifications.handlers import HANDLERS
from services.notifications.storage import RECIPIENTS
from shared.events.confirming import ConfirmedByNotifications
from shared.events.envelope import Contract, Event
from shared.events.intake import CaseClosed, ConsentGiven, ContactChanged
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.events.training import SeatReserved
from shared.kinds import NOTHING, Decision, Working
from tests.unit.notifications.facts import (
    CONSENT,
    CONTACT,
    CONTACT_CHANGED,
    COURSE,
    NO_CONSENT,
    NOW,
    PERSON,
    TOLD,
    event,
)

SEAT = SeatReserved(**COURSE)


class Ledger:
    """What notifications holds of one person, changed as the core would."""

    def __init__(self) -> None:
        self.recipient = Recipient(PERSON)
        self.messages: dict[str, Message] = {}
        self.facts: list[Any] = []

    def hear(self, heard: Event) -> None:
        working = Working(NOW)
        working._held[RECIPIENTS] = {PERSON: self.recipient}
        self.take(HANDLERS.events[type(heard.data)].decide(working, heard))

    def take(self, decision: Decision) -> None:
        self.facts += [fact.data for fact in decision.events]
        for change in decision.changes:
            if isinstance(change, Recipient):
                self.recipient = change
            else:
                self.messages[change.message] = change

    def states(self) -> list[tuple[str, str]]:
        return sorted((message.template, message.state) for message in self.messages.values())


def after(*facts: Contract, age: timedelta = timedelta()) -> Ledger:
    """What there is after these facts, in this order, the first one of that age."""
    ledger = Ledger()
    for number, fact in enumerate(facts, 1):
        ledger.hear(event(fact, number, age if number == 1 else timedelta()))
    return ledger


@pytest.mark.parametrize(
    "order",
    [
        (SEAT, CONTACT_CHANGED, CONSENT),
        (SEAT, CONSENT, CONTACT_CHANGED),
        (CONTACT_CHANGED, SEAT, CONSENT),
        (CONSENT, CONTACT_CHANGED, SEAT),
    ],
)
def test_a_fact_is_told_once_contact_and_consent_are_known(order: Sequence[Contract]) -> None:
    for known in range(len(order)):
        assert not after(*order[:known]).messages
    ledger = after(*order)
    (message,) = ledger.messages.values()
    assert (message.state, message.contact, message.channel, message.language) == ("ready", CONTACT, "sms", "en")
    assert ledger.recipient.waiting == ()
    assert not ledger.facts


@st.composite
def interleaved(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Facts of several owners about one person, twice; only each owner's own keep their order."""
    facts = draw(st.lists(st.sampled_from([fact for fact, _ in TOLD if not isinstance(fact, CaseClosed)]), max_size=12))
    events = [event(fact, number) for number, fact in enumerate([CONTACT_CHANGED, CONSENT, *facts], 1)]
    owners: dict[str, list[Event]] = {}
    for each in events:
        owners.setdefault(each.owner, []).append(each)

    def merge() -> Iterator[Event]:
        left = {owner: list(own) for owner, own in owners.items()}
        while left:
            owner = draw(st.sampled_from(sorted(left)))
            yield left[owner].pop(0)
            if not left[owner]:
                del left[owner]

    return list(merge()), list(merge())


@given(interleaved())
def test_every_order_of_the_owners_ends_in_the_same_messages(orders: tuple[list[Event], list[Event]]) -> None:
    ledgers = []
    for order in orders:
        ledger = Ledger()
        for heard in order:
            ledger.hear(heard)
        ledgers.append(ledger)
    assert ledgers[0].messages == ledgers[1].messages
    assert ledgers[0].recipient == ledgers[1].recipient
    told = [heard for heard in orders[0] if wording(heard.data) is not None]
    assert len(ledgers[0].messages) == len(told)
    assert {message.about for message in ledgers[0].messages.values()} == {heard.id for heard in told}


@given(st.permutations([fact for fact, _ in TOLD]), st.integers(0, len(TOLD)))
def test_nothing_is_ready_without_consent(facts: list[Contract], at: int) -> None:
    ledger = after(CONTACT_CHANGED, *facts[:at], NO_CONSENT, *facts[at:])
    assert {message.state for message in ledger.messages.values()} <= {"withheld"}
    (confirmed,) = ledger.facts
    assert isinstance(confirmed, ConfirmedByNotifications)
    assert confirmed.purpose == "messages"
    assert not ledger.recipient.waiting


def test_consent_to_something_else_is_none_to_messages() -> None:
    employment = ConsentGiven(purpose="employment", text_version="v1", given="signed")
    ledger = after(CONTACT_CHANGED, employment, SEAT)
    assert not ledger.messages
    assert len(ledger.recipient.waiting) == 1


def test_consent_ends_after_its_last_day() -> None:
    last = NOW.date()
    for expires, state in ((last, "ready"), (last - timedelta(days=1), "withheld")):
        ledger = after(CONTACT_CHANGED, CONSENT.model_copy(update={"expires": expires}), SEAT)
        assert [message.state for message in ledger.messages.values()] == [state]


def test_a_failure_is_recorded_once() -> None:
    nowhere = ContactChanged(contact=CONTACT, channel="none", language="km")
    ledger = after(nowhere, CONSENT, SEAT)
    (message,) = ledger.messages.values()
    assert (message.state, ledger.facts) == ("ready", [])
    decision = telling.fail(message, "unreachable", NOW)
    (failed,) = cast(tuple[Message], decision.changes)
    (fact,) = decision.events
    assert isinstance(fact.data, MessageFailed)
    assert (failed.state, failed.reason, failed.settled_at) == ("failed", "unreachable", NOW)
    assert (fact.data.message, fact.data.reason, fact.data.channel) == (message.message, "unreachable", "none")
    assert telling.fail(failed, "unreachable", NOW) is NOTHING


def test_a_fact_of_long_ago_is_not_told() -> None:
    ledger = after(SEAT, CONTACT_CHANGED, CONSENT, age=telling.TOLD_WITHIN + timedelta(seconds=1))
    (message,) = ledger.messages.values()
    assert (message.state, message.reason) == ("withheld", "too-late")
    in_time = after(SEAT, CONTACT_CHANGED, CONSENT, age=telling.TOLD_WITHIN)
    assert [message.state for message in in_time.messages.values()] == ["ready"]


def test_nothing_more_is_said_to_the_phone_of_who_died() -> None:
    ledger = after(SEAT, CaseClosed(reason="died"), CONTACT_CHANGED, CONSENT, SEAT)
    assert {(message.state, message.reason) for message in ledger.messages.values()} == {("withheld", "person-died")}
    assert len(ledger.messages) == 2


def test_an_unknown_language_is_khmer() -> None:
    ledger = after(ContactChanged(contact=CONTACT, channel="sms", language="th"), CONSENT, SEAT)
    assert [message.language for message in ledger.messages.values()] == ["km"]


def test_the_id_of_a_message_differs_by_event_template_and_channel_only() -> None:
    def ids(channel: str, number: int) -> set[str]:
        ledger = Ledger()
        for at, fact in enumerate((ContactChanged(contact=CONTACT, channel=channel, language="km"), CONSENT), 100):
            ledger.hear(event(fact, at))
        ledger.hear(event(SEAT, number))
        return set(ledger.messages)

    assert ids("sms", 1) == ids("sms", 1)
    assert len(ids("sms", 1) | ids("sms", 2) | ids("voice", 1)) == 3


def test_a_delivery_is_recorded_once() -> None:
    (message,) = after(CONTACT_CHANGED, CONSENT, SEAT).messages.values()
    decision = telling.deliver(message, NOW)
    (delivered,) = cast(tuple[Message], decision.changes)
    (fact,) = decision.events
    assert isinstance(fact.data, MessageDelivered)
    assert (fact.subject, fact.data.about, fact.caseid) == (PERSON, message.about, message.caseid)
    assert (delivered.state, delivered.settled_at) == ("delivered", NOW)
    for again in (
        telling.deliver(delivered, NOW),
        telling.fail(delivered, "x", NOW),
        telling.withhold(delivered, "x", NOW),
    ):
        assert again is NOTHING


def test_what_went_out_was_delivered_even_if_it_was_taken_back_meanwhile() -> None:
    (message,) = after(CONTACT_CHANGED, CONSENT, SEAT).messages.values()
    (withheld,) = cast(tuple[Message], telling.withhold(message, "no-consent", NOW).changes)
    assert [type(fact.data) for fact in telling.deliver(withheld, NOW).events] == [MessageDelivered]


@given(st.sampled_from([None, True, False]), st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans())
def test_a_reason_is_given_exactly_where_a_message_is_withheld(
    consented: bool | None, expires: date | None, silent: bool
) -> None:
    reason = telling.why_withheld(consented, expires, silent, NOW, NOW)
    over = expires is not None and expires < NOW.date()
    assert (reason is None) == (not silent and consented is not False and not over)
