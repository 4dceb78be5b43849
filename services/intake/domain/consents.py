"""Consent by purpose, and how the person is reached. Nothing leaves for a purpose that the person does not agree to."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from services.intake.domain import withdrawals
from services.intake.domain.model import Person, Referral
from services.intake.domain.referrals import withdraw_all
from shared.events.envelope import NewEvent
from shared.events.intake import ConsentGiven, ContactChanged
from shared.kinds import NOTHING, Decision, NewTimer
from shared.local_time import begin, day
from shared.rejections import Conflict

FORM_TEXT: Final = "form-1"
"""Version of the consent text that the centres' paper form shows."""
WITNESS: Final = "witness"
"""Sort of the sealed contents that tell who witnessed a consent."""
EXPIRY: Final = "consent-expiry"
"""Timer of a person: the last day of a consent is over."""


def agrees(person: Person, purpose: str, today: date) -> bool:
    """Whether the person agrees to a purpose today; a consent holds to the end of the day on which it expires."""
    consent = person.consents.get(purpose)
    if consent is None:
        return False
    expires = consent["expires"]
    return expires is None or date.fromisoformat(expires) >= today


def give(
    person: Person,
    purposes: Sequence[str],
    given: str,
    text_version: str,
    expires: date | None,
    origin: str,
    now: datetime | None,
) -> Decision:
    """The person agrees to these purposes. Saying the same twice changes nothing; what was agreed otherwise before is
    kept as ended.

    `given`: `signed`, or `spoken` before a witness. `origin` is the random id of what she said it with, and `now` when;
    None where it is not known.
    """
    said = {"given": given, "text_version": text_version, "expires": None if expires is None else expires.isoformat()}
    consents, over, told, timers = dict(person.consents), [], [], []
    for purpose in purposes:
        before = consents.get(purpose)
        if before is not None and all(before[name] == value for name, value in said.items()):
            continue
        if before is not None and now is not None:
            over.append(withdrawals.ended(person.person, purpose, before, withdrawals.REPLACED, now))
        consent = consent_id(origin, purpose)
        consents[purpose] = {**said, "consent": consent, "given_at": None if now is None else now.isoformat()}
        fact = ConsentGiven(purpose=purpose, text_version=text_version, given=given, expires=expires, consent=consent)
        told.append(NewEvent(person.person, fact))
        if expires is not None:
            timers.append(_expiry(person.person, purpose, consent, expires))
    return Decision((person._replace(consents=consents), *over), told, timers) if told else NOTHING


def consent_id(origin: str, purpose: str) -> str:
    """The id of a consent, by what she gave it with and for which purpose."""
    return str(uuid.uuid5(uuid.UUID(origin), f"consent {purpose}"))


def _expiry(person: str, purpose: str, consent: str, expires: date) -> NewTimer:
    """Due when the last day on which it holds is over."""
    return NewTimer(EXPIRY, person, begin(expires + timedelta(days=1)), {"purpose": purpose, "consent": consent})


def withdraw(person: Person, purpose: str, now: datetime, within: timedelta) -> Decision:
    """The person no longer agrees. What rests on it is to be taken back first: see `take_back`.

    `within`: what holders have to confirm. Raises Conflict `no-consent` where there is none to withdraw.
    """
    if purpose not in person.consents:
        raise Conflict("no-consent", field="purpose", allowed=sorted(person.consents))
    return withdrawals.end(person, purpose, withdrawals.WITHDRAWN, now, within)


def take_back(referrals: Iterable[Referral], purpose: str, reason: str, today: date) -> Decision:
    """Every open referral that rests on this purpose is taken back."""
    return withdraw_all((each for each in referrals if each.purpose == purpose), reason, today)


def expire(
    person: Person, purpose: str, consent: str, referrals: Iterable[Referral], now: datetime, within: timedelta
) -> Decision:
    """The last day of a consent is over: it ends as if it were withdrawn. Nothing where she agreed anew meanwhile, or
    took it back; where the clock says that it still holds, the timer is set again."""
    held = person.consents.get(purpose)
    if held is None or held["consent"] != consent or held["expires"] is None:
        return NOTHING
    expires = date.fromisoformat(held["expires"])
    if expires >= day(now):
        return Decision(timers=(_expiry(person.person, purpose, consent, expires),))
    over = withdrawals.end(person, purpose, withdrawals.EXPIRED, now, within)
    return take_back(referrals, purpose, "consent-expired", day(now)).and_then(over)


def change_contact(person: Person, contact: str, channel: str, language: str) -> Decision:
    """The person is reached in another way from now on; `contact` is a new reference, so that the old one is void."""
    changed = person._replace(contact=contact, channel=channel, language=language)
    return Decision((changed,), (told(changed),))


def told(person: Person) -> NewEvent:
    """How the person is reached, as others learn it."""
    return NewEvent(
        person.person, ContactChanged(contact=person.contact, channel=person.channel, language=person.language)
    )


def channel(phone: bool, phone_owner: str | None, needs: Iterable[str] = ()) -> str:
    """`sms` where the person can read it alone, `voice` where the phone is somebody else's or reading is a need,
    `none` without a phone. Half of all phone owners read no text messages, and a shared phone is read by others."""
    if not phone:
        return "none"
    return "sms" if phone_owner == "self" and "literacy" not in needs else "voice"
