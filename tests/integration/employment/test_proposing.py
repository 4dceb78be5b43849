"""From events and vacancies to proposals, on real PostgreSQL and Kafka: in pages, once, whatever comes first."""

import random
from collections import Counter

from services.employment.domain.model import match_id, vacancy_id
from services.employment.domain.proposing import OPEN_MOST, PAGE
from shared.access import EMPLOYMENT_OFFICER, OPERATOR
from shared.events.employment import MatchProposed, VacancyOpened
from shared.events.intake import CaseClosed, ConsentWithdrawn
from shared.service import Running
from tests.integration.asking import asking
from tests.integration.core.speaking import attributes_of, data_of, id_of, listen, speak
from tests.integration.employment.seeking import (
    CONSENT,
    ROW,
    assessed,
    ledger,
    profiles,
    recognised,
    registered,
    seekers,
    settled,
)
from tests.integration.notifications.told import shuffled
from tests.waiting import until


async def test_a_vacancy_proposes_a_hundred_matches_in_pages(employment: Running, kafka: str, topics: str) -> None:
    near, told_of_near = seekers(60)
    far, told_of_far = seekers(70, registered("150201"), CONSENT, recognised())
    silent, told_of_silent = seekers(5, registered(), recognised())
    await speak(kafka, topics, [*told_of_near, *told_of_far, *told_of_silent])
    await until(lambda: settled(employment, 60 * 3 + 70 * 3 + 5 * 2))

    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        (row,) = await officer.rows("/vacancies", ROW)
    assert row["status"] == "accepted"
    vacancy = vacancy_id("lotus-works", "1")
    assert row["ids"] == {"vacancy": vacancy}
    await until(lambda: proposed(employment, 100))
    await until(lambda: settled(employment, 0))

    events = await ledger(employment, "match-proposed")
    people = [event["subject"] for event in events]
    assert len(people) == len(set(people)) == 100
    assert set(people) == {*near, *sorted(far)[:40]}, "the best hundred; of equals those who were registered first"
    assert not set(people) & set(silent)
    (opened,) = await ledger(employment, "vacancy-opened")
    assert {event["correlationid"] for event in events} == {opened["correlationid"]}
    assert max(Counter(event["time"] for event in events).values()) <= PAGE
    assert len({event["time"] for event in events} | {opened["time"]}) >= 3

    heard = await listen(kafka, topics + "employment")
    assert sorted(each["subject"] for each in attributes_of(heard)) == sorted(people)
    for attributes, data in zip(attributes_of(heard), data_of(heard), strict=True):
        assert attributes["type"] == MatchProposed.type
        assert data["match"] == match_id(attributes["subject"], vacancy)
        assert data["score"] == sum(reason["points"] for reason in data["reasons"])
        assert data["missing"] == ["plastering"]
    (vacancies,) = attributes_of(await listen(kafka, topics + "employment.vacancies"))
    assert (vacancies["type"], vacancies["subject"]) == (VacancyOpened.type, vacancy)


async def proposed(running: Running, number: int) -> bool:
    return len(await ledger(running, "match-proposed")) == number


async def test_a_skill_recognised_finds_its_vacancy(employment: Running, kafka: str, topics: str) -> None:
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        rows = [
            ROW,
            ROW | {"vacancy_no": "2", "commune": "220101"},
            ROW | {"vacancy_no": "3", "skills": "bricklaying"},
            ROW | {"vacancy_no": "4", "commune": "150102"},
            ROW | {"vacancy_no": "5", "skills": "machine-sewing"},
        ]
        assert [row["status"] for row in await officer.rows("/vacancies", *rows)] == ["accepted"] * 5
    await until(lambda: settled(employment, 0))  # they have looked for seekers, and found none yet
    (who,), told = seekers(1)
    await speak(kafka, topics, told)
    await until(lambda: settled(employment, 3))

    events = await ledger(employment, "match-proposed")
    best = [match_id(who, vacancy_id("lotus-works", number)) for number in ("3", "1", "4")]
    assert [event["data"]["match"] for event in events] == best
    assert {event["causationid"] for event in events} <= {id_of(record) for record in told}
    assert {event["caseid"] for event in events} == {dict(told[0].headers)["ce_caseid"].decode()}  # type: ignore[union-attr]


async def test_every_interleaving_of_the_owners_topics_gives_the_same_profile(
    employment: Running, kafka: str, topics: str
) -> None:
    facts = (
        registered("130101", "preah-vihear"),
        CONSENT,
        assessed("job", "no-heights"),
        CaseClosed(reason="other"),
        registered("150101", "pursat"),
        ConsentWithdrawn(purpose="employment"),
        CONSENT,
        recognised("bricklaying"),
        recognised("plastering", "teamwork"),
        recognised("teamwork"),
    )
    people, told = seekers(40, *facts)
    mixed = shuffled(told, random.Random(7))
    assert [record.topic for record in mixed] != [record.topic for record in told]
    for part in range(0, len(mixed), 90):
        await speak(kafka, topics, mixed[part : part + 90])
    await until(lambda: settled(employment, len(told)))
    first, *others = await profiles(employment, people)
    assert len(others) == 39
    assert [other for other in others if other != first] == []
    assert first[:4] == (
        ["preah-vihear", "pursat"],
        "150101",
        "7112",
        ["bricklaying", "plastering", "teamwork"],
    )


async def test_told_three_times_nothing_is_doubled(employment: Running, kafka: str, topics: str) -> None:
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        await officer.rows("/vacancies", ROW, ROW | {"vacancy_no": "2"})
    people, told = seekers(20)
    mixed = shuffled(told, random.Random(3))
    await speak(kafka, topics, [*mixed, *mixed, *mixed])
    await until(lambda: employment.consumer.counts["applied"] + employment.consumer.counts["repeated"] == 3 * len(told))
    await until(lambda: settled(employment, len(told)))
    events = await ledger(employment, "match-proposed")
    pairs = Counter((event["subject"], event["data"]["vacancy"]) for event in events)
    assert set(pairs.values()) == {1}
    assert len(pairs) == 2 * len(people)
    assert employment.consumer.counts["applied"] == len(told)


async def test_a_file_of_vacancies_is_told_in_turns(employment: Running, kafka: str, topics: str) -> None:
    """More vacancies at once than one transaction looks up; each person is told of five and no more."""
    people, told = seekers(3)
    await speak(kafka, topics, told)
    await until(lambda: settled(employment, 9))
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        rows = [ROW | {"vacancy_no": str(number), "seats": "1"} for number in range(120)]
        assert {row["status"] for row in await officer.rows("/vacancies", *rows)} == {"accepted"}
        await until(lambda: settled(employment, 9))
    told_of = Counter(event["subject"] for event in await ledger(employment, "match-proposed"))
    assert told_of == dict.fromkeys(people, OPEN_MOST)
    assert employment.timers.counts["put_off"] == 0
    async with asking(employment, OPERATOR) as operator:
        counts = (await operator.get("/counts")).json()
    assert (counts["vacancies"], counts["matches"], counts["persons"]) == (
        120,
        {"proposed": 3 * OPEN_MOST},
        {"proposed": 3},
    )
