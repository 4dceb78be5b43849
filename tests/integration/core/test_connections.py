"""A broker that resets connections is one that is away, also in the moment in which the client does not know it yet."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
import uvloop
from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.metadata import MetadataRequest

from shared import connections


@pytest.fixture
def unguarded() -> Iterator[None]:
    """The library's own behaviour, for the time of a test."""
    kept, AIOKafkaConnection.send = AIOKafkaConnection.send, connections._send
    yield
    AIOKafkaConnection.send = kept


class Connection(AIOKafkaConnection):
    """A connection to whatever listens, which need not be a broker."""

    async def _do_version_lookup(self) -> None:
        self._versions = {MetadataRequest.API_KEY: (0, 9)}


async def _write_while_it_is_reset() -> Counter[str]:
    """What became of writes in the turns of the loop between the reset and the client's knowledge of it."""
    seen: Counter[str] = Counter()
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = Connection("127.0.0.1", server.getsockname()[1], request_timeout_ms=3_000)
        connecting = asyncio.create_task(connection.connect())
        accepted, _ = await asyncio.to_thread(server.accept)
        await connecting
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, as of a kill
        accepted.close()
        waiting = []
        while connection._writer is not None:
            await asyncio.sleep(0)
            if connection._writer is not None and connection._writer.transport.is_closing():
                try:
                    waiting.append(asyncio.ensure_future(connection.send(MetadataRequest([]))))
                    seen["written"] += 1
                except (KafkaConnectionError, RuntimeError) as error:
                    seen[type(error).__name__] += 1
        for each in waiting:
            with contextlib.suppress(KafkaConnectionError):
                await each
    return seen


def _under_uvloop() -> Counter[str]:
    """In a thread of its own: the tests' event loop is another."""
    found: list[Counter[str]] = []
    thread = threading.Thread(target=lambda: found.append(uvloop.run(_write_while_it_is_reset())))
    thread.start()
    thread.join(60)
    return found[0]


def test_a_write_that_comes_too_late_is_a_lost_connection() -> None:
    connections.guard()
    seen = _under_uvloop()
    assert seen["RuntimeError"] == 0
    assert seen["KafkaConnectionError"] > 0


@pytest.mark.usefixtures("unguarded")
def test_the_library_alone_does_not_expect_it() -> None:
    """Where this fails, the library has learned it, and the guard can go."""
    assert _under_uvloop()["RuntimeError"] > 0
