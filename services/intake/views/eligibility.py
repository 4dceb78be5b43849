"""Rules of social protection, their answers, and what a person said, as they are shown."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from services.intake.texts import Sentence


class FactView(BaseModel):
    """A fact that rules ask for, as the question that is put to her or where it comes from."""

    fact: str
    asked: bool = Field(description="she is asked for it; otherwise it is told by her case or by who she is")
    keeps_days: int | None = Field(description="for so long an answer is believed; null: for good")
    en: str
    km: str


class RuleView(BaseModel):
    """A rule with where it comes from. Not verified: `doubt` says what rests on hearsay."""

    scheme: str
    title_en: str
    title_km: str
    version: str
    valid_from: date
    valid_to: date | None
    holds: bool = Field(description="today")
    decides: str = Field(description="counsellor, or rule where nothing is left to judge")
    source: str
    verified: bool
    doubt: str
    grounds: list[Sentence] = Field(description="any one of them makes her eligible")
    exclusions: list[Sentence]
    asks_for: list[FactView]


class Rules(BaseModel):
    """Every rule of this build, and the version of those that hold today."""

    version: str
    rules: list[RuleView]


class DecisionView(BaseModel):
    """What was decided on an answer."""

    decision: str
    reason: str | None
    decided_at: datetime
    referral: str | None


class AnswerView(BaseModel):
    """A scheme's last answer about a case: a proposal, on which people decide."""

    evaluation: str
    scheme: str
    title_en: str
    title_km: str
    rule: str
    verified: bool = Field(description="whether the rule was read in the law itself")
    outcome: str = Field(description="eligible, not-eligible, or unknown because facts are missing")
    why: Sentence
    missing: list[FactView]
    evaluated_at: datetime
    decided: DecisionView | None


class SaidView(BaseModel):
    """What a person said when she was asked; null where nothing is known, or the answer is too old to believe."""

    fact: FactView
    value: bool | None
    said_on: date | None
    believed: bool
