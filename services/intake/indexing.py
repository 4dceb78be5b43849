"""Identities that an earlier version kept get the digests by which persons are found."""

from services.intake import identity
from shared.loop import Loop
from shared.service import Running


class Indexing(Loop):
    """Works off what has no digests yet, once after a start and then every hour; commits do not hurry it."""

    name = "search-keys"
    batch = 500
    poll_seconds = 1.0
    pause_seconds = 3_600.0

    def __init__(self, running: Running) -> None:
        super().__init__()
        self._running = running

    async def step(self) -> int:
        """A page of identities; returns how many they were."""
        secret = self._running.settings.digest_key.get_secret_value()
        async with self._running.database.transaction() as connection:
            return await identity.index(connection, secret, self.batch)
