"""Assessments at entry and 3, 6 and 12 months later, and the moments at which a case is looked at by itself.

One timer walks through the moments of a case, each setting the next: the day by which a plan should be approved, then
the days of the later assessments. It says what became due; it changes nothing that a person decides.
"""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from services.intake.domain.cases import require_open
from services.intake.domain.casework import Assessment, CasePlan
from services.intake.domain.model import Case
from services.intake.domain.norms import Norms, begin, months_after, plan_by
from shared.events.casework import AssessmentDue, AssessmentRecorded, CasePlanLate
from shared.events.envelope import NewEvent
from shared.kinds import NOTHING, Decision, NewTimer
from shared.rejections import Conflict, Rejected

MOMENT: Final = "case-moment"
"""Name of the timer."""

ENTRY, EXTRA = "entry", "extra"
LATER: Final = ("month-3", "month-6", "month-12")
MOMENTS: Final = ("plan", *LATER)
"""In the order in which they come."""


def first_moment(case: Case, norms: Norms) -> Decision:
    """The timer that a new case gets."""
    return Decision(timers=(_timer(case, MOMENTS[0], norms),))


def due_on(case: Case, moment: str, norms: Norms) -> date:
    """The day on which an assessment is due; of the one at entry, the last day for it."""
    if moment == ENTRY:
        return case.registered_on + timedelta(days=norms.entry)
    return months_after(case.registered_on, getattr(norms, moment.replace("-", "_")))


def pass_moment(
    case: Case, moment: str, plan: CasePlan | None, known: Iterable[Assessment], norms: Norms, today: date
) -> Decision:
    """The timer fired: say what became due or late, and set the next. The moments of a closed case pass in silence,
    so that one that is opened again goes on at the next."""
    decision = NOTHING
    if case.state == "open":
        decision = _plan_late(case, plan, norms, today) if moment == MOMENTS[0] else _due(case, moment, known, norms)
    following = MOMENTS[MOMENTS.index(moment) + 1 :]
    if following:
        decision = decision.and_then(Decision(timers=(_timer(case, following[0], norms),)))
    return decision


def record(
    case: Case,
    known: Iterable[Assessment],
    moment: str,
    questionnaire: str,
    held_on: date,
    new_id: str,
    norms: Norms,
    today: date,
) -> tuple[Assessment, Decision]:
    """An assessment was held.

    Each moment has one; `extra` any number. Raises Conflict `recorded-already` or `not-due-yet` with the moments that
    are possible now, Rejected `future-date` or `too-early` for a day that cannot be.
    """
    require_open(case)
    if held_on > today:
        raise Rejected("future-date", field="held_on")
    if held_on < min(case.registered_on, case.return_date or case.registered_on):
        raise Rejected("too-early", field="held_on")
    recorded = {each.moment for each in known if each.caseid == case.caseid and each.state == "recorded"}
    early = timedelta(days=norms.assessment_early)
    possible = [ENTRY, *(each for each in LATER if due_on(case, each, norms) - early <= today)]
    possible = [each for each in possible if each not in recorded] + [EXTRA]
    if moment not in possible:
        raise Conflict("recorded-already" if moment in recorded else "not-due-yet", field="moment", allowed=possible)
    identity = new_id if moment == EXTRA else identity_of(case, moment)
    due = held_on if moment == EXTRA else due_on(case, moment, norms)
    made = Assessment(identity, case.person, case.caseid, moment, due, "recorded", questionnaire, held_on)
    fact = AssessmentRecorded(assessment=identity, moment=moment, questionnaire=questionnaire)
    return made, Decision((made,), (NewEvent(case.person, fact, case.caseid),))


def identity_of(case: Case, moment: str) -> str:
    """The id of a case's assessment at a moment: there is one, whoever makes it first."""
    return str(uuid.uuid5(uuid.UUID(case.caseid), f"assessment {moment}"))


def _plan_late(case: Case, plan: CasePlan | None, norms: Norms, today: date) -> Decision:
    by = plan_by(norms, case.registered_on, case.return_date)
    if today <= by or (plan is not None and plan.state == "approved"):
        return NOTHING
    fact = CasePlanLate(approve_by=by, state="none" if plan is None else plan.state)
    return Decision((), (NewEvent(case.person, fact, case.caseid),))


def _due(case: Case, moment: str, known: Iterable[Assessment], norms: Norms) -> Decision:
    if any(each.caseid == case.caseid and each.moment == moment for each in known):
        return NOTHING
    made = Assessment(identity_of(case, moment), case.person, case.caseid, moment, due_on(case, moment, norms))
    fact = AssessmentDue(assessment=made.assessment, moment=moment, due_on=made.due_on)
    return Decision((made,), (NewEvent(case.person, fact, case.caseid),))


def _fires_on(case: Case, moment: str, norms: Norms) -> date:
    if moment == MOMENTS[0]:
        return plan_by(norms, case.registered_on, case.return_date) + timedelta(days=1)
    return due_on(case, moment, norms)


def _timer(case: Case, moment: str, norms: Norms) -> NewTimer:
    data = {"case": case.caseid, "moment": moment}
    return NewTimer(MOMENT, case.person, begin(_fires_on(case, moment, norms)), data, case.caseid)
