"""What aiokafka's connections lack.

Under uvloop: where a broker resets a connection, there are some turns of the event loop in which aiokafka still holds
it for alive. A write then raises OSError or nothing under asyncio, and RuntimeError under uvloop, which aiokafka does
not expect: the task that keeps its metadata ends without a word, and whoever waits for metadata from then on waits for
ever, with a lock that its heartbeats and commits need too.

And an end that is left of a lost connection: see `hang_up`.
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


def hang_up(admin: Any) -> None:
    """Close the connections of aiokafka's administrator, that did not answer in time; the next request makes new ones.

    Of a connection that was lost without a word, as when a firewall forgot it, only our end is left. The client closes
    one when a request of its own has waited for its time, but not when whoever asked gave up before: every request
    would then be sent into the same void.
    """
    for connection in list(admin._client._conns.values()):
        connection.close(reason=CloseReason.CONNECTION_TIMEOUT)
