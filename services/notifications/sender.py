"""The sender: hands messages that are ready to their channel, and records what became of each.

One sender a database is active, by a lock held over reading, sending and recording. No person is locked while a
channel is at work; what became of a message is recorded under its person's lock afterwards. A sender killed between
the two hands the same messages over again, and the channel, which knows them by their ids, takes none twice.
"""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import Any, Final, cast

import orjson

from services.notifications import texts
from services.notifications.channel import Channel, Folder, Letter, Unavailable
from services.notifications.domain import telling
from services.notifications.storage import KINDS, MESSAGES, READY
from shared.database import Connection, Database
from shared.kinds import Decision
from shared.loop import Loop
from shared.outcome import recorded_lines
from shared.reference import Language
from shared.service import Running
from shared.telemetry import write_lines
from shared.work import Cause, Clock, Work

LOCK: Final = 0x5265_6C61_7901
"""The advisory lock of a database's active sender; the relay's is one lower."""
BATCH: Final = 200
"""Messages a transaction: few enough to be out well within the database's idle_in_transaction_session_timeout."""


class Sender(Loop):
    """Sends until it is stopped. Without a folder for the local channel messages wait, and `failure` says so."""

    name, batch, poll_seconds = "sender", BATCH, 1.0

    def __init__(self, running: Running, channel: Channel | None = None) -> None:
        super().__init__()
        settings = running.settings
        if channel is None and settings.outbox is not None:
            channel = Folder(settings.outbox)
        self._channel = channel
        self._database = Database(settings.database_url.get_secret_value(), 1, f"{running.service.name} sender")
        self._clock: Clock = running.clock
        self._committed = running.committed
        self._instruments = running.instruments

    def told(self, failure: Exception) -> str:
        return str(failure) if isinstance(failure, Unavailable) else super().told(failure)

    async def stop(self) -> None:
        await super().stop()
        await self._database.close()

    async def step(self) -> int:
        """Send one batch; returns how many messages were settled. Raises what keeps it from that."""
        if self._channel is None:
            raise Unavailable("REINTEGRATION_OUTBOX names no folder for messages")
        begun = perf_counter()
        async with self._database.transaction() as connection:
            if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", LOCK):
                return 0
            rows = await connection.fetch(READY, BATCH)
            if not rows:
                return 0
            work = Work(connection, KINDS, self._clock())
            letters, reasons = _sorted_out(rows, work)
            await asyncio.to_thread(self._channel.deliver, letters)
            await _record(connection, work, rows, reasons)
        self._committed()
        contexts = [work.working.get(MESSAGES, row["message"]).traceparent for row in rows]
        self._instruments.worked("send messages", contexts, begun, messages=len(letters), others=len(reasons))
        write_lines(recorded_lines(work, (perf_counter() - begun) * 1e3))
        return len(rows)


Verdict = tuple[str, str]
"""What becomes of a message that is not sent, and why."""


def _sorted_out(rows: Sequence[Any], work: Work) -> tuple[list[Letter], dict[str, Verdict]]:
    """The letters to send; and of the other messages, what becomes of them instead.

    Asked again here, since a message may have been ready for hours while its channel was away."""
    letters, verdicts = [], {}
    for row in rows:
        reason = telling.why_withheld(
            row["consented"], row["consent_expires"], row["silent"], row["happened_at"], work.working.now
        )
        if reason is not None:
            verdicts[row["message"]] = (telling.WITHHELD, reason)
            continue
        if row["channel"] == telling.NO_CHANNEL:
            # Here and not where it became a message: the failure follows from the fact, whatever came after it.
            verdicts[row["message"]] = (telling.FAILED, "unreachable")
            continue
        try:
            letters.append(_letter(row))
        except texts.NoText:
            verdicts[row["message"]] = (telling.FAILED, "no-text")
    return letters, verdicts


def _letter(row: Any) -> Letter:
    text = texts.text(row["template"], orjson.loads(row["fields"]), cast(Language, row["language"]))
    return Letter(
        message=row["message"],
        contact=row["contact"],
        channel=row["channel"],
        language=row["language"],
        template=row["template"],
        about=row["about"],
        happened_at=row["happened_at"].isoformat(),
        parts=texts.sms_parts(text),
        text=text,
    )


async def _record(connection: Connection, work: Work, rows: Sequence[Any], verdicts: dict[str, Verdict]) -> None:
    await work.lock({row["person"] for row in rows})
    await work.load(MESSAGES(row["message"]) for row in rows)
    for row in rows:
        message = work.working.get(MESSAGES, row["message"])
        cause = Cause(message.correlationid, message.about, message.traceparent)
        work.apply(_decision(message, verdicts.get(message.message), work), cause)
    await work.save()


def _decision(message: telling.Message, verdict: Verdict | None, work: Work) -> Decision:
    now = work.working.now
    match verdict:
        case None:
            return telling.deliver(message, now)
        case (telling.FAILED, reason):
            return telling.fail(message, reason, now)
        case (_, reason):
            return telling.withhold(message, reason, now)
