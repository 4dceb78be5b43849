"""The end of a case, and the assessment of needs within it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.intake.domain.model import Case, Referral
from services.intake.domain.referrals import withdraw_all
from shared import reference
from shared.events.envelope import NewEvent
from shared.events.intake import CaseClosed, NeedsAssessed
from shared.events.transfers import CaseReopened
from shared.kinds import Decision
from shared.rejections import Conflict

QUESTIONNAIRE: Final = "intake-1"
"""Version of the list of needs that a counsellor goes through with the person."""


def assess(case: Case, needs: tuple[str, ...]) -> Decision:
    """Needs were assessed; those that touch health, poverty, debt or violence stay in intake."""
    require_open(case)
    told = tuple(need for need in needs if reference.needs()[need].publishable)
    return Decision(
        (case._replace(needs=needs),),
        (NewEvent(case.person, NeedsAssessed(questionnaire=QUESTIONNAIRE, needs=told), case.caseid),),
    )


def close(case: Case, made: Sequence[Referral], reason: str, today: date) -> Decision:
    """Close the case for a reason; what is still open with other offices is taken back first."""
    require_open(case)
    closed = case._replace(state="closed", closing=reason, closed_on=today)
    return withdraw_all(made, "case-closed", today).and_then(
        Decision((closed,), (NewEvent(case.person, CaseClosed(reason=reason), case.caseid),))
    )


def reopen(case: Case, latest: str, reason: str) -> Decision:
    """A closed case goes on; what was taken back with its closing stays so.

    `latest` is the person's latest case. Raises Conflict `case-open` where there is nothing to reopen, and `newer-case`
    where the person came back once more since.
    """
    if case.state == "open":
        raise Conflict("case-open")
    if case.caseid != latest:
        raise Conflict("newer-case")
    reopened = case._replace(state="open", closing=None, closed_on=None)
    return Decision((reopened,), (NewEvent(case.person, CaseReopened(reason=reason), case.caseid),))


def require_open(case: Case) -> None:
    """Raises Conflict `case-closed` for a case that is over: the person gets a new one when she comes back."""
    if case.state != "open":
        raise Conflict("case-closed")
