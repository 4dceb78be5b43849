"""Everything that others tell of a person is noted for her timeline."""

from services.intake.domain.model import Heard
from shared.events.employment import MatchAccepted, MatchDeclined
from shared.events.envelope import Event
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.events.training import (
    SkillsRecognised,
)
from shared.handling import Handlers
from shared.kinds import Decision, Working

HANDLERS = Handlers()


def noted(event: Event) -> Decision:
    heard = Heard(
        event.id,
        event.subject,
        event.owner,
        event.type,
        event.sequence,
        event.time,
        event.caseid,
        event.correlationid,
        event.causationid,
        event.data.model_dump(mode="json", exclude_defaults=True),
    )
    return Decision((heard,))


@HANDLERS.on(SkillsRecognised, MatchAccepted, MatchDeclined, MessageDelivered, MessageFailed)
def note(_: Working, event: Event) -> Decision:
    """For the timeline."""
    return noted(event)
