"""What the repair desk is asked and answers, as JSON."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path as PathPart
from pydantic import BaseModel, ConfigDict, Field

from shared.correcting import MOST_FIELDS
from shared.events.envelope import Code, Id
from shared.faults import FieldFault

Why = Annotated[str, Field(min_length=3, max_length=500, pattern=r"^[^\x00]*$")]
Number = Annotated[int, PathPart(ge=1, le=2**62, description="of the parked record, as the list shows it")]


class ParkedRecord(BaseModel):
    """A record set aside: what is known of it, without its content."""

    number: int
    id: Id | None
    owner: str
    person: Id | None
    sequence: int | None
    type: str | None
    reason: Code
    words: str = Field(description="the reason in plain words")
    words_km: str = Field(description="the same in Khmer")
    detail: str = Field(description="which field and what kind of fault, never what stood there")
    topic: str
    partition: int
    offset: int
    last_offset: int | None = Field(description="where a whole batch could not be read: its last offset")
    state: Code
    parked_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    settled_why: str | None


class ParkedList(BaseModel):
    """A page of what is parked; `after` asks for the next one, null on the last."""

    counts: dict[str, int] = Field(description="of all in this state, by reason")
    parked: list[ParkedRecord]
    after: int | None


class DroppedElsewhere(BaseModel):
    """An event of this service's own that another service's operator gave up."""

    told: Id = Field(description="the event that told so")
    consumer: Code = Field(description="who gave it up")
    event: Id | None
    type: str | None
    person: Id
    code: Code = Field(description="why, in a code; the words stay where it was given up")
    reason: Code = Field(description="why it had been parked there")
    topic: str
    partition: int
    first_offset: int
    last_offset: int
    dropped_at: datetime


class DroppedElsewhereList(BaseModel):
    """What others gave up, newest first."""

    dropped: list[DroppedElsewhere]


class Action(BaseModel):
    """What somebody did about it."""

    action: Code
    done_at: datetime
    done_by: str
    why: str
    code: Code | None
    fields: list[str]


class ParkedWhole(BaseModel):
    """One of them whole: its data where they meet their contract, what waits behind it, what was done."""

    record: ParkedRecord
    faults: list[FieldFault] = Field(description="each field that is wrong, by the name it is corrected by, and why")
    data: dict[str, Any] | None = Field(description="null where it does not meet its contract")
    behind: list[ParkedRecord] = Field(description="later events of the same person and owner, in order")
    actions: list[Action]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    why: Why = Field(description="kept on record; for operators only")


class Correction(_Asked):
    """New values of named fields: a path in the data (`needs.0`), `data` whole, or `ce_NAME` for an attribute."""

    fields: Annotated[dict[Annotated[str, Field(max_length=200)], Any], Field(min_length=1, max_length=MOST_FIELDS)]


class Replay(_Asked):
    """Try it again, and what waits behind it, in order."""


class Drop(_Asked):
    """Give it up: it will never be applied here."""

    code: Literal["obsolete", "duplicate", "wrong-person", "not-ours", "unreadable"]
