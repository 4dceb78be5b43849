"""Questionnaires and assessments as they are shown."""

from datetime import date

from pydantic import BaseModel, Field


class Title(BaseModel):
    """A code and what it is called."""

    code: str
    en: str
    km: str


class ChoiceView(Title):
    """An answer that may be chosen."""

    urgent: bool


class QuestionView(Title):
    """A question with its choices in order; to each `no-answer` may be said too."""

    subject: Title
    choices: list[ChoiceView]


class QuestionnaireView(BaseModel):
    """A version of the questionnaire."""

    version: str
    valid_from: date
    valid_to: date | None
    source: str
    questions: list[QuestionView]


class VulnerabilityView(BaseModel):
    """What answers come to: shares of difficulty from 0 to 1. None: not known, as an answer is missing."""

    rule: str
    level: str | None
    whole: float | None
    subjects: dict[str, float | None]
    missing: list[str]
    urgent: list[str] = Field(description="questions whose answer is urgent")
    needs: list[str] = Field(description="hinted at by answers; the counsellor decides")


class OutcomeView(BaseModel):
    """The reintegration outcome score by these weights, from 0 to 1. None: not known, as an answer is missing.

    `change` is the difference from the assessment at entry, where both are known and made by the same weights."""

    weights: str
    dimensions: dict[str, float | None]
    whole: float | None
    missing: list[str]
    change: dict[str, float] = {}


class AssessmentView(BaseModel):
    """An assessment, due or recorded, with what was said in confidence."""

    assessment: str
    moment: str
    state: str
    due_on: date
    held_on: date | None
    questionnaire: str | None
    answers: dict[str, str]
    note: str | None
    vulnerability: VulnerabilityView | None
    outcome: OutcomeView | None
