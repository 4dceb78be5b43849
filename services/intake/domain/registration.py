"""A returnee taken up: person, case, contact, consent, and the plan where needs are known already."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from services.intake.domain import cases, children, consents, offices, plans
from services.intake.domain.model import Case, Offer, Person
from services.intake.domain.rows import Form
from shared.events.envelope import NewEvent
from shared.events.intake import CaseRegistered
from shared.kinds import NOTHING, Decision

WORK_LIMITS: Final = ("no-lifting", "no-heights", "no-night-work")
"""Needs that say which work is not wanted; their cause stays with the counsellor."""


class Ids(NamedTuple):
    """Fresh random ids for one registration."""

    person: str
    caseid: str
    contact: str
    plan: str


class Registration(NamedTuple):
    """A form on its way: person and case as they will be, what the rules propose, whether the person was known."""

    ids: Ids
    form: Form
    person: Person
    case: Case
    proposal: plans.Proposal
    known: bool


def prepare(
    form: Form,
    ids: Ids,
    centre: str,
    known: Person | None,
    offered: Sequence[Offer],
    today: date,
    directory: offices.Directory = offices.NONE,
) -> Registration:
    """Everything about a registration that needs no referral code yet.

    `known` is the person who comes back a second time: consents stand until they are withdrawn, the rest of what the
    form says replaces what was. `directory`: see `plans.asks_offices`.
    """
    person = Person(
        ids.person,
        centre,
        ids.caseid,
        form.sex,
        ids.contact,
        consents.channel(form.identity.phone is not None, form.identity.phone_owner, form.needs),
        form.language,
        known.consents if known else {},
        known.version + 1 if known else 1,
    )
    case = Case(
        ids.caseid,
        ids.person,
        centre,
        today,
        form.commune,
        form.return_date,
        form.border_point,
        form.sector,
        form.occupation,
        form.skills,
        form.id_missing_reason,
        form.debt_usd,
    )
    case = children.watch_over(form.identity, case, False, today)
    agreeing = next(iter(_consent(person, form, ids.caseid, None).changes), person)
    proposal = plans.propose(case._replace(needs=form.needs), agreeing, offered, (), today, directory)
    return Registration(ids, form, person, case, proposal, known is not None)


def register(registration: Registration, codes: Iterator[str], now: datetime) -> Decision:
    """Record it all. `codes` gives an unused referral code for each referral of the proposal."""
    ids, form, person, case, proposal, _ = registration
    decision = Decision(
        (person, case),
        (
            NewEvent(
                ids.person,
                CaseRegistered(
                    centre=case.centre,
                    commune=case.commune,
                    sector=case.sector,
                    occupation=case.occupation,
                    skills_claimed=case.skills_claimed,
                    work_limits=tuple(need for need in form.needs if need in WORK_LIMITS),
                ),
                ids.caseid,
            ),
            consents.told(person),
        ),
    )
    decision = decision.and_then(_consent(person, form, ids.caseid, now))
    if form.needs:
        decision = decision.and_then(cases.assess(case, form.needs))
        decision = decision.and_then(plans.agree(case._replace(needs=form.needs), ids.plan, proposal, codes, now))
    return decision


def _consent(person: Person, form: Form, caseid: str, now: datetime | None) -> Decision:
    if not form.consent or form.consent_given is None:
        return NOTHING
    return consents.give(person, form.consent, form.consent_given, consents.FORM_TEXT, None, caseid, now)
