"""Consent by purpose, and how the person is reached. Nothing leaves for a purpose that the person does not agree to."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from services.intake.domain.model import Person, Referral
from services.intake.domain.referrals import withdraw_all
from shared.events.envelope import NewEvent
from shared.events.intake import ConsentGiven, ConsentWithdrawn, ContactChanged
from shared.kinds import NOTHING, Decision
from shared.rejections import Conflict

FORM_TEXT: Final = "form-1"
"""Version of the consent text that the centres' paper form shows."""


def agrees(person: Person, purpose: str, today: date) -> bool:
    """Whether the person agrees to a purpose today; a consent holds to the end of the day on which it expires."""
    consent = person.consents.get(purpose)
    if consent is None:
        return False
    expires = consent["expires"]
    return expires is None or date.fromisoformat(expires) >= today


def give(person: Person, purposes: Sequence[str], given: str, text_version: str, expires: date | None) -> Decision:
    """The person agrees to these purposes. Saying the same twice changes nothing.

    `given`: `signed`, or `spoken` before a witness.
    """
    said = {"given": given, "text_version": text_version, "expires": None if expires is None else expires.isoformat()}
    new = [purpose for purpose in purposes if person.consents.get(purpose) != said]
    if not new:
        return NOTHING
    return Decision(
        (person._replace(consents={**person.consents, **dict.fromkeys(new, said)}),),
        [
            NewEvent(
                person.person,
                ConsentGiven(purpose=purpose, text_version=text_version, given=given, expires=expires),
            )
            for purpose in new
        ],
    )


def withdraw(person: Person, purpose: str, referrals: Iterable[Referral], today: date) -> Decision:
    """The person no longer agrees; every open referral that rests on this purpose is taken back.

    Raises Conflict `no-consent` where there is none to withdraw.
    """
    if purpose not in person.consents:
        raise Conflict("no-consent", field="purpose", allowed=sorted(person.consents))
    kept = {other: consent for other, consent in person.consents.items() if other != purpose}
    withdrawn = Decision(
        (person._replace(consents=kept),), (NewEvent(person.person, ConsentWithdrawn(purpose=purpose)),)
    )
    resting = (referral for referral in referrals if referral.purpose == purpose)
    return withdrawn.and_then(withdraw_all(resting, "consent-withdrawn", today))


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
