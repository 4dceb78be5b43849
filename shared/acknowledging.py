"""Acknowledgement: the offsets of what was applied, committed beside the work on the next batch.

Each commit names its offsets, so that it never speaks for records that are still at work (FastStream's own `ack`
commits the client's position, whatever has been polled meanwhile). A commit that fails or is cut off costs a
repetition, which the inbox drops.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any, Final

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from shared.telemetry import describe, log

ACKNOWLEDGE_SECONDS: Final = 30
"""The client itself would wait for a lost coordinator without limit."""

SETTLE_SECONDS: Final = 5

PAUSE_SECONDS: Final = 0.05
"""Between two commits: small batches come by the hundred a second, and a commit for each would cost more than the
repetitions that it spares."""


class Offsets:
    """Commits one set of offsets at a time, always the newest."""

    def __init__(self) -> None:
        self._due: dict[TopicPartition, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def applied(self, client: Any, records: Sequence[ConsumerRecord[Any, Any]]) -> None:
        """These records are done, in the order of their offsets; they are committed now or after the commit at hand."""
        for record in records:
            self._due[TopicPartition(record.topic, record.partition)] = record.offset + 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._commit(client), name="acknowledge")

    async def settled(self) -> None:
        """Wait until nothing is to be committed, though not for long: whoever stops would rather repeat."""
        self._closing.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=SETTLE_SECONDS)

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
            except (KafkaError, IllegalStateError, TimeoutError) as error:
                log.warning("offsets not committed", reason=describe(error))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSE_SECONDS):
                    await self._closing.wait()
