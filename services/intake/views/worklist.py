"""The work list as it is shown."""

from datetime import date

from pydantic import BaseModel, Field

from services.intake.texts import Sentence


class WorkItem(BaseModel):
    """Something to do, or to wait for. `about` is a code that says more: an assessment's moment, a plan's state, a
    matter's step, a referral's kind."""

    status: str = Field(description="late, due or waiting")
    kind: str
    what: Sentence
    about: str | None
    on: str = Field(description="who has to act: counsellor, lead, centre, office or service")
    office: str | None = Field(description="which one, by its code")
    due_on: date | None
    case: str | None
    person: str | None
    name: str | None = Field(description="of the person, in Khmer where it is known")
    item: str | None = Field(description="id of what it is about, where that is not the case itself")
    code: str | None = Field(description="of a referral")


class Worklist(BaseModel):
    """The centre's work, the oldest day first; `more`: there is more than was asked for."""

    today: date
    items: list[WorkItem]
    more: bool
