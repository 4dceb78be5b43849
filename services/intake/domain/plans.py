"""The case plan by rules: which services a person's needs ask for, and which referrals follow."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from services.intake.domain import eligibility, offers, offices, referrals
from services.intake.domain.consents import agrees
from services.intake.domain.model import (
    EMPLOYMENT,
    SERVICES,
    SOCIAL_PROTECTION,
    Case,
    Evaluation,
    Offer,
    Person,
    Plan,
    Referral,
)
from services.intake.domain.offices import Directory
from services.intake.domain.referrals import Wanted
from shared.events.envelope import NewEvent
from shared.events.intake import PlanAgreed
from shared.kinds import Decision
from shared.local_time import day

RULES: Final = "plan-1"
"""Version of the rules below; it stands in every plan made by them."""

FAILED: Final = ("not-passed", "not-yet")
"""Outcomes after which the same service may be asked for again."""


class Line(NamedTuple):
    """One rule: any of these needs asks for this service, by a referral of this kind, if the person agrees to this
    purpose. `teaches`: a course with this skill, whatever the trade."""

    service: str
    needs: tuple[str, ...]
    kind: str
    purpose: str
    teaches: str | None = None


LINES: Final = (
    Line("prior-learning", ("recognition",), "prior-learning", SERVICES),
    Line("course", ("training",), "course", SERVICES),
    Line("business-course", ("enterprise",), "course", SERVICES, "business-planning"),
    Line("literacy-course", ("literacy",), "course", SERVICES, "khmer-literacy"),
    Line("employment", ("job",), "employment", EMPLOYMENT),
    Line("legal-assistance", ("legal-aid", "unpaid-wages"), "legal-assistance", SERVICES),
    Line("social-protection", ("social-protection",), "social-protection", SOCIAL_PROTECTION),
)
"""The rules, in the order in which referrals are made. Other needs are met by the centre itself, without a referral."""


class Proposal(NamedTuple):
    """What the rules say for a case: the services that can be had, why others cannot, the referrals still to be made,
    and what eligibility rules answered."""

    services: list[str]
    unmet: dict[str, str]
    wanted: list[Wanted]
    answers: list[eligibility.Answer]


def propose(
    case: Case,
    person: Person,
    offered: Sequence[Offer],
    made: Sequence[Referral],
    today: date,
    directory: Directory = offices.NONE,
) -> Proposal:
    """Apply the rules to the case's needs. `made` are the case's referrals so far: what is open or achieved is not
    asked for again, and no course is asked twice. `directory`: see `asks_offices`.

    Unmet is told as `no-consent`, `no-offer`, `no-occupation`, `no-rule`, or as an eligibility rule's reason.
    """
    needs = set(case.needs or ())
    proposal = Proposal([], {}, [], [])
    for line in LINES:
        if not needs.intersection(line.needs):
            continue
        if not agrees(person, line.purpose, today):
            proposal.unmet[line.service] = "no-consent"
            continue
        if any(referral.service == line.service and stands(referral) for referral in made):
            proposal.services.append(line.service)
            continue
        if line.kind == SOCIAL_PROTECTION:
            proposal.answers.extend(eligibility.evaluate(eligibility.facts_of(case), today))
            found = _schemes(line, proposal.answers)
        else:
            asked = {referral.course for referral in made} | {wanted.course for wanted in proposal.wanted}
            found = _offices(line, case, offered, asked, directory)
        if isinstance(found, str):
            proposal.unmet[line.service] = found
        else:
            proposal.services.append(line.service)
            proposal.wanted.extend(found)
    return proposal


def stands(referral: Referral) -> bool:
    """Whether a referral still runs, or achieved what it was made for."""
    return referral.state in referrals.OPEN or (referral.state == "completed" and referral.outcome not in FAILED)


def asks_offices(needs: Collection[str]) -> bool:
    """Whether the rules ask the directory of offices for these needs."""
    return any(line.kind in offices.KINDS and not set(line.needs).isdisjoint(needs) for line in LINES)


def teaches(service: str) -> str | None:
    """The skill that a course for this service must teach, or None where the trade decides."""
    return next((line.teaches for line in LINES if line.service == service), None)


def _offices(
    line: Line, case: Case, offered: Sequence[Offer], asked: Collection[str | None], directory: Directory
) -> list[Wanted] | str:
    """The referral that a rule asks for, or why there can be none."""
    wanted = Wanted(line.service, line.kind, line.purpose)
    if line.kind == "prior-learning":
        if case.occupation is None:
            return "no-occupation"
        provider = offers.assessor_for(case, offered)
        return "no-offer" if provider is None else [wanted._replace(provider=provider, occupation=case.occupation)]
    if line.kind == "course":
        offer = offers.course_for(case, offered, asked, line.teaches)
        return "no-offer" if offer is None else [wanted._replace(provider=offer.provider, course=offer.course)]
    if line.kind in offices.KINDS:
        # Where no office does, the centre itself gives legal help.
        return [wanted._replace(provider=offices.office_for(case, line.kind, directory))]
    return [wanted]


def _schemes(line: Line, answers: Sequence[eligibility.Answer]) -> list[Wanted] | str:
    """A referral to each scheme that takes the person, or why none does."""
    eligible = [answer.scheme for answer in answers if answer.outcome == eligibility.ELIGIBLE]
    if eligible:
        return [Wanted(line.service, line.kind, line.purpose, scheme=scheme) for scheme in eligible]
    return answers[0].reason if answers else "no-rule"


def agree(case: Case, plan: str, proposal: Proposal, codes: Iterator[str], now: datetime) -> Decision:
    """The person agrees to the proposal: the plan, its referrals, and what eligibility rules answered.

    `plan` is the new plan's id; `codes` gives an unused referral code for each referral that is wanted.
    """
    today = day(now)
    services = tuple(proposal.services)
    agreed = Plan(plan, case.person, case.caseid, RULES, services, proposal.unmet, today)
    decision = Decision(
        (agreed, case._replace(plan=plan)),
        (NewEvent(case.person, PlanAgreed(plan=plan, services=services), case.caseid),),
    )
    for wanted in proposal.wanted:
        made = referrals.request(wanted, plan, next(codes), case.person, case.caseid, now)
        decision = decision.and_then(made)
    return decision.and_then(Decision(evaluations(case, plan, proposal.answers, now)))


def evaluations(
    case: Case, origin: str, answers: Iterable[eligibility.Answer], now: datetime
) -> tuple[Evaluation, ...]:
    """Answers as they are kept. `origin` is the id of what made the rules be asked."""
    return tuple(
        Evaluation(
            str(uuid.uuid5(uuid.UUID(origin), f"evaluation {answer.scheme}")), case.person, case.caseid, *answer, now
        )
        for answer in answers
    )
