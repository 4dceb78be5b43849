"""A TCP proxy before PostgreSQL that loses COMMITs, or their answers, as a network does."""

import asyncio
import contextlib
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

COMMIT = b"COMMIT;\x00"

Loss = Literal["before-commit", "after-commit", "while-committing"]
"""The COMMIT never arrives; it is done and its answer lost; or it arrives late, when the client is long gone."""


class Proxy:
    """Passes everything on until `lose` says what becomes of the next COMMIT."""

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.lose: Loss | None = None
        self.lost = 0
        self.port = 0

    @property
    def url(self) -> str:
        place = f"{self._target.username}:{self._target.password}@127.0.0.1:{self.port}"
        return self._target._replace(netloc=place).geturl()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Cut every connection and refuse new ones."""
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        there_reader, there = await asyncio.open_connection(self._target.hostname, self._target.port or 5432)
        answers = asyncio.create_task(_pass(there_reader, writer))
        try:
            while data := await reader.read(65_536):
                if self.lose is not None and data.endswith(COMMIT):
                    await self._lose(data, there_reader, there, writer, answers)
                    return
                there.write(data)
                await there.drain()
        except ConnectionError:
            pass
        finally:
            answers.cancel()
            for end in (writer, there):
                end.close()

    async def _lose(
        self,
        data: bytes,
        there_reader: asyncio.StreamReader,
        there: asyncio.StreamWriter,
        client: asyncio.StreamWriter,
        answers: asyncio.Task[None],
    ) -> None:
        loss, self.lose = self.lose, None
        self.lost += 1
        answers.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await answers
        if loss == "after-commit":
            there.write(data)
            await there_reader.read(65_536)
        client.close()
        if loss == "while-committing":
            await asyncio.sleep(0.5)
            there.write(data)
            await there_reader.read(65_536)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()
