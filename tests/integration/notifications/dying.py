"""A process of notifications that is killed by SIGKILL while it sends: `python -m … PLACE`, settings as always."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from services.notifications.app import SERVICE
from services.notifications.channel import Folder, Letter
from services.notifications.sender import Sender
from shared.service import Running
from shared.settings import Settings

PLACES = ("half-written", "half-delivered", "delivered-not-recorded")


class Dying(Folder):
    """The local channel, up to a place where the process ends."""

    def __init__(self, folder: Path, place: str) -> None:
        super().__init__(folder)
        self._place = place
        self._left = 5

    def deliver(self, letters: Sequence[Letter], until: float) -> None:
        if self._place == "half-delivered":
            super().deliver(letters[: len(letters) // 2 + 1], until)
            self._die()
        super().deliver(letters, until)
        if self._place == "delivered-not-recorded":
            self._die()

    def _write(self, letter: Letter) -> Path:
        self._left -= 1
        if self._place == "half-written" and self._left <= 0:
            self._die()
        return super()._write(letter)

    def _die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


async def main(place: str) -> None:
    settings = Settings()
    assert settings.outbox is not None
    channel = Dying(settings.outbox, place)
    running = Running(replace(SERVICE, loops=lambda made: (Sender(made, channel),)), settings)
    await running.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
