"""Seats on real Kafka and PostgreSQL: the last one goes to one person, and comes back when it is given back."""

import asyncio
import random
from dataclasses import replace

from shared.access import COUNSELLOR, OPERATOR, TRAINING_PROVIDER
from shared.events.intake import ConsentWithdrawn
from shared.service import Running
from tests.integration.asking import asking, issuer
from tests.integration.core.speaking import id_of, record, speak
from tests.integration.training.referring import (
    Start,
    nothing_unsent,
    offer,
    offered,
    referred,
    told,
    with_courses,
)
from tests.waiting import until


async def start(running: Start) -> Running:
    return await running("training", issuer_key=issuer().public_key)


async def applied(training: Running, number: int) -> None:
    await until(lambda: training.consumer.counts["applied"] >= number)
    await until(lambda: nothing_unsent(training))


async def test_two_persons_one_last_seat_one_batch(running: Start, kafka: str, topics: str) -> None:
    training = await start(running)
    await with_courses(training, offered(seats=1))
    first, second = referred(), referred()
    await training.consumer.apply([replace(each.requested(), topic=topics + "intake") for each in (first, second)])
    await applied(training, 2)
    facts = {fact.person: fact for fact in await told(kafka, topics)}
    assert (facts[first.person].name, facts[second.person].name) == ("seat-reserved", "seat-refused")
    assert facts[first.person].data["starts"] == "2026-06-01"
    assert facts[first.person].case == first.case
    assert facts[second.person].data["reason"] == "full"


async def test_seats_are_never_oversold_and_those_given_back_are_had_again(
    running: Start, kafka: str, topics: str
) -> None:
    training = await start(running)
    await with_courses(training, offered(seats=7), offered("welding-long", seats=5))
    chance = random.Random(7)
    asked = [referred(course=chance.choice(["welding-basic", "welding-long"])) for _ in range(60)]
    await speak(kafka, topics, [each.requested() for each in asked])
    await applied(training, 60)
    facts = await told(kafka, topics)
    seated = {fact.person for fact in facts if fact.name == "seat-reserved"}
    assert (len(facts), len(seated)) == (60, 12)

    leaving = [each for each in asked if each.person in seated][:4]
    late = [referred(course=each.course) for each in leaving]
    await speak(kafka, topics, [each.withdrawn() for each in leaving])
    await applied(training, 64)
    await speak(kafka, topics, [each.requested() for each in late])
    await applied(training, 68)
    names = {fact.person: fact.name for fact in await told(kafka, topics)}
    assert {names[each.person] for each in late} == {"seat-reserved"}
    async with asking(training, COUNSELLOR, centre="pursat") as counsellor:
        courses = (await counsellor.get("/courses")).json()["courses"]
    assert [(each["course"], each["seats"], each["taken"], each["free"]) for each in courses] == [
        ("welding-basic", 7, 7, 0),
        ("welding-long", 5, 5, 0),
    ]


async def test_a_catalogue_is_offered_once_and_changed_by_its_provider(running: Start, kafka: str, topics: str) -> None:
    training = await start(running)
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        assert await offer(provider, offered(), offered("masonry", skills=["bricklaying"])) == ["accepted"] * 2
        assert await offer(
            provider, offered(), offered(title_en="Welding for all"), offered(provider="provider-b")
        ) == [
            "repeated",
            "accepted",
            "refused",
        ]
        await speak(kafka, topics, [each.requested() for each in (referred(), referred())])
        await applied(training, 2)
        refused = await provider.post("/courses", {"courses": [offered(seats=1)]})
        (row,) = refused.json()["rows"]
        assert [(fault["field"], fault["reason"]) for fault in row["faults"]] == [("seats", "fewer-than-taken")]
        assert row["faults"][0]["fix"]
        assert row["faults"][0]["fix_km"]
        assert await offer(provider, offered(seats=2, closed=True)) == ["accepted"]
        assert (await provider.get("/courses", free=True)).json()["courses"][0]["course"] == "masonry"
        for wrong in ({"seats": 0}, {"skills": []}, {"skills": ["juggling"]}, {"course": "ផ្សារដែក"}):
            assert (await provider.post("/courses", {"courses": [offered() | wrong]})).status_code == 422
    async with asking(training, TRAINING_PROVIDER, provider="provider-b") as other:
        assert await offer(other, offered(provider="provider-b")) == ["refused"]
    async with asking(training, COUNSELLOR, centre="pursat") as counsellor:
        assert (await counsellor.post("/courses", {"courses": [offered()]})).status_code == 403
        page = (await counsellor.get("/courses", limit=1)).json()
        assert [each["course"] for each in page["courses"]] == ["masonry"]
        rest = (await counsellor.get("/courses", limit=1, after=page["after"])).json()["courses"]
        assert [(each["course"], each["free"], each["taken"]) for each in rest] == [("welding-basic", 0, 2)]


async def test_offering_again_while_seats_are_taken_never_frees_one(running: Start, kafka: str, topics: str) -> None:
    training = await start(running)
    async with asking(training, OPERATOR) as operator, asking(training, OPERATOR) as another:

        async def again(asker: object, number: int) -> None:
            for seats in range(number):
                await offer(operator if asker else another, offered(seats=5 + seats % 3))

        await speak(kafka, topics, [])
        await asyncio.gather(again(None, 1), again(operator, 1))
        asked = [referred() for _ in range(40)]
        await asyncio.gather(
            speak(kafka, topics, [each.requested() for each in asked]), again(operator, 12), again(None, 12)
        )
        await applied(training, 40)
        reserved = [fact for fact in await told(kafka, topics) if fact.name == "seat-reserved"]
        (course,) = (await operator.get("/courses")).json()["courses"]
        assert course["taken"] == len(reserved) <= course["seats"] <= 7


async def test_the_end_of_consent_is_confirmed_once_no_seat_is_held_on_it(
    running: Start, kafka: str, topics: str
) -> None:
    training = await start(running)
    await with_courses(training, offered(seats=1))
    first, second = referred(), referred()
    over = record(first.person, 3, ConsentWithdrawn(purpose="services"))
    # In the order in which intake tells: what rested on the consent is taken back before its end is told.
    await speak(kafka, topics, [first.requested(), first.withdrawn(), over, first.withdrawn(), over])
    await applied(training, 3)
    await speak(kafka, topics, [second.requested()])
    await applied(training, 4)
    facts = await told(kafka, topics)
    assert [fact.name for fact in facts if fact.person == first.person] == ["seat-reserved", "withdrawal-confirmed"]
    assert [fact.name for fact in facts if fact.person == second.person] == ["seat-reserved"]
    confirmed = next(fact for fact in facts if fact.name == "withdrawal-confirmed")
    assert confirmed.data == {"withdrawal": id_of(over), "purpose": "services", "consent": None}
