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
