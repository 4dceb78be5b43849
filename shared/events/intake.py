"""Facts that intake owns: the person's cases, contact, consent, plan, and every referral."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.events.envelope import Code, Commune, Contract, Id, Occupation, ReferralCode, contract

Codes = Annotated[tuple[Code, ...], Field(max_length=50)]


@contract("intake", "case-registered")
class CaseRegistered(Contract):
    """A returnee was registered; the case is the attribute `caseid`."""

    centre: Code
    commune: Commune | None = Field(default=None, description="where the person lives now, no finer than the commune")
    sector: Code | None = Field(default=None, description="sector of the work abroad")
    occupation: Occupation | None = Field(default=None, description="ISCO-08 unit group of the work abroad")
    skills_claimed: Codes = Field(default=(), description="skills the person says to have, not assessed yet")
    work_limits: Codes = Field(default=(), description="kinds of work not wanted, e.g. no-lifting; never their cause")


@contract("intake", "contact-changed")
class ContactChanged(Contract):
    """How the person is reached: an opaque reference that only intake can resolve, never the contact itself."""

    contact: Id
    channel: Code = Field(description="sms, voice, telegram, or none where there is no way to reach the person")
    language: Code = Field(description="km or en")


@contract("intake", "consent-given")
class ConsentGiven(Contract):
    """The person agreed to one purpose."""

    purpose: Code = Field(description="services, employment, messages or social-protection")
    text_version: Code
    given: Code = Field(description="signed, or spoken before a witness")
    expires: date | None = None
    consent: Id | None = Field(default=None, description="which of her consents this is")


@contract("intake", "consent-withdrawn")
class ConsentWithdrawn(Contract):
    """The person no longer agrees to one purpose. Whoever holds something that rests on it confirms that it stopped.

    What intake took back with it is told before, so that whoever hears of this has heard of that."""

    purpose: Code
    consent: Id | None = Field(default=None, description="which of her consents ended")
    how: Code = Field(default="withdrawn", description="withdrawn, or expired on the day that was agreed")


@contract("intake", "needs-assessed")
class NeedsAssessed(Contract):
    """Needs were assessed; only those are listed whose code may leave intake."""

    questionnaire: Code = Field(description="version of the questionnaire")
    needs: Codes = ()


@contract("intake", "plan-agreed")
class PlanAgreed(Contract):
    """The returnee agreed to a plan of services."""

    plan: Id
    services: Codes = ()


class ReferralFact(Contract):
    """What every fact about a referral carries."""

    referral: Id
    code: ReferralCode
    kind: Code = Field(
        description="course, prior-learning, employment, social-protection, legal-assistance, or other-service where "
        "the kind itself would tell of health, shelter or distress"
    )


@contract("intake", "referral-requested")
class ReferralRequested(ReferralFact):
    """The person was referred to a service; the code is what the person carries there."""

    provider: Code | None = Field(default=None, description="training provider or office, where its code tells no need")
    course: Code | None = None
    scheme: Code | None = Field(default=None, description="social protection scheme")
    occupation: Occupation | None = Field(default=None, description="what recognition of prior learning is asked for")
    priority: Code = "normal"
    follows: Id | None = Field(default=None, description="the referral in whose place this one comes")


@contract("intake", "referral-received")
class ReferralReceived(ReferralFact):
    """The receiving office has it and will answer."""


@contract("intake", "referral-reminded")
class ReferralReminded(ReferralFact):
    """The receiving office has not answered, and was reminded."""

    number: int = Field(ge=1, le=1_000, description="which reminder it is, from 1")
    priority: Code = "normal"


@contract("intake", "referral-escalated")
class ReferralEscalated(ReferralFact):
    """The lead of the centre has to see to the referral."""

    reason: Code = Field(description="unanswered, none-left (every fitting provider was asked) or no-consent")


@contract("intake", "referral-expired")
class ReferralExpired(ReferralFact):
    """Nobody answered in time; names what may be held for it, so that it can be let go."""

    provider: Code | None = None
    course: Code | None = None
    rerouted: bool = Field(default=False, description="another provider is asked now: see referral-rerouted")


@contract("intake", "referral-rerouted")
class ReferralRerouted(ReferralFact):
    """Another provider is asked in place of one that refused or did not answer; the person carries the new code."""

    next: Id = Field(description="the referral that takes its place")
    next_code: ReferralCode
    root: Id = Field(description="the first referral of the chain")
    number: int = Field(ge=2, le=1_000, description="the place of the new referral in its chain, from 2")
    reason: Code = Field(description="unanswered, or why it was refused")


@contract("intake", "referral-accepted")
class ReferralAccepted(ReferralFact):
    """The receiving office accepted."""

    scheme: Code | None = None


@contract("intake", "referral-rejected")
class ReferralRejected(ReferralFact):
    """The receiving office refused, always with a reason."""

    reason: Code
    scheme: Code | None = None
    rerouted: bool = Field(default=False, description="another provider is asked now: see referral-rerouted")


@contract("intake", "referral-started")
class ReferralStarted(ReferralFact):
    """The receiving office began what the person was referred for."""


@contract("intake", "referral-failed")
class ReferralFailed(ReferralFact):
    """It was accepted, and cannot be brought to its end."""

    reason: Code


@contract("intake", "referral-completed")
class ReferralCompleted(ReferralFact):
    """What the person was referred for is done."""

    outcome: Code


@contract("intake", "referral-withdrawn")
class ReferralWithdrawn(ReferralFact):
    """The sender or the person took the referral back; names what may be held for it, so that it can be let go."""

    reason: Code
    provider: Code | None = None
    course: Code | None = None


@contract("intake", "case-closed")
class CaseClosed(Contract):
    """The case was closed; the person may come back with a new one."""

    reason: Code
