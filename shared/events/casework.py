"""Facts that intake owns about the work in a case: assessments, the case plan with its goals, sessions, legal matters.

Ids, codes and days only. What was answered, how vulnerable the person is, her scores, what a goal says and what was
talked about never leave intake.
"""

from datetime import date

from pydantic import Field

from shared.events.envelope import Code, Contract, Id, contract


@contract("intake", "assessment-due")
class AssessmentDue(Contract):
    """The day of a further assessment has come, and it was not held yet."""

    assessment: Id
    moment: Code = Field(description="month-3, month-6 or month-12 after the registration")
    due_on: date


@contract("intake", "assessment-recorded")
class AssessmentRecorded(Contract):
    """An assessment was held; its answers and what they come to stay in intake."""

    assessment: Id
    moment: Code = Field(description="entry, month-3, month-6, month-12, or extra")
    questionnaire: Code = Field(description="version of the questionnaire")


@contract("intake", "case-plan-late")
class CasePlanLate(Contract):
    """The day by which the case should have had an approved plan went by without one."""

    approve_by: date
    state: Code = Field(description="none, draft, agreed or returned")


@contract("intake", "case-plan-agreed")
class CasePlanAgreed(Contract):
    """The returnee agreed to the goals of her plan; the centre's lead decides next."""

    revision: int = Field(ge=1, le=10_000)
    goals: int = Field(ge=1, le=1_000, description="how many are open")
    given: Code = Field(description="signed, or spoken before a witness")


@contract("intake", "case-plan-decided")
class CasePlanDecided(Contract):
    """The centre's lead approved the plan, or sent it back with a reason."""

    revision: int = Field(ge=1, le=10_000)
    decision: Code = Field(description="approved or returned")
    reason: Code | None = Field(default=None, description="of a return")


@contract("intake", "session-held")
class SessionHeld(Contract):
    """Counsellor and person talked; what about stays in intake."""

    session: Id
    mode: Code = Field(description="centre, home, phone or elsewhere")


@contract("intake", "legal-matter-moved")
class LegalMatterMoved(Contract):
    """A legal matter in which the centre helps was opened, or a step of it was done."""

    matter: Id
    need: Code = Field(description="the need it answers: unpaid-wages, legal-aid or identity-document")
    state: Code = Field(description="opened, or the step that was done")
