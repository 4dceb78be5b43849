"""Nothing goes out after a withdrawal was recorded, and each withdrawal is confirmed once."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

from services.notifications.channel import Folder, Letter
from services.notifications.sender import Sender
from shared.events.decoding import KeptRecord
from shared.events.intake import ConsentGiven, ConsentWithdrawn, ReferralRequested
from shared.service import Running
from tests.conftest import service_named
from tests.integration.core.speaking import attributes_of, data_of, id_of, listen, person, speak
from tests.integration.notifications.told import CONSENT, SEAT, contact, letters, states, stream
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
CONFIRMED = "reintegration.notifications.withdrawal-confirmed.v1"


class Crossed(Folder):
    """The local channel; while it has letters in hand a withdrawal arrives, and gets as far as it can."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.loop = asyncio.get_running_loop()
        self.running: Running | None = None
        self.withdrawal: KeptRecord | None = None
        self.recorded_before: list[bool] = []
        """At each delivery, after it: whether the withdrawal was recorded before."""

    def deliver(self, letters: Sequence[Letter], until: float) -> None:
        if self.withdrawal is not None and letters:
            asyncio.run_coroutine_threadsafe(self._arrive(), self.loop).result(60)
        super().deliver(letters, until)

    async def _arrive(self) -> None:
        assert self.running is not None
        assert self.withdrawal is not None
        self.applying = asyncio.create_task(self.running.consumer.apply([self.withdrawal]))
        self.withdrawal = None
        await until(self._recorded_or_waiting)
        self.recorded_before.append(await self._recorded())

    async def _recorded_or_waiting(self) -> bool:
        assert self.running is not None
        ((waiting,),) = await self.running.database.fetch(
            "select count(*) from pg_locks where not granted and database ="
            " (select oid from pg_database where datname = current_database()) or not granted and database is null"
        )
        return waiting > 0 or await self._recorded()

    async def _recorded(self) -> bool:
        assert self.running is not None
        rows = await self.running.database.fetch("select count(*) from recipient where consented is false")
        return bool(rows[0][0])


async def test_a_withdrawal_that_crosses_a_message_is_recorded_after_it_is_out(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    channel = Crossed(tmp_path / "outbox")
    service = replace(service_named("notifications"), loops=lambda made: (Sender(made, channel),))
    who = person()
    told = stream(who, contact(), CONSENT, SEAT, ConsentWithdrawn(purpose="messages"))
    notifications = await running(service)
    channel.running = notifications
    channel.withdrawal = replace(told[3], topic=topics + told[3].topic)
    await speak(kafka, topics, told[:3])
    await until(lambda: bool(channel.recorded_before))
    await until(lambda: notifications.consumer.counts["applied"] == 4)
    assert channel.recorded_before == [False]
    assert await states(notifications) == {"delivered": 1}


async def test_a_consent_given_anew_does_not_send_what_was_ready_before(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox"
    outbox.write_text("not a folder")
    again = ConsentGiven(purpose="messages", text_version="v1", given="signed")
    told = stream(person(), contact(), CONSENT, SEAT, ConsentWithdrawn(purpose="messages"), again, SEAT)
    notifications = await running("notifications")
    for number, event in enumerate(told[:5], 1):  # each in a batch of its own, as when the sender is away for long
        await speak(kafka, topics, [event])
        await until(lambda number=number: notifications.consumer.counts["applied"] == number)  # type: ignore[misc]
    outbox.unlink()
    await until(lambda: _states_are(notifications, {"withheld": 1}))
    assert letters(outbox) == []
    await speak(kafka, topics, told[5:])
    await until(lambda: _states_are(notifications, {"withheld": 1, "delivered": 1}))
    assert [each["about"] for each in letters(outbox)] == [id_of(told[5])]


async def test_what_is_ready_is_withheld_and_each_withdrawal_is_confirmed(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox"
    outbox.write_text("not a folder")
    who, consent = person(), "00000000-0000-4000-8000-0000000000a1"
    told = stream(
        who,
        contact(),
        CONSENT,
        SEAT,
        ConsentWithdrawn(purpose="services"),
        ConsentWithdrawn(purpose="messages", consent=consent),
        ConsentGiven(purpose="messages", text_version="v1", given="signed"),
    )
    notifications = await running("notifications")
    await speak(kafka, topics, told[:5])
    await until(lambda: notifications.consumer.counts["applied"] == 5)
    outbox.unlink()
    await until(lambda: _states_are(notifications, {"withheld": 1}))
    assert letters(outbox) == []
    for _ in range(3):
        await speak(kafka, topics, told)
    await until(lambda: sum(notifications.consumer.counts[each] for each in ("applied", "repeated")) == 23)
    await until(lambda: _unsent(notifications))
    heard = await listen(kafka, topics + "notifications")
    assert [each["type"] for each in attributes_of(heard)] == [CONFIRMED, CONFIRMED]
    assert data_of(heard) == [
        {"withdrawal": id_of(told[3]), "purpose": "services", "consent": None},
        {"withdrawal": id_of(told[4]), "purpose": "messages", "consent": consent},
    ]


async def test_what_happens_after_she_agreed_again_is_told(running: Start, kafka: str, topics: str) -> None:
    def referred(code: str) -> ReferralRequested:
        return ReferralRequested(referral=str(uuid.uuid4()), code=code, kind="legal-assistance")

    silent, told = referred("4821-0937-5518"), referred("4821-0937-5519")
    notifications = await running("notifications")
    withdrawn = ConsentWithdrawn(purpose="messages")
    await speak(kafka, topics, stream(person(), contact(), CONSENT, withdrawn, silent, CONSENT, told))
    await until(lambda: _states_are(notifications, {"delivered": 1, "withheld": 1}))


async def test_what_a_killed_sender_had_sent_is_told_as_delivered_though_she_withdrew_since(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    outbox, before = tmp_path / "outbox", tmp_path / "before"
    outbox.write_text("not a folder")
    notifications = await running("notifications")
    who = person()
    told = stream(who, contact(), CONSENT, SEAT, ConsentWithdrawn(purpose="messages"))
    await speak(kafka, topics, told[:3])
    await until(lambda: notifications.consumer.counts["applied"] == 3)
    await speak(kafka, topics, told[3:])
    await until(lambda: notifications.consumer.counts["applied"] == 4)
    ((message,),) = await notifications.database.fetch("select message::text from message where state = 'ready'")
    out = Letter(message, None, "sms", "km", "seat-reserved", id_of(told[2]), "then", 1, "as the killed one sent it")
    Folder(before).deliver([out], inf)
    outbox.unlink()
    before.rename(outbox)
    await until(lambda: _states_are(notifications, {"delivered": 1}))
    assert [letter["text"] for letter in letters(outbox)] == [out.text]


async def _states_are(running: Running, wanted: dict[str, int]) -> bool:
    return await states(running) == wanted


async def _unsent(running: Running) -> bool:
    return bool((await running.database.fetch("select count(*) from unsent"))[0][0] == 0)
