"""Acknowledgement: the offsets of what was applied, committed beside the work on the next batch.

Each commit names its offsets, so that it never speaks for records that are still at work (FastStream's own `ack`
commits the client's position, whatever has been polled meanwhile). A commit that fails or is cut off costs a
repetition, which the inbox drops.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from shared.telemetry import describe, log

ACKNOWLEDGE_SECONDS = 15
"""The client itself would wait for a lost coordinator without limit."""

ANSWER_SECONDS: Final = 3
"""How long whoever asks whether Kafka answers waits for it."""

UNANSWERED_COMMITS: Final = 2
"""Commits in a row that nobody answered, though Kafka answers others: the client has lost its way to its group for
good, as it can when Kafka is killed while it asks for its coordinator."""

SETTLE_SECONDS: Final = 5

LAG_SECONDS: Final = 3
"""How long whoever asks for the lag waits for Kafka."""

PAUSE_SECONDS: Final = 0.05
"""Between two commits: small batches come by the hundred a second, and a commit for each would cost more than the
repetitions that it spares."""


class Offsets:
    """Commits one set of offsets at a time, always the newest. `answers`: whether Kafka answers anybody right now."""

    def __init__(self, answers: Callable[[], Awaitable[bool]]) -> None:
        self._answers = answers
        self._unanswered = 0
        self._due: dict[TopicPartition, int] = {}
        self._reached: dict[TopicPartition, int] = {}
        self._behind: dict[TopicPartition, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def applied(self, client: Any, records: Sequence[Any]) -> None:
        """These records are done, in the order of their offsets; they are committed now or after the commit at hand."""
        reached = {TopicPartition(record.topic, record.partition): record.offset + 1 for record in records}
        self._due.update(reached)
        self._reached.update(reached)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._commit(client), name="acknowledge")

    async def passed_over(self, client: Any, records: Sequence[Any]) -> None:
        """As `applied`, and wait until it is committed, though not for long."""
        self.applied(client, records)
        if self._task is not None:
            await asyncio.wait([self._task], timeout=ACKNOWLEDGE_SECONDS)

    @property
    def lost(self) -> bool:
        """Whether commits are in vain until a new client joins the group. No heartbeats are sent then either, so the
        group gives the partitions away, of which nobody tells this client."""
        return self._unanswered >= UNANSWERED_COMMITS

    async def settled(self) -> None:
        """Wait until nothing is to be committed, though not for long: whoever stops would rather repeat."""
        self._closing.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=SETTLE_SECONDS)

    async def lag(self, client: Any) -> dict[TopicPartition, int]:
        """How many records of each partition held are not applied yet, from what the client knows by itself. Kafka is
        asked where nothing was applied since the last time, as another member may have held the partition meanwhile:
        the client's own position will not do, since it is ahead of a batch that is put back again and again."""
        held = client.assignment()
        for left in self._reached.keys() - held:
            del self._reached[left]
        found = {}
        async with asyncio.timeout(LAG_SECONDS):
            for partition in held:
                end = client.highwater(partition)
                if end is None:
                    continue  # not one fetch has been answered yet
                reached = self._reached.get(partition)
                if reached is None or (end > reached and self._behind.get(partition) == reached):
                    committed = await client.committed(partition) or 0
                    reached = self._reached[partition] = max(self._reached.get(partition, 0), committed)
                self._behind[partition] = reached
                found[partition] = max(0, end - reached)
        return found

    async def _commit(self, client: Any) -> None:
        while self._due:
            due, self._due = self._due, {}
            assigned = client.assignment()  # what moved to another member is that member's to commit
            ours = {partition: offset for partition, offset in due.items() if partition in assigned}
            if not ours:
                continue
            try:
                async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                    await client.commit(ours)
                self._unanswered = 0
            except TimeoutError as error:
                log.warning("offsets not committed", reason=describe(error))
                if not self._closing.is_set():
                    self._due = ours | self._due  # to be tried again, also where nothing more is applied
                    self._unanswered = self._unanswered + 1 if await self._answers() else 0
            except (KafkaError, IllegalStateError) as error:
                log.warning("offsets not committed", reason=describe(error))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSE_SECONDS):
                    await self._closing.wait()
