"""What aiokafka's connections lack under uvloop.

Where a broker resets a connection, there are some turns of the event loop in which aiokafka still holds it for alive.
A write then raises OSError or nothing under asyncio, and RuntimeError under uvloop, which aiokafka does not expect: the
task that keeps its metadata ends without a word, and whoever waits for metadata from then on waits for ever, with a
lock that its heartbeats and commits need too.
"""

from collections.abc import Callable
from typing import Any

from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError

_send: Callable[..., Any] = AIOKafkaConnection.send


def _guarded(self: AIOKafkaConnection, request: Any, expect_response: bool = True) -> Any:
    try:
        return _send(self, request, expect_response=expect_response)
    except RuntimeError as error:
        self.close(reason=CloseReason.CONNECTION_BROKEN)
        raise KafkaConnectionError("the connection to the broker is closed already") from error


def guard() -> None:
    """Have every connection of this process tell of a write that comes too late as of any other lost connection."""
    AIOKafkaConnection.send = _guarded
