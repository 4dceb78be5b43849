"""A person's skills are hers over all her cases; prior learning is decided once, in parts."""

from typing import Any

from shared.access import ASSESSOR, OPERATOR, TRAINING_PROVIDER
from tests.integration.asking import asking, issuer
from tests.integration.core.speaking import person, speak
from tests.integration.training.referring import Start, nothing_unsent, offered, referred, told, with_courses
from tests.waiting import until


async def test_a_second_case_of_a_person_keeps_her_skills(running: Start, kafka: str, topics: str) -> None:
    training = await running("training", issuer_key=issuer().public_key)
    await with_courses(training, offered(), offered("masonry", skills=["bricklaying"]))
    she = person()
    first, second = referred(she), referred(she, course="masonry")
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        for sequence, each in enumerate((first, second), 1):
            await speak(kafka, topics, [each.requested(sequence)])
            await until(lambda done=sequence: training.consumer.counts["applied"] == done)
            (row,) = await provider.rows("/completions", each.completion())
            assert row["status"] == "accepted"
    await until(lambda: nothing_unsent(training))
    recognised = [fact for fact in await told(kafka, topics) if fact.name == "skills-recognised"]
    assert [(fact.person, fact.case, fact.data["skills"]) for fact in recognised] == [
        (she, first.case, ["arc-welding", "metal-cutting"]),
        (she, second.case, ["bricklaying"]),
    ]
    kept = await training.database.fetch(
        "select skill from referral, jsonb_array_elements_text(skills) as skill where person = $1 order by skill", she
    )
    assert [row[0] for row in kept] == ["arc-welding", "bricklaying", "metal-cutting"]


async def test_prior_learning_is_decided_by_assessors_in_parts(running: Start, kafka: str, topics: str) -> None:
    training = await running("training", issuer_key=issuer().public_key)
    applied, unheard = (referred(kind="prior-learning", course=None) for _ in range(2))
    await speak(kafka, topics, [applied.requested(occupation="7212")])
    await until(lambda: training.consumer.counts["applied"] == 1)
    found: dict[str, Any] = {"competent": ["arc-welding"], "gaps": ["Cutting metal"]}
    path = f"/prior-learning/{applied.code}/decision"
    async with asking(training, ASSESSOR) as assessor:
        decided = await assessor.post(path, found)
        assert decided.json() == {
            "status": "partly-recognised",
            "ids": {"referral": applied.referral},
            "links": {},
            "rows": [],
        }
        assert (await assessor.post(path, found)).json() == decided.json()
        assert (await assessor.post(path, {"competent": ["arc-welding"]})).status_code == 409
        assert (await assessor.post(f"/prior-learning/{unheard.code}/decision", found)).status_code == 404
        wrong = await assessor.post(f"/prior-learning/{applied.code[:-1]}/decision", found)
        assert (wrong.status_code, wrong.json()["errors"][0]["reason"]) == (422, "wrong-length")
        assert (await assessor.post(path, {**found, "gaps": ["juggling"]})).status_code == 422
    async with asking(training, TRAINING_PROVIDER, provider="provider-a") as provider:
        assert (await provider.post(path, found)).status_code == 403
    await until(lambda: nothing_unsent(training))
    facts = await told(kafka, topics)
    assert [fact.name for fact in facts] == ["prior-learning-decided", "skills-recognised"]
    assert (facts[0].data["decision"], facts[0].data["skills"], facts[0].data["gaps"]) == (
        "partly-recognised",
        ["arc-welding"],
        ["metal-cutting"],
    )
    async with asking(training, OPERATOR) as operator:
        counts = (await operator.get("/counts")).json()
    assert counts["results"] == {"prior-learning": {"partly-recognised": 1}}
