"""On real Kafka and PostgreSQL: one message a fact in the person's language, and the fact that it went out."""

import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from services.notifications.sender import Sender
from shared.access import CENTRE_LEAD, COUNSELLOR, OPERATOR, TRAINING_PROVIDER
from shared.events.employment import MatchProposed
from shared.events.intake import ConsentWithdrawn, ReferralAccepted
from shared.service import Running
from tests.integration.asking import asking, issuer
from tests.integration.core.speaking import attributes_of, data_of, id_of, listen, person, speak
from tests.integration.notifications.told import (
    CONSENT,
    REFERRAL,
    REGISTERED,
    SEAT,
    contact,
    letters,
    shuffled,
    states,
    stream,
)
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]
FOUND = MatchProposed(
    match="00000000-0000-4000-8000-0000000000e1",
    vacancy="00000000-0000-4000-8000-0000000000f1",
    occupation="7212",
    commune="220101",
    score=80,
    rules="v1",
)
FOLLOWS_FROM_SEAT = ReferralAccepted(**REFERRAL, kind="course")


async def handled(running: Running, number: int) -> None:
    """Wait until so many records were applied or found to be repeated, and nothing waits to be sent."""
    counts = running.consumer.counts
    await until(lambda: counts["applied"] + counts["repeated"] >= number)
    await until(lambda: nothing_left(running))


async def nothing_left(running: Running) -> bool:
    rows = await running.database.fetch(
        "select (select count(*) from message where state = 'ready') + (select count(*) from unsent)"
    )
    return bool(rows[0][0] == 0)


async def test_three_owners_facts_become_messages_once_each(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    chance = random.Random(4)
    khmer, english = person(), person()
    records = [
        *stream(khmer, REGISTERED, contact("km"), CONSENT, SEAT, FOLLOWS_FROM_SEAT, FOUND),
        *stream(english, REGISTERED, contact("en"), CONSENT, SEAT, FOLLOWS_FROM_SEAT, FOUND),
    ]
    notifications = await running("notifications")
    for _ in range(3):
        await speak(kafka, topics, shuffled(records, chance))
    await handled(notifications, 3 * len(records))

    sent = letters(tmp_path / "outbox")
    assert sorted((letter["language"], letter["template"]) for letter in sent) == [
        (language, template) for language in ("en", "km") for template in ("match-proposed", "seat-reserved", "welcome")
    ]
    (seat,) = [each for each in sent if (each["language"], each["template"]) == ("en", "seat-reserved")]
    assert REFERRAL["code"] in seat["text"]
    assert seat["parts"] == 1

    heard = await listen(kafka, topics + "notifications")
    attributes, data = attributes_of(heard), data_of(heard)
    assert sorted(each["message"] for each in data) == sorted(letter["message"] for letter in sent)
    for who in (khmer, english):
        own = [each for each in attributes if each["subject"] == who]
        assert [each["sequence"] for each in own] == ["1", "2", "3"]
        assert {each["type"] for each in own} == {"reintegration.notifications.message-delivered.v1"}
    spoken = {id_of(each): dict(each.headers) for each in records}
    for attribute, each in zip(attributes, data, strict=True):
        assert attribute["causationid"] == each["about"]
        assert attribute["correlationid"].encode() == spoken[each["about"]]["ce_correlationid"]
        assert attribute["caseid"].encode() == spoken[each["about"]]["ce_caseid"]


async def test_a_message_that_cannot_go_out_fails_because_of_its_fact_whatever_came_later(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    who = person()
    told = stream(who, SEAT, contact(channel="none"), CONSENT)
    notifications = await running("notifications")
    await speak(kafka, topics, told[:1])
    await until(lambda: notifications.consumer.counts["applied"] == 1)
    await speak(kafka, topics, told[1:])
    await handled(notifications, len(told))
    (failed,) = attributes_of(await listen(kafka, topics + "notifications"))
    assert failed["type"] == "reintegration.notifications.message-failed.v1"
    assert failed["causationid"] == id_of(told[0])
    assert letters(tmp_path / "outbox") == []


async def test_messages_wait_for_their_channel_and_follow_what_she_wants_meanwhile(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox"
    outbox.write_text("not a folder")
    stays, leaves = person(), person()
    notifications = await running("notifications")
    leaving = stream(leaves, contact(), CONSENT, SEAT, ConsentWithdrawn(purpose="messages"))
    await speak(kafka, topics, [*stream(stays, contact(), CONSENT, SEAT), *leaving[:3]])
    await until(lambda: notifications.consumer.counts["applied"] == 6)
    assert await states(notifications) == {"ready": 2}
    await until(lambda: notifications.loops[0].failure is not None)
    assert await notifications.problems() == ["sender: the folder of messages cannot be written: File exists"]

    await speak(kafka, topics, leaving[3:])
    await until(lambda: notifications.consumer.counts["applied"] == 7)
    outbox.unlink()
    await handled(notifications, 7)
    assert await states(notifications) == {"delivered": 1, "withheld": 1}
    assert len(letters(outbox)) == 1
    told = attributes_of(await listen(kafka, topics + "notifications"))
    # Of two persons, so in no order between them.
    assert {(each["subject"], each["type"].split(".")[2]) for each in told} == {
        (leaves, "withdrawal-confirmed"),
        (stays, "message-delivered"),
    }
    assert len(told) == 2
    assert await notifications.problems() == []


async def test_without_a_folder_messages_wait_and_readiness_says_why(running: Start, kafka: str, topics: str) -> None:
    notifications = await running("notifications", outbox=None)
    await speak(kafka, topics, stream(person(), contact(), CONSENT, SEAT))
    await until(lambda: notifications.consumer.counts["applied"] == 3)
    await until(lambda: notifications.loops[0].failure is not None)
    assert await notifications.problems() == ["sender: REINTEGRATION_OUTBOX names no folder for messages"]
    assert await states(notifications) == {"ready": 1}


async def test_of_two_senders_one_sends(running: Start, kafka: str, topics: str, tmp_path: Path) -> None:
    notifications = await running("notifications")
    other = Sender(notifications)
    other.start()
    try:
        people = [person() for _ in range(60)]
        await speak(kafka, topics, [each for who in people for each in stream(who, contact(), CONSENT, SEAT)])
        await handled(notifications, 180)
    finally:
        await other.stop()
    assert await states(notifications) == {"delivered": 60}
    assert len(letters(tmp_path / "outbox")) == 60
    assert len(await listen(kafka, topics + "notifications")) == 60


async def test_a_lost_database_sends_nothing_again_while_the_folder_is_there(
    running: Start, kafka: str, topics: str, tmp_path: Path
) -> None:
    records = stream(person(), contact(), CONSENT, SEAT)
    first = await running("notifications")
    await speak(kafka, topics, records)
    await handled(first, 3)
    (file,) = (tmp_path / "outbox").glob("??/*.json")
    written = file.stat()
    anew = await running("notifications")
    await anew.consumer.apply([replace(each, topic=topics + each.topic) for each in records])
    await handled(anew, 3)
    assert await states(anew) == {"delivered": 1}
    assert [each.stat() for each in (tmp_path / "outbox").glob("??/*.json")] == [written]


async def test_who_may_see_what_a_person_was_told(running: Start, kafka: str, topics: str) -> None:
    told, waiting = person(), person()
    notifications = await running("notifications", issuer_key=issuer().public_key)
    await speak(
        kafka, topics, [*stream(told, REGISTERED, contact("en"), CONSENT, SEAT), *stream(waiting, REGISTERED, SEAT)]
    )
    await handled(notifications, 6)
    async with asking(notifications, COUNSELLOR, centre="pursat") as counsellor:
        seen: dict[str, Any] = (await counsellor.get("/messages", person=told)).json()
        assert {(each["template"], each["state"]) for each in seen["messages"]} == {
            ("seat-reserved", "delivered"),
            ("welcome", "delivered"),
        }
        assert any(REFERRAL["code"] in each["text"] for each in seen["messages"])
        unheard = (await counsellor.get("/messages", person=waiting)).json()
        assert [each["state"] for each in unheard["messages"]] == ["waiting", "waiting"]
        assert unheard["consented"] is None
        assert (await counsellor.get("/messages", person=str(uuid.uuid4()))).status_code == 404
        assert (await counsellor.get("/messages", person="somebody")).status_code == 422
        assert (await counsellor.get("/counts")).status_code == 403
    async with asking(notifications, COUNSELLOR, centre="preah-vihear") as stranger:
        assert (await stranger.get("/messages", person=told)).status_code == 404
    async with asking(notifications, TRAINING_PROVIDER, provider="provider-a") as provider:
        assert (await provider.get("/messages", person=told)).status_code == 403
    async with asking(notifications, OPERATOR) as operator:
        assert (await operator.get("/messages", person=told)).status_code == 200
    async with asking(notifications, CENTRE_LEAD, centre="preah-vihear") as lead:
        assert (await lead.get("/counts")).json() == {
            "states": {"waiting": 2, "delivered": 2},
            "templates": {"welcome": {"delivered": 1}, "seat-reserved": {"delivered": 1}},
        }
