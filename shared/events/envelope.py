"""Events as they travel: CloudEvents 1.0 in Kafka's binary mode, and the registry of contracts.

A contract is a pydantic model of an event's data, registered under its owner, fact and version. The type's name is
`reintegration.OWNER.FACT.vN`; the key of the record is the subject, which is a person unless the contract's topic
says otherwise. Personal data never stands in an event: random ids and the codes a contract lists, nothing else.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

PREFIX = "reintegration"

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A random id: a UUID in canonical lower case."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""One of a list of codes. The lists are open: a reader must live with a code it has never heard of."""
Commune = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
"""A commune's official code, six digits: province, district, commune."""
Occupation = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
"""An ISCO-08 unit group, four digits."""
ReferralCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}$")]
"""What a person carries from one office to the next: ten digits and two check digits."""


class Contract(BaseModel):
    """The data of an event. Unknown fields are ignored, so that a newer writer never breaks an older reader."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    owner: ClassVar[str]
    fact: ClassVar[str]
    version: ClassVar[int]
    type: ClassVar[str]
    topic: ClassVar[str]


C = TypeVar("C", bound=type[Contract])

REGISTRY: dict[str, type[Contract]] = {}
"""Every contract by its type's name."""


def contract(owner: str, fact: str, version: int = 1, topic: str | None = None) -> Callable[[C], C]:
    """Register a contract; `topic` is the owner's topic for persons unless the fact concerns something else."""

    def register(model: C) -> C:
        model.owner, model.fact, model.version = owner, fact, version
        model.type = f"{PREFIX}.{owner}.{fact}.v{version}"
        model.topic = topic or owner
        if model.type in REGISTRY:
            raise ValueError(f"{model.type} is registered twice")
        REGISTRY[model.type] = model
        return model

    return register


class Event(NamedTuple):
    """An event with its attributes, decoded; `sequence` counts from 1 for each (owner, subject) without a gap."""

    id: str
    type: str
    subject: str
    sequence: int
    time: datetime
    caseid: str | None
    correlationid: str
    causationid: str | None
    traceparent: str | None
    data: Contract

    @property
    def owner(self) -> str:
        return self.data.owner


class NewEvent(NamedTuple):
    """A fact about to be recorded: of whom, what, and in which case if it belongs to one."""

    subject: str
    data: Contract
    caseid: str | None = None
