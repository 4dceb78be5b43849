"""A consent that ended: kept for good, and watched until every holder has confirmed that nothing rests on it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from services.intake.domain.model import Person
from shared.events.envelope import NewEvent
from shared.events.intake import ConsentWithdrawn
from shared.kinds import NOTHING, Decision, NewTimer

HOLDERS: Final = ("training", "employment", "notifications")
"""Services that hold what rests on consent; each confirms each withdrawal, whatever its purpose."""
WITHDRAWN, EXPIRED, REPLACED = "withdrawn", "expired", "replaced"
"""How a consent ends. Replaced: she agreed to the same purpose anew, on another text or to another day."""
UNCONFIRMED: Final = "withdrawal-unconfirmed"
"""Timer of a person: the bound has passed within which every holder confirms the end of a consent."""


class EndedConsent(NamedTuple):
    """A consent that holds no more. `given_at` is None for one that was given before this was kept.

    `waiting` are the holders that have not confirmed, by `confirm_by` at the latest; `confirmed` has for each of the
    others when it did. `late`: the bound passed while one had not.
    """

    consent: str
    person: str
    purpose: str
    text_version: str
    given: str
    given_at: datetime | None
    expires: date | None
    how: str
    ended_at: datetime
    waiting: tuple[str, ...] = ()
    confirmed: Mapping[str, str] = {}
    confirm_by: datetime | None = None
    late: bool = False


def ended(person: str, purpose: str, consent: Mapping[str, str | None], how: str, now: datetime) -> EndedConsent:
    """A consent as it stood with the person, ended."""
    identity, given_at, expires = consent["consent"], consent.get("given_at"), consent["expires"]
    assert identity is not None
    return EndedConsent(
        identity,
        person,
        purpose,
        consent["text_version"] or "",
        consent["given"] or "",
        None if given_at is None else datetime.fromisoformat(given_at),
        None if expires is None else date.fromisoformat(expires),
        how,
        now,
    )


def end(person: Person, purpose: str, how: str, now: datetime, within: timedelta) -> Decision:
    """The person's consent to this purpose is over. Every holder is told, and has `within` to confirm.

    What intake itself takes back with it is to be decided before this, so that it is told before: see ConsentWithdrawn.
    """
    consents = dict(person.consents)
    over = ended(person.person, purpose, consents.pop(purpose), how, now)
    told = ConsentWithdrawn(purpose=purpose, consent=over.consent, how=how)
    return Decision(
        (person._replace(consents=consents), over._replace(waiting=HOLDERS, confirm_by=now + within)),
        (NewEvent(person.person, told),),
        (NewTimer(UNCONFIRMED, person.person, now + within, {"consent": over.consent}),),
    )


def confirm(over: EndedConsent | None, holder: str, now: datetime) -> Decision:
    """A holder says that nothing rests on it there any more; saying so twice changes nothing.

    None where the withdrawal was told before consents had names: nobody waits for it.
    """
    if over is None or holder not in over.waiting:
        return NOTHING
    waiting = tuple(other for other in over.waiting if other != holder)
    confirmed = {**over.confirmed, holder: now.isoformat()}
    return Decision((over._replace(waiting=waiting, confirmed=confirmed),))


def look_after(over: EndedConsent) -> Decision:
    """The bound has passed: whoever has not confirmed is late, which people are to see to."""
    return Decision((over._replace(late=True),)) if over.waiting else NOTHING
