"""A consent ended: what rested on it has stopped, which is told."""

from shared.events.confirming import ConfirmedByTraining
from shared.events.envelope import Event, NewEvent
from shared.events.intake import ConsentWithdrawn
from shared.kinds import Decision


def confirm(event: Event, withdrawn: ConsentWithdrawn) -> Decision:
    """Intake tells of the referrals that it takes back before it tells of the consent, and one person's facts of one
    owner come in their order: a seat or application that rested on this consent has been given back by now."""
    confirmed = ConfirmedByTraining(withdrawal=event.id, purpose=withdrawn.purpose, consent=withdrawn.consent)
    return Decision(events=(NewEvent(event.subject, confirmed),))
