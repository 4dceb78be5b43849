"""Whom a fact is told, when, and when not; pure.

A fact that concerns a returnee first becomes an intent, kept with the recipient. It turns into a message once contact
and consent are known, whichever came first, or once it is certain that it will never be told.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from services.notifications.domain.wording import wording
from shared.events.confirming import ConfirmedByNotifications
from shared.events.envelope import Contract, Event, NewEvent
from shared.events.intake import CaseClosed, CaseRegistered, ConsentGiven, ConsentWithdrawn, ContactChanged
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.events.transfers import TransferAccepted
from shared.kinds import NOTHING, Decision
from shared.local_time import day

PURPOSE: Final = "messages"
"""The purpose of consent without which nobody is written to."""
NO_CHANNEL: Final = "none"
"""The channel of somebody who cannot be reached."""
LANGUAGES: Final = ("km", "en")
"""Those there is a catalogue for; somebody of another language is written to in the first."""
TOLD_WITHIN: Final = timedelta(days=14)
"""A fact that is older is not told any more: who hears of a seat after the course began travels for nothing."""

READY, DELIVERED, FAILED, WITHHELD = "ready", "delivered", "failed", "withheld"
"""States of a message. Withheld: never handed to a channel, because the person did not want it or it came too late."""

NO_CONSENT: Final = "no-consent"

NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "reintegration/notifications/message")


class Recipient(NamedTuple):
    """A person as far as messages go. `contact` is opaque; only intake can resolve it.

    `consented` is None while no consent was heard of, False once it was withdrawn. `waiting` holds the intents.
    `centres` are those that registered her, whose counsellors may see what she was told.
    """

    person: str
    contact: str | None = None
    channel: str | None = None
    language: str = "km"
    consented: bool | None = None
    consent_expires: date | None = None
    silent: bool = False
    centres: tuple[str, ...] = ()
    waiting: tuple[Mapping[str, Any], ...] = ()


class Message(NamedTuple):
    """One fact told (or not) to one person over one channel. `fields` holds codes; texts are made when it is sent."""

    message: str
    person: str
    caseid: str | None
    about: str
    template: str
    fields: Mapping[str, Any]
    contact: str | None
    channel: str
    language: str
    state: str
    reason: str | None
    happened_at: datetime
    settled_at: datetime | None
    correlationid: str
    traceparent: str | None


def tell(recipient: Recipient, event: Event, now: datetime) -> Decision:
    """Note that the person is to be told of a fact; she is, as soon as she can be."""
    return _settle(recipient, _with_intent(recipient, event), now)


def register(recipient: Recipient, event: Event, registered: CaseRegistered, now: datetime) -> Decision:
    """A centre registered the person: its counsellors may see her messages, and she is welcomed."""
    centres = tuple(sorted({*recipient.centres, registered.centre}))
    return _settle(recipient, _with_intent(recipient._replace(centres=centres), event), now)


def transfer(recipient: Recipient, accepted: TransferAccepted) -> Decision:
    """Another centre looks after her: what she was told is for that one's counsellors to see."""
    centres = {*recipient.centres, accepted.to_centre} - {accepted.from_centre}
    return Decision((recipient._replace(centres=tuple(sorted(centres))),))


def reopen_case(recipient: Recipient) -> Decision:
    """Somebody goes on with the case: the person whose death was noted is alive."""
    return Decision((recipient._replace(silent=False),)) if recipient.silent else NOTHING


def change_contact(recipient: Recipient, contact: ContactChanged, now: datetime) -> Decision:
    """The person is reached here from now on; what waited for a contact is told."""
    language = contact.language if contact.language in LANGUAGES else LANGUAGES[0]
    return _settle(
        recipient, recipient._replace(contact=contact.contact, channel=contact.channel, language=language), now
    )


def consent(recipient: Recipient, given: ConsentGiven, now: datetime) -> Decision:
    """The person wants to be told; what waited for her consent is told."""
    if given.purpose != PURPOSE:
        return NOTHING
    return _settle(recipient, recipient._replace(consented=True, consent_expires=given.expires), now)


def withdraw_consent(
    recipient: Recipient, event: Event, withdrawn: ConsentWithdrawn, ready: Iterable[Message], now: datetime
) -> Decision:
    """The person does not want to be told any more; that, and that another consent concerns no message, is confirmed.

    `ready`: her messages that the sender has not settled. They bear the reason from now on, so that a consent given
    anew does not send them; the sender still tells which of them was out already."""
    confirmed = ConfirmedByNotifications(withdrawal=event.id, purpose=withdrawn.purpose, consent=withdrawn.consent)
    told = Decision(events=(NewEvent(recipient.person, confirmed),))
    if withdrawn.purpose != PURPOSE:
        return told
    kept_back = Decision([message._replace(reason=NO_CONSENT) for message in ready])
    settled = _settle(recipient, recipient._replace(consented=False, consent_expires=None), now)
    return settled.and_then(kept_back).and_then(told)


def close_case(recipient: Recipient, event: Event, closed: CaseClosed, now: datetime) -> Decision:
    """A farewell; but nothing more ever, not even what waits, to the phone of somebody who died."""
    if closed.reason == "died":
        return _settle(recipient, recipient._replace(silent=True), now)
    return tell(recipient, event, now)


def why_withheld(
    consented: bool | None, consent_expires: date | None, silent: bool, happened_at: datetime, now: datetime
) -> str | None:
    """Why this person is not to be told of something that happened then, as far as is known now; None: she may be."""
    if silent:
        return "person-died"
    if consented is False or (consent_expires is not None and day(now) > consent_expires):
        return NO_CONSENT
    if now - happened_at > TOLD_WITHIN:
        return "too-late"
    return None


def deliver(message: Message, now: datetime) -> Decision:
    """The channel took the message. Also where it was taken back meanwhile: it is out."""
    if message.state in (DELIVERED, FAILED):
        return NOTHING
    return _settled(message, now, DELIVERED, None, MessageDelivered(**_fact(message)))


def fail(message: Message, reason: str, now: datetime) -> Decision:
    """The channel refused the message for good."""
    if message.state != READY:
        return NOTHING
    return _settled(message, now, FAILED, reason, MessageFailed(**_fact(message), reason=reason))


def withhold(message: Message, reason: str, now: datetime) -> Decision:
    """The message is not sent, since the person does not want it any more or it comes too late. No fact: nothing
    happened to her."""
    if message.state != READY:
        return NOTHING
    return Decision(changes=(message._replace(state=WITHHELD, reason=reason, settled_at=now),))


def _settle(before: Recipient, recipient: Recipient, now: datetime) -> Decision:
    """Turn every intent into a message that can be told now, or never will be; the others go on waiting."""
    decision, waiting = NOTHING, []
    for intent in recipient.waiting:
        message = _message(recipient, intent)
        reason = why_withheld(
            recipient.consented, recipient.consent_expires, recipient.silent, message.happened_at, now
        )
        if reason is not None:
            settled = withhold(message, reason, now)
        elif recipient.consented is None or recipient.contact is None:
            waiting.append(intent)
            continue
        else:
            settled = Decision(changes=(message,))
        decision = decision.and_then(settled)
    recipient = recipient._replace(waiting=tuple(waiting))
    return decision if recipient == before else decision.and_then(Decision(changes=(recipient,)))


def _with_intent(recipient: Recipient, event: Event) -> Recipient:
    words = wording(event.data)
    if words is None:
        return recipient
    intent = {
        "about": event.id,
        "template": words.template,
        "fields": words.fields,
        "caseid": event.caseid,
        "happened_at": event.time.isoformat(),
        "correlationid": event.correlationid,
        "traceparent": event.traceparent,
    }
    return recipient._replace(waiting=(*recipient.waiting, intent))


def _message(recipient: Recipient, intent: Mapping[str, Any]) -> Message:
    """The message of an intent, ready; its id is always the same for this event, person, template and channel."""
    channel = recipient.channel or NO_CHANNEL
    name = f"{intent['about']} {recipient.person} {intent['template']} {channel}"
    return Message(
        message=str(uuid.uuid5(NAMESPACE, name)),
        person=recipient.person,
        caseid=intent["caseid"],
        about=intent["about"],
        template=intent["template"],
        fields=intent["fields"],
        contact=recipient.contact,
        channel=channel,
        language=recipient.language,
        state=READY,
        reason=None,
        happened_at=datetime.fromisoformat(intent["happened_at"]),
        settled_at=None,
        correlationid=intent["correlationid"],
        traceparent=intent["traceparent"],
    )


def _settled(message: Message, now: datetime, state: str, reason: str | None, fact: Contract) -> Decision:
    return Decision(
        changes=(message._replace(state=state, reason=reason, settled_at=now),),
        events=(NewEvent(message.person, fact, message.caseid),),
    )


def _fact(message: Message) -> dict[str, str]:
    return {
        "message": message.message,
        "template": message.template,
        "channel": message.channel,
        "language": message.language,
        "about": message.about,
    }
