"""A network path that can be hurt: a TCP proxy on one port of 127.0.0.1, in a thread of its own.

What a packet filter would do needs rights that tests do not have; a proxy in the path does the same to both ends:
delay, little bandwidth, silence, connections that are reset, that only one end still holds, or that are refused.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Literal, Self

from deploy.embedded.ports import LOOPBACK, free_port

PIECE: Final = 64 * 1024
NARROW_PIECE: Final = 256
"""Bytes passed on at once where there is little bandwidth, so that healing is noticed within a piece."""
LOOK_SECONDS: Final = 0.02

End = Literal["client", "server"]
WAYS: Final[tuple[tuple[End, End], ...]] = (("client", "server"), ("server", "client"))
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(eq=False)
class _Path:
    """One connection through the proxy, and what passes its bytes on."""

    ends: dict[End, Stream]
    tasks: list[asyncio.Task[None]]


class Proxy:
    """`with Proxy(port) as proxy:` clients of `proxy.port` reach that port, of this machine or of `host`.

    Each way of hurting it holds until `heal`, and may be used from any thread; `reset` is over at once. Connections
    halved stay so after `heal`: a client has to notice by itself that nobody is there any more."""

    def __init__(self, target: int, host: str = LOOPBACK) -> None:
        self.port = free_port()
        self.accepted = 0
        """Connections that came so far."""
        self._target, self._host = target, host
        self._paths: set[_Path] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._delay, self._bandwidth, self._silent, self._halved = 0.0, 0.0, False, False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything; both ends see their connections closed."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def open(self) -> int:
        """Connections that pass bytes on now."""
        return len(self._paths)

    def delay(self, seconds: float) -> None:
        """Each piece takes so much longer, in both directions."""
        self._delay = seconds

    def narrow(self, bandwidth: float) -> None:
        """So many bytes a second of each connection and direction."""
        self._bandwidth = bandwidth

    def silence(self) -> None:
        """Nothing passes, new connections are answered by nobody; after `heal` what was sent meanwhile arrives."""
        self._silent = True

    def reset(self) -> None:
        """Both ends of every connection are told that it is reset (RST)."""
        self._run(self._reset())

    def halve(self, kept: End) -> None:
        """One end of every connection stays open, swallows whatever comes and never answers; the other end is reset.
        Until `heal` new connections are swallowed as well."""
        self._halved = True
        self._run(self._halve(kept))

    def cut(self) -> None:
        """Every connection is reset, and new ones are refused."""
        self._run(self._cut())

    def heal(self) -> None:
        """As if nothing had been done, but for connections that are gone."""
        self._delay, self._bandwidth, self._silent, self._halved = 0.0, 0.0, False, False
        self._run(self._listen())

    def _run(self, step: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result()

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, LOOPBACK, self.port, limit=PIECE)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self._halved:
            self._keep(_swallow((reader, writer)))
            return
        while self._silent:
            await asyncio.sleep(LOOK_SECONDS)
        try:
            server = await asyncio.open_connection(self._host, self._target, limit=PIECE)
        except OSError:
            _abort(writer)
            return
        path = _Path({"client": (reader, writer), "server": server}, [])
        if self._server is None or self._halved:  # meanwhile
            _reset(path)
            return
        self._paths.add(path)
        path.tasks = [self._keep(self._pass(path, *way)) for way in WAYS]

    def _keep(self, step: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(step)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _pass(self, path: _Path, source: End, target: End) -> None:
        """Pass on what one end sends until it has no more to say; then neither end has."""
        reader, writer = path.ends[source][0], path.ends[target][1]
        with contextlib.suppress(OSError):
            while piece := await reader.read(NARROW_PIECE if self._bandwidth else PIECE):
                await self._hold(len(piece))
                writer.write(piece)
                await writer.drain()
        self._paths.discard(path)
        for _, end in path.ends.values():
            end.close()

    async def _hold(self, size: int) -> None:
        """Let a piece take as long as it takes now."""
        if self._delay:
            await asyncio.sleep(self._delay)
        if self._bandwidth:
            await asyncio.sleep(size / self._bandwidth)
        while self._silent:
            await asyncio.sleep(LOOK_SECONDS)

    async def _reset(self) -> None:
        for path in self._taken():
            _reset(path)

    async def _halve(self, kept: End) -> None:
        for path in self._taken():
            other: End = "server" if kept == "client" else "client"
            _abort(path.ends[other][1])
            self._keep(_swallow(path.ends[kept]))

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._reset()

    def _taken(self) -> list[_Path]:
        """All paths, with nothing passed on any more."""
        taken = list(self._paths)
        self._paths.clear()
        for path in taken:
            for task in path.tasks:
                task.cancel()
        return taken

    async def _close(self) -> None:
        await self._cut()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _swallow(stream: Stream) -> None:
    """Take whatever comes, and say nothing, until that end gives up."""
    reader, writer = stream
    with contextlib.suppress(OSError):
        try:
            while await reader.read(PIECE):
                pass
        finally:
            writer.close()


def _reset(path: _Path) -> None:
    for _, end in path.ends.values():
        _abort(end)


def _abort(writer: asyncio.StreamWriter) -> None:
    """Close at once, with RST instead of an orderly end."""
    taken: socket.socket | None = writer.get_extra_info("socket")
    if taken is not None:
        with contextlib.suppress(OSError):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
