"""What notifications does with each event it consumes."""

from collections.abc import Iterator, Sequence
from typing import cast

from services.notifications.domain import telling
from services.notifications.storage import MESSAGES, READY_OF_PERSONS, RECIPIENTS
from shared.database import Connection
from shared.events.employment import MatchProposed, PlacementConfirmed
from shared.events.envelope import Event
from shared.events.intake import (
    CaseClosed,
    CaseRegistered,
    ConsentGiven,
    ConsentWithdrawn,
    ContactChanged,
    ReferralAccepted,
    ReferralCompleted,
    ReferralExpired,
    ReferralFailed,
    ReferralRejected,
    ReferralRequested,
    ReferralRerouted,
    ReferralWithdrawn,
)
from shared.events.training import (
    CompletionRecorded,
    PriorLearningDecided,
    SeatRefused,
    SeatReserved,
    SkillsRecognised,
)
from shared.events.transfers import CaseReopened, TransferAccepted
from shared.handling import Handlers
from shared.kinds import Decision, Key, Working

HANDLERS = Handlers()


def _recipient(event: Event) -> Iterator[Key]:
    yield RECIPIENTS(event.subject)


@HANDLERS.on(
    ReferralRequested,
    ReferralAccepted,
    ReferralRejected,
    ReferralCompleted,
    ReferralFailed,
    ReferralExpired,
    ReferralRerouted,
    ReferralWithdrawn,
    SeatReserved,
    SeatRefused,
    CompletionRecorded,
    SkillsRecognised,
    PriorLearningDecided,
    MatchProposed,
    PlacementConfirmed,
    keys=_recipient,
)
def tell(working: Working, event: Event) -> Decision:
    """The person is told, where the fact has a wording."""
    return telling.tell(working.get(RECIPIENTS, event.subject), event, working.now)


@HANDLERS.on(CaseRegistered, keys=_recipient)
def register(working: Working, event: Event) -> Decision:
    """A welcome, and a centre that may see what the person is told."""
    registered = cast(CaseRegistered, event.data)
    return telling.register(working.get(RECIPIENTS, event.subject), event, registered, working.now)


@HANDLERS.on(ContactChanged, keys=_recipient)
def change_contact(working: Working, event: Event) -> Decision:
    """What waited for a contact is told."""
    contact = cast(ContactChanged, event.data)
    return telling.change_contact(working.get(RECIPIENTS, event.subject), contact, working.now)


@HANDLERS.on(ConsentGiven, keys=_recipient)
def take_consent(working: Working, event: Event) -> Decision:
    """What waited for consent is told."""
    given = cast(ConsentGiven, event.data)
    return telling.consent(working.get(RECIPIENTS, event.subject), given, working.now)


async def _ready(connection: Connection, events: Sequence[Event], working: Working) -> None:
    """Their messages that are ready, as they are while the persons are locked."""
    rows = await connection.fetch(READY_OF_PERSONS, sorted({event.subject for event in events}))
    working.facts["ready"] = await MESSAGES.load(connection, [row[0] for row in rows])


@HANDLERS.on(ConsentWithdrawn, keys=_recipient, look_up=_ready)
def withdraw_consent(working: Working, event: Event) -> Decision:
    """What waits or is ready is not told, whatever she agrees to later."""
    known = working.facts.get("ready", {}) | {each.message: each for each in working.every(MESSAGES)}
    ready = [each for each in known.values() if each.person == event.subject and each.state == telling.READY]
    withdrawn = cast(ConsentWithdrawn, event.data)
    return telling.withdraw_consent(working.get(RECIPIENTS, event.subject), event, withdrawn, ready, working.now)


@HANDLERS.on(CaseClosed, keys=_recipient)
def close_case(working: Working, event: Event) -> Decision:
    """A farewell, or silence."""
    closed = cast(CaseClosed, event.data)
    return telling.close_case(working.get(RECIPIENTS, event.subject), event, closed, working.now)


@HANDLERS.on(TransferAccepted, keys=_recipient)
def transfer(working: Working, event: Event) -> Decision:
    """Another centre may see what she was told."""
    return telling.transfer(working.get(RECIPIENTS, event.subject), cast(TransferAccepted, event.data))


@HANDLERS.on(CaseReopened, keys=_recipient)
def reopen_case(working: Working, event: Event) -> Decision:
    """Who was silent speaks again."""
    return telling.reopen_case(working.get(RECIPIENTS, event.subject))
