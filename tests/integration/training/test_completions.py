"""Completions over HTTP: recorded once, kept until their referral is heard of, a provider's own courses only."""

import asyncio
from typing import Any

import pytest

from shared.access import COUNSELLOR, OPERATOR, TRAINING_PROVIDER
from shared.service import Running
from tests.integration.asking import Asker, asking, issuer
from tests.integration.core.speaking import speak
from tests.integration.training.referring import (
    SKILLS,
    Referred,
    Start,
    nothing_unsent,
    offered,
    referred,
    told,
    with_courses,
)
from tests.waiting import until


@pytest.fixture
async def training(running: Start) -> Running:
    training = await running("training", issuer_key=issuer().public_key)
    await with_courses(
        training,
        offered(seats=400),
        offered("masonry", skills=["bricklaying"]),
        offered("sewing", provider="provider-b"),
    )
    return training


async def heard(training: Running, kafka: str, topics: str, *asked: Referred) -> None:
    before = training.consumer.counts["applied"]
    await speak(kafka, topics, [each.requested() for each in asked])
    await until(lambda: training.consumer.counts["applied"] >= before + len(asked))
    await until(lambda: nothing_unsent(training))


def outcome(row: dict[str, Any]) -> tuple[str, ...]:
    """The status of a row, and field and reason where it is refused."""
    return (row["status"], *[part for fault in row.get("faults", ()) for part in (fault["field"], fault["reason"])])


async def post(asker: Asker, *rows: dict[str, str]) -> list[tuple[str, ...]]:
    return [outcome(row) for row in await asker.rows("/completions", *rows)]


async def test_a_file_of_all_sorts(training: Running, kafka: str, topics: str) -> None:
    known, failed, unheard, kept_out = (referred() for _ in range(4))
    await heard(training, kafka, topics, known, failed)
    wrong = known.code[:-1] + str((int(known.code[-1]) + 1) % 10)
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        assert await post(
            provider,
            known.completion(),
            known.completion(code=known.code.replace("-", " "), completed_on="3/5/2026"),
            known.completion(result="not-passed"),
            failed.completion(result="not-passed"),
            unheard.completion(skills="arc-welding"),
            unheard.completion(skills="arc-welding"),
            unheard.completion(skills="metal-cutting"),
            known.completion(code=wrong),
            kept_out.completion(course="sewing"),
            kept_out.completion(course="knitting"),
            kept_out.completion(skills="bricklaying"),
            {"code": ""},
        ) == [
            ("accepted",),
            ("repeated",),
            ("refused", "result", "changed"),
            ("accepted",),
            ("waiting",),
            ("repeated",),
            ("refused", "skills", "changed"),
            ("refused", "code", "wrong-check-digits"),
            ("refused", "course", "other-provider"),
            ("refused", "course", "unknown-course"),
            ("refused", "skills", "unknown-skill"),
            ("refused", "code", "required", "course", "required", "completed_on", "required", "result", "required"),
        ]
    await until(lambda: nothing_unsent(training))
    facts = await told(kafka, topics)
    assert [fact.name for fact in facts if fact.person == known.person] == [
        "seat-reserved",
        "completion-recorded",
        "skills-recognised",
    ]
    assert [fact.name for fact in facts if fact.person == failed.person] == ["seat-reserved", "completion-recorded"]
    (recognised,) = [fact for fact in facts if fact.name == "skills-recognised"]
    assert (recognised.data["skills"], recognised.data["evidence"]) == (SKILLS, known.referral)
    assert recognised.case == known.case


async def test_a_code_nobody_has_heard_of_waits_and_is_settled_when_its_referral_arrives(
    training: Running, kafka: str, topics: str
) -> None:
    early, elsewhere = referred(), referred(course="masonry")
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        assert (
            await post(provider, early.completion(), elsewhere.completion(course="welding-basic")) == [("waiting",)] * 2
        )
        waiting = (await provider.get("/waiting")).json()["waiting"]
        assert {(each["code"], each["reason"]) for each in waiting} == {
            (early.code, "unheard"),
            (elsewhere.code, "unheard"),
        }
        assert all(each["fix_en"] and each["fix_km"] for each in waiting)
        await heard(training, kafka, topics, early, elsewhere)
        (left,) = (await provider.get("/waiting")).json()["waiting"]
        assert (left["code"], left["reason"]) == (elsewhere.code, "other-course")
        assert await post(provider, elsewhere.completion()) == [("accepted",)]
        assert (await provider.get("/waiting")).json() == {"waiting": [], "after": None}
    await until(lambda: nothing_unsent(training))
    facts = await told(kafka, topics)
    for who, skills in ((early, SKILLS), (elsewhere, ["bricklaying"])):
        own = [fact for fact in facts if fact.person == who.person]
        assert [fact.name for fact in own][-2:] == ["completion-recorded", "skills-recognised"]
        assert own[-1].data["skills"] == skills
    async with asking(training, TRAINING_PROVIDER, provider="provider-b") as other:
        assert (await other.get("/waiting")).json()["waiting"] == []
    async with asking(training, COUNSELLOR, centre="pursat") as counsellor:
        assert (await counsellor.get("/waiting")).status_code == 403
        assert (await counsellor.post("/completions", {"rows": []})).status_code == 403


async def test_completions_and_referrals_that_cross_end_the_same(training: Running, kafka: str, topics: str) -> None:
    asked = [referred() for _ in range(200)]
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:

        async def in_parts() -> list[tuple[str, ...]]:
            return [
                each
                for begin in range(0, 200, 40)
                for each in await post(provider, *[one.completion() for one in asked[begin : begin + 40]])
            ]

        outcomes, _ = await asyncio.gather(in_parts(), heard(training, kafka, topics, *asked))
        assert {each[0] for each in outcomes} <= {"accepted", "waiting"}
        assert (await provider.get("/waiting")).json()["waiting"] == []
        assert set(await post(provider, *[one.completion() for one in asked])) == {("repeated",)}
        counts = (await provider.get("/counts")).json()
    assert counts["referrals"] == {"course": {"completed": 200}}
    assert counts["results"] == {"course": {"passed": 200}}
    await until(lambda: nothing_unsent(training))
    facts = await told(kafka, topics)
    for name in ("completion-recorded", "skills-recognised"):
        assert sorted(fact.person for fact in facts if fact.name == name) == sorted(one.person for one in asked)


async def test_five_hundred_rows_are_one_request_and_the_same_key_gives_the_same_answer(
    training: Running, kafka: str, topics: str
) -> None:
    asked = [referred() for _ in range(500)]
    await heard(training, kafka, topics, *asked[:250])
    rows = [{"line": line, "fields": each.completion()} for line, each in enumerate(asked, 2)]
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        first = await provider.post("/completions", {"rows": rows}, key="the-same-key")
        assert [row["status"] for row in first.json()["rows"]] == ["accepted"] * 250 + ["waiting"] * 250
        assert (await provider.post("/completions", {"rows": rows}, key="the-same-key")).json() == first.json()
        assert (await provider.post("/completions", {"rows": [*rows, rows[0]]})).status_code == 422
        counts = (await provider.get("/counts")).json()
    assert (counts["waiting"], counts["results"]) == (250, {"course": {"passed": 250}})
    async with asking(training, OPERATOR) as operator:
        everybody = (await operator.get("/counts")).json()
    assert (everybody["courses"], everybody["waiting"], everybody["taken"]) == (3, 250, 250)
