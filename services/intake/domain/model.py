"""What intake knows, as aggregates: the fields of each are the columns of its table, the first one its key."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

SERVICES, EMPLOYMENT, MESSAGES, SOCIAL_PROTECTION = "services", "employment", "messages", "social-protection"
"""What a person can agree to, each by itself."""


class Identity(NamedTuple):
    """Who the person is, for the identity store alone. `id_number` is a national card's or passport's; `phone` is in
    E.164, and `phone_owner` says whose it is: self, family or neighbour.

    `birth_precision` says how much of the birth date is known: `day`, `month`, `year`, or `about` where it is an
    estimate. `outside_ids` are numbers that other offices gave her, by kind. `household` has those she lives with by
    an id: `name`, `relation`, `sex`, `birth_date` (YYYY-MM-DD), `birth_precision`, `needs`.
    """

    name_km: str | None = None
    name_latin: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    phone_owner: str | None = None
    id_number: str | None = None
    note: str | None = None
    birth_precision: str | None = None
    address: str | None = None
    idpoor_level: str | None = None
    idpoor_until: date | None = None
    outside_ids: Mapping[str, str] | None = None
    household: Mapping[str, Mapping[str, Any]] | None = None

    def over(self, before: "Identity") -> "Identity":
        """What is known now in place of what was before, which stands where nothing new was said. The telephone is
        always the new one: a number that is not given any more must not be called."""
        given = {name: value for name, value in self._asdict().items() if value is not None}
        return before._replace(**{"phone": None, "phone_owner": None, **given})


class Person(NamedTuple):
    """A returnee, apart from names, contacts and documents, which only the identity store holds.

    `caseid` is the latest case. `consents` has an entry for each purpose the person agrees to now: its id
    `consent`, `given`, `given_at`, `text_version`, and `expires` (a day, or None). `contact` is the opaque reference
    that others hold. `sex` is None as long as nobody wrote it down. `version` counts the changes of what an edit may
    change, see `records.py`.
    """

    person: str
    centre: str
    caseid: str
    sex: str | None
    contact: str
    channel: str
    language: str
    consents: Mapping[str, Mapping[str, str | None]]
    version: int = 1


class Case(NamedTuple):
    """One return and what followed. State: `open` or `closed`. `needs` is None until they were assessed.

    `placement` is the job found: `match`, `employer`, `occupation`, `starts`, `engagement`. `debt_usd`,
    `debt_monthly_usd` (what she pays back a month) and `unpaid_wages_usd` are in whole US dollars. `commune` is where
    she lives now, `commune_origin` where she comes from. `country` is where she worked, `work_years` how long.
    `version` counts the changes of what an edit may change, see `records.py`. `flags` are what the centre's lead is to
    look at, by code: `raised_on`, and `outcome` once she did.
    """

    caseid: str
    person: str
    centre: str
    registered_on: date
    commune: str | None
    return_date: date | None
    border_point: str | None
    sector: str | None
    occupation: str | None
    skills_claimed: tuple[str, ...]
    id_missing_reason: str | None
    debt_usd: int | None
    needs: tuple[str, ...] | None = None
    plan: str | None = None
    placement: Mapping[str, Any] | None = None
    state: str = "open"
    closing: str | None = None
    closed_on: date | None = None
    commune_origin: str | None = None
    return_kind: str | None = None
    country: str | None = None
    work_years: int | None = None
    unpaid_wages_usd: int | None = None
    debt_monthly_usd: int | None = None
    schooling: str | None = None
    documents_held: tuple[str, ...] | None = None
    vulnerabilities: tuple[str, ...] | None = None
    version: int = 1
    flags: Mapping[str, Mapping[str, str | None]] | None = None


class Plan(NamedTuple):
    """Services agreed with the person. `unmet` says of each service that is needed and not in the plan why not."""

    plan: str
    person: str
    caseid: str
    rules: str
    services: tuple[str, ...]
    unmet: Mapping[str, str]
    agreed_on: date


class Referral(NamedTuple):
    """A person sent to an office for one service. `state` and what may follow: see `referrals.MOVES`.

    `provider` is the course's provider, or the office. `purpose` is the consent it rests on. `reason` says why it was
    rejected or withdrawn, `outcome` how it ended. `steps` counts what the clock has done, `reminded` the reminders in
    it; `escalated` says why the lead was told. Re-routed referrals are a chain: its `root` (None of the first one
    itself), the place in it from 1, and the codes of the neighbours.
    """

    referral: str
    code: str
    person: str
    caseid: str
    service: str
    kind: str
    purpose: str
    requested_on: date
    provider: str | None = None
    course: str | None = None
    scheme: str | None = None
    occupation: str | None = None
    priority: str = "normal"
    state: str = "requested"
    changed_on: date | None = None
    reason: str | None = None
    outcome: str | None = None
    requested_at: datetime | None = None
    steps: int = 0
    reminded: int = 0
    escalated: str | None = None
    escalated_at: datetime | None = None
    root: str | None = None
    number: int = 1
    rerouted_from: str | None = None
    rerouted_to: str | None = None


class Office(NamedTuple):
    """An office that takes referrals of some kinds. It serves provinces (two digits) and districts (four); where it
    names neither, everybody. `capacity`: referrals that it can have open at once, None where it takes all."""

    office: str
    kinds: tuple[str, ...]
    provinces: tuple[str, ...]
    districts: tuple[str, ...]
    capacity: int | None
    title_en: str
    title_km: str
    closed: bool


class Offer(NamedTuple):
    """A course that a provider offers in a province; who teaches an occupation also assesses prior learning in it."""

    course: str
    provider: str
    title_en: str
    title_km: str
    sector: str | None
    occupation: str | None
    province: str | None
    skills: tuple[str, ...]
    closed: bool


class Evaluation(NamedTuple):
    """An answer of an eligibility rule at one moment; `missing` names the facts without which it cannot be told."""

    evaluation: str
    person: str
    caseid: str
    scheme: str
    rule: str
    outcome: str
    reason: str
    missing: tuple[str, ...]
    evaluated_at: datetime


class Heard(NamedTuple):
    """An event of another service about the person, kept for her timeline. `data` is the event's own."""

    id: str
    person: str
    owner: str
    type: str
    sequence: int
    time: datetime
    caseid: str | None
    correlationid: str
    causationid: str | None
    data: Mapping[str, Any]
