"""Facts that notifications owns: what reached the person and what did not."""

from pydantic import Field

from shared.events.envelope import Code, Contract, Id, contract


class MessageFact(Contract):
    """What every fact about a message carries."""

    message: Id
    template: Code
    channel: Code
    language: Code
    about: Id = Field(description="id of the event the message tells of")


@contract("notifications", "message-delivered")
class MessageDelivered(MessageFact):
    """The channel took the message."""


@contract("notifications", "message-failed")
class MessageFailed(MessageFact):
    """The channel refused the message for good."""

    reason: Code
