"""Facts that training owns: seats, completions, recognition of prior learning, skills recognised."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.events.envelope import Code, Contract, Id, Occupation, ReferralCode, contract

Codes = Annotated[tuple[Code, ...], Field(max_length=50)]


class CourseFact(Contract):
    """What every fact about a person on a course carries."""

    referral: Id
    code: ReferralCode
    course: Code
    provider: Code | None = None


@contract("training", "seat-reserved")
class SeatReserved(CourseFact):
    """A seat on the course is held for the person."""

    starts: date | None = None


@contract("training", "seat-refused")
class SeatRefused(CourseFact):
    """No seat: the person is told before travelling."""

    reason: Code = Field(description="full, closed or unknown-course")


@contract("training", "completion-recorded")
class CompletionRecorded(CourseFact):
    """A provider recorded how the course ended for the person."""

    completed_on: date
    result: Code = Field(description="passed or not-passed")


@contract("training", "prior-learning-decided")
class PriorLearningDecided(Contract):
    """Assessors decided on an application for recognition of prior learning."""

    application: Id
    referral: Id | None = None
    code: ReferralCode | None = None
    occupation: Occupation
    decision: Code = Field(description="recognised, partly-recognised or not-yet")
    skills: Codes = Field(default=(), description="skills found competent")
    gaps: Codes = Field(default=(), description="skills not yet competent")


@contract("training", "skills-recognised")
class SkillsRecognised(Contract):
    """Skills were recognised; a reader adds them to those it knows of the person."""

    skills: Codes
    via: Code = Field(description="completion or prior-learning")
    evidence: Id = Field(description="the referral or application the recognition rests on")
