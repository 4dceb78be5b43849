"""Assessments on a real database: answers sealed, scores told to the own centre alone, due ones by timer, once."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from services.intake import questionnaires
from services.intake.domain.questionnaires import NO_ANSWER
from shared.service import Running
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered
from tests.integration.intake.moments import fire

pytestmark = pytest.mark.usefixtures("offered")

SHIPPED = questionnaires.questionnaires()["interview-1"]
EASY = {code: next(iter(question.choices)) for code, question in SHIPPED.questions.items()}


def held(moment: str = "entry", **changed: Any) -> dict[str, Any]:
    return {"moment": moment, "questionnaire": "interview-1", "answers": EASY, **changed}


async def facts_of(running: Running, case: str) -> list[tuple[str, Any]]:
    rows = await running.database.fetch("select type, data from ledger where caseid = $1 order by position", case)
    return [(row[0].split(".")[2], orjson.loads(row[1])) for row in rows]


async def test_an_interview_is_scored_and_its_answers_stay_in_the_identity_store(
    office: Office, intake: Running
) -> None:
    _, case = await registered(office.counsellor)
    answers = EASY | {"debt-owed": "behind", "distress-life": "often", "health-daily": NO_ANSWER}
    note = "គំរូ spoke of her brother, Kumru"
    recorded = await office.counsellor.post(f"/cases/{case}/assessments", held(answers=answers, note=note))
    assert (recorded.status_code, recorded.json()["status"]) == (200, "recorded"), recorded.text

    (shown,) = (await office.lead.get(f"/cases/{case}/assessments")).json()
    assert shown["answers"] == answers
    assert shown["note"] == note
    told = shown["vulnerability"]
    assert (told["level"], told["whole"], told["missing"]) == ("urgent", None, ["health-daily"])
    assert (told["urgent"], told["needs"]) == (["distress-life"], ["debt-advice", "distress"])
    assert told["subjects"]["debt"] == 0.3
    assert told["subjects"]["health"] is None
    assert shown["outcome"]["dimensions"] == {"economic": 0.938, "social": 1.0, "psychosocial": 1.0}
    assert (shown["outcome"]["weights"], shown["outcome"]["missing"]) == ("outcome-1", [])

    fact = (await facts_of(intake, case))[-1]
    assert fact == (
        "assessment-recorded",
        {"assessment": shown["assessment"], "moment": "entry", "questionnaire": "interview-1"},
    )
    for table in ("ledger", "assessment", "command", "timer", "cases"):
        rows = await intake.database.fetch(f"select to_jsonb({table})::text from {table}")
        assert not [row for row in rows if "often" in row[0] or "Kumru spoke" in row[0] or "urgent" in row[0]], table


async def test_only_the_own_centre_records_and_reads(office: Office) -> None:
    _, case = await registered(office.counsellor)
    path = f"/cases/{case}/assessments"
    assert (await office.elsewhere.post(path, held())).status_code == 404
    assert (await office.elsewhere.get(path)).status_code == 404
    assert (await office.operator.get(path)).status_code == 403
    assert (await office.provider.get(path)).status_code == 403
    assert (await office.counsellor.get(path)).json() == []


async def test_a_repeat_gets_the_first_answer_and_another_interview_a_refusal(office: Office) -> None:
    _, case = await registered(office.counsellor)
    path = f"/cases/{case}/assessments"
    first = await office.counsellor.post(path, held(), key="interview-0001")
    again = await office.counsellor.post(path, held(), key="interview-0001")
    assert again.json() == first.json()
    other = await office.counsellor.post(path, held(answers={}))
    assert (other.status_code, other.json()["allowed"]) == (409, ["extra"])
    assert (await office.counsellor.post(path, held("extra", answers={}))).status_code == 200
    shown = (await office.counsellor.get(path)).json()
    assert sorted(each["moment"] for each in shown) == ["entry", "extra"]


@pytest.mark.parametrize(
    ("wrong", "status", "reason"),
    [
        ({"answers": {"shoe-size": "none"}}, 422, "unknown-question"),
        ({"answers": {"debt-owed": "lots"}}, 422, "unknown-code"),
        ({"questionnaire": "interview-0"}, 422, "superseded-version"),
        ({"held_on": "2999-01-01"}, 422, "future-date"),
        ({"held_on": "2000-01-01"}, 422, "superseded-version"),
        ({"moment": "month-12"}, 409, "not-due-yet"),
        ({"note": "x" * 4_001}, 422, "too-long"),
        ({"answers": {f"q{number}": "none" for number in range(201)}}, 422, "too-many"),
    ],
)
async def test_bad_input_is_told_and_nothing_is_kept(
    office: Office, intake: Running, wrong: dict[str, Any], status: int, reason: str
) -> None:
    _, case = await registered(office.counsellor)
    answer = await office.counsellor.post(f"/cases/{case}/assessments", held(**wrong))
    assert answer.status_code == status, answer.text
    assert reason in answer.text
    assert "ខ" in answer.text or "ក" in answer.text
    assert (await office.counsellor.get(f"/cases/{case}/assessments")).json() == []
    assert await intake.database.fetch("select id from sealed where sort = 'assessment'") == []


async def test_later_assessments_become_due_by_timer_once_and_the_change_is_told(
    office: Office, intake: Running
) -> None:
    _, case = await registered(office.counsellor, needs="")  # no referral, whose clock would fire too
    path = f"/cases/{case}/assessments"
    hard = EASY | {"work-income": "no", "work-lasting": "no"}
    assert (await office.counsellor.post(path, held(answers=hard))).status_code == 200
    assert await fire(intake, timedelta(days=20)) == 1  # the plan's moment: 14 days, since she returned long ago
    assert await fire(intake, timedelta(days=100)) == 1
    assert await fire(intake, timedelta(days=100)) == 0
    due = [each for each in (await office.counsellor.get(path)).json() if each["state"] == "due"]
    assert [each["moment"] for each in due] == ["month-3"]
    told = [fact for fact, _ in await facts_of(intake, case)]
    assert told.count("assessment-due") == 1
    # A clock that was set back and forth again: nothing fires twice.
    assert await fire(intake, timedelta(days=-30)) == 0
    assert await fire(intake, timedelta(days=400)) == 2
    told = [fact for fact, _ in await facts_of(intake, case)]
    assert (told.count("assessment-due"), told.count("case-plan-late")) == (3, 1)
    assert await intake.database.fetch("select number from timer where name = 'case-moment'") == []

    # What is told in change: the same weights, entry against a later one.
    assert (await office.counsellor.post(path, held("extra"))).status_code == 200
    shown = {each["moment"]: each for each in (await office.counsellor.get(path)).json()}
    assert shown["extra"]["outcome"]["change"] == {
        "economic": 0.5,
        "social": 0.0,
        "psychosocial": 0.0,
        "whole": 0.167,
    }
    assert shown["entry"]["outcome"]["change"] == {}


async def test_the_moments_of_a_closed_case_pass_in_silence(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor, needs="")  # no referral, whose clock would fire too
    await office.counsellor.post(f"/cases/{case}/closing", {"reason": "re-migrated"})
    before = await facts_of(intake, case)
    assert await fire(intake, timedelta(days=400)) == 4
    assert await facts_of(intake, case) == before
    assert (await office.counsellor.post(f"/cases/{case}/assessments", held())).status_code == 409


async def test_the_questionnaire_is_read_in_both_languages(office: Office) -> None:
    (shown,) = (await office.counsellor.get("/questionnaires")).json()
    assert shown["version"] == "interview-1"
    first = shown["questions"][0]
    assert first["subject"] == {"code": "debt", "en": "Debt", "km": "បំណុល"}
    assert [choice["code"] for choice in first["choices"]] == ["none", "on-time", "behind", "threatened"]
    assert all(choice["km"] for question in shown["questions"] for choice in question["choices"])
