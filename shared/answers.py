"""What a command answers, and what became of each row of a batch."""

from pydantic import BaseModel, Field

from shared.events.envelope import Code
from shared.faults import FieldFault, fault
from shared.rejections import Rejected


class Row(BaseModel):
    """What became of one row of a batch: accepted, repeated or refused, with ids, or with what to correct."""

    line: int
    status: Code
    ids: dict[str, str] = {}
    faults: list[FieldFault] = []

    @classmethod
    def refused(cls, line: int, *faults: FieldFault | Rejected) -> "Row":
        """A refused row; a rule's rejection is told with its own sentences."""
        return cls(line=line, status="refused", faults=[_told(each) for each in faults])


def _told(item: FieldFault | Rejected) -> FieldFault:
    if isinstance(item, FieldFault):
        return item
    known = fault(item.field or "", item.reason)
    return known.model_copy(update={name: text for name, text in (("fix", item.en), ("fix_km", item.km)) if text})


class Answer(BaseModel):
    """What a command answers, and what is kept of it: a status, ids and links, never what was sent."""

    status: Code = Field(default="done", description="what became of it")
    ids: dict[str, str] = Field(default={}, description="ids and codes, by what they name")
    links: dict[str, str] = Field(default={}, description="where to look next, by what it shows")
    rows: list[Row] = Field(default=[], description="of a batch: what became of each row")
