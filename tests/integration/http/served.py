"""The tests' service as a process: `python -m tests.integration.http.served [dying]`, settings by environment."""

import sys
from dataclasses import replace

from shared.loop import Loop
from shared.serving import serve
from shared.settings import Settings
from tests.integration.http.board import SERVICE


class Dying(Loop):
    """A loop that is dead from the start."""

    name, batch, poll_seconds = "dying", 1, 1.0

    def start(self) -> None:
        """Nothing goes on."""

    async def step(self) -> int:
        return 0


if __name__ == "__main__":
    service = replace(SERVICE, loops=lambda _: (Dying(),)) if sys.argv[1:] == ["dying"] else SERVICE
    sys.exit(serve(service, Settings()))
