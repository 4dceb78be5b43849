"""Consent to matching ends: nothing more is proposed, a seat that was held for her is free again, and that is told."""

from datetime import datetime
from typing import Any, Final

from services.employment.domain.model import ACCEPTED, Match, Seeker, Vacancy
from services.employment.domain.placing import decline
from services.employment.domain.profile import EMPLOYMENT
from shared.events.confirming import ConfirmedByEmployment
from shared.events.envelope import Event, NewEvent
from shared.events.intake import ConsentWithdrawn
from shared.kinds import Decision, NewTimer, Timer

GIVE_SEAT_BACK: Final = "give-seat-back"
"""Timer of a person: the seat that an employer holds for her is freed, under the vacancy's lock."""
REASON: Final = "consent-withdrawn"


def stop(before: Seeker, held_at: str | None, event: Event, withdrawn: ConsentWithdrawn, now: datetime) -> Decision:
    """Confirm that a consent has ended here; where a seat is held on it, once that is free.

    `before` is the person as she was, `held_at` the vacancy of the match that waits for its employer. Proposals that
    she has not answered stay as they are: without consent none can be accepted.
    """
    told = {"withdrawal": event.id, "purpose": withdrawn.purpose, "consent": withdrawn.consent}
    if withdrawn.purpose != EMPLOYMENT or before.accepted is None or held_at is None:
        return _confirmed(before.person, told)
    seat = {"match": before.accepted, "vacancy": held_at, **told}
    return Decision(timers=(NewTimer(GIVE_SEAT_BACK, before.person, now, seat),))


def give_seat_back(match: Match, seeker: Seeker, vacancy: Vacancy, timer: Timer, now: datetime) -> Decision:
    """The seat is free again where she has it still; a placement that was confirmed meanwhile stands."""
    told = {name: timer.data[name] for name in ("withdrawal", "purpose", "consent")}
    confirmed = _confirmed(seeker.person, told)
    if match.state != ACCEPTED:
        return confirmed
    return decline(match, seeker, vacancy, now, REASON).and_then(confirmed)


def _confirmed(person: str, told: dict[str, Any]) -> Decision:
    return Decision(events=(NewEvent(person, ConfirmedByEmployment(**told)),))
