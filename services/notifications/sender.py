"""The sender: hands messages that are ready to their channel, and records what became of each.

One sender a database is active, by a lock held over reading, sending and recording. The persons of a batch are locked
before their consent is looked at and until what became of their messages is recorded: whoever records a withdrawal
meanwhile waits, so that nothing goes out after it was recorded. A sender killed between sending and recording hands
the same messages over again, and the channel, which knows them by their ids, takes none twice.
"""

import asyncio
from collections.abc import Sequence
from time import monotonic, perf_counter
from typing import Any, Final, cast

from services.notifications import texts
from services.notifications.channel import Channel, Folder, Letter, Unavailable
from services.notifications.domain import telling
from services.notifications.domain.telling import Message
from services.notifications.storage import KINDS, MESSAGES, READY, RECIPIENTS
from shared.database import Database
from shared.kinds import Decision
from shared.loop import Loop
from shared.outcome import recorded_lines
from shared.reference import Language
from shared.service import Running
from shared.telemetry import write_lines
from shared.work import Cause, Clock, Work

LOCK: Final = 0x5265_6C61_7901
"""The advisory lock of a database's active sender; the relay's is one lower."""
BATCH: Final = 100
"""Messages a transaction: few, since their persons' events wait while they are on their way."""
OUT_WITHIN: Final = 15
"""Seconds after which a batch sends nothing more. Its locks end with its session, and the server ends that 25 seconds
after it lost sight of us, or after 60 of an idle transaction (`shared.database.SERVER_SETTINGS`)."""


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
            # The clock of the locks begins before them.
            until = monotonic() + OUT_WITHIN
            messages = await _locked(work, rows)
            letters, verdicts = _sorted_out(messages, work, self._channel)
            await asyncio.to_thread(self._channel.deliver, letters, until)
            for message in messages:
                cause = Cause(message.correlationid, message.about, message.traceparent)
                work.apply(_decision(message, verdicts.get(message.message), work), cause)
            await work.save()
        self._committed()
        contexts = [message.traceparent for message in messages]
        self._instruments.worked("send messages", contexts, begun, messages=len(letters), others=len(verdicts))
        write_lines(recorded_lines(work, (perf_counter() - begun) * 1e3))
        return len(rows)


Verdict = tuple[str, str]
"""What becomes of a message that is not sent, and why."""


async def _locked(work: Work, rows: Sequence[Any]) -> list[Message]:
    """These messages with their recipients, both as they are once the persons are locked."""
    await work.lock({row["person"] for row in rows})
    await work.load([RECIPIENTS(row["person"]) for row in rows] + [MESSAGES(row["message"]) for row in rows])
    return [work.working.get(MESSAGES, row["message"]) for row in rows]


def _sorted_out(messages: Sequence[Message], work: Work, channel: Channel) -> tuple[list[Letter], dict[str, Verdict]]:
    """The letters to send; and of the other messages, what becomes of them instead.

    Asked again here, since a message may have been ready for hours while its channel was away."""
    letters, verdicts = [], {}
    for message in messages:
        recipient = work.working.get(RECIPIENTS, message.person)
        reason = message.reason or telling.why_withheld(
            recipient.consented, recipient.consent_expires, recipient.silent, message.happened_at, work.working.now
        )
        if reason is not None:
            if not channel.took(message.message):  # what is out is told as delivered, whatever she wants by now
                verdicts[message.message] = (telling.WITHHELD, reason)
            continue
        if message.channel == telling.NO_CHANNEL:
            # Here and not where it became a message: the failure follows from the fact, whatever came after it.
            verdicts[message.message] = (telling.FAILED, "unreachable")
            continue
        try:
            letters.append(_letter(message))
        except texts.NoText:
            verdicts[message.message] = (telling.FAILED, "no-text")
    return letters, verdicts


def _letter(message: Message) -> Letter:
    text = texts.text(message.template, message.fields, cast(Language, message.language))
    return Letter(
        message=message.message,
        contact=message.contact,
        channel=message.channel,
        language=message.language,
        template=message.template,
        about=message.about,
        happened_at=message.happened_at.isoformat(),
        parts=texts.sms_parts(text),
        text=text,
    )


def _decision(message: Message, verdict: Verdict | None, work: Work) -> Decision:
    now = work.working.now
    match verdict:
        case None:
            return telling.deliver(message, now)
        case (telling.FAILED, reason):
            return telling.fail(message, reason, now)
        case (_, reason):
            return telling.withhold(message, reason, now)
