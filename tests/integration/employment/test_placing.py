"""From proposal to job over HTTP: one last seat, who may do what, and what each is shown."""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from services.employment.domain.model import match_id, vacancy_id
from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYER, EMPLOYMENT_OFFICER, OPERATOR
from shared.events.intake import ConsentWithdrawn
from shared.service import Running
from shared.work import utc_now
from tests.integration.asking import Asker, asking
from tests.integration.core.speaking import attributes_of, listen, speak
from tests.integration.employment.seeking import CONSENT, ROW, ledger, recognised, registered, seekers, settled
from tests.waiting import until

VACANCY = vacancy_id("lotus-works", "1")
STARTS = (utc_now().date() + timedelta(days=7)).isoformat()


async def opened(running: Running, *rows: dict[str, str]) -> None:
    async with asking(running, EMPLOYMENT_OFFICER) as officer:
        assert {row["status"] for row in await officer.rows("/vacancies", *rows)} == {"accepted"}


async def proposed(running: Running, kafka: str, topics: str, number: int, *rows: dict[str, str]) -> list[str]:
    """So many persons to whom these vacancies are proposed."""
    people, told = seekers(number)
    await speak(kafka, topics, told)
    await until(lambda: settled(running, len(told)))
    await opened(running, *(rows or (ROW,)))
    await until(lambda: settled(running, 0))
    return people


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["type"].rpartition(":")[2]) == (status, code), answer.text
    assert told["detail"]
    assert told["detail_km"]
    return told


async def test_two_persons_and_one_last_seat(employment: Running, kafka: str, topics: str) -> None:
    people = await proposed(employment, kafka, topics, 4, ROW | {"seats": "1"})
    matches = [match_id(person, VACANCY) for person in people]
    async with asking(employment, COUNSELLOR, centre="pursat") as counsellor:
        answers = await asyncio.gather(*[counsellor.post(f"/matches/{match}/acceptance", None) for match in matches])
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        for answer in answers:
            if answer.status_code == 409:
                assert problem(answer, 409, "vacancy-full")["allowed"] == ["decline"]
        first = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
        assert answers[first].json()["status"] == "accepted"

        refused = matches[first - 1]
        declined = await counsellor.post(f"/matches/{matches[first]}/decline", {"reason": "too-far"})
        assert declined.json()["status"] == "declined"
        after = await counsellor.post(f"/matches/{refused}/acceptance", None)
        assert after.json()["status"] == "accepted", "the seat is free again"
    facts = [len(await ledger(employment, fact)) for fact in ("match-accepted", "match-declined")]
    assert facts == [2, 1]
    rows = await employment.database.fetch("select seats, taken from vacancy")
    assert [tuple(row) for row in rows] == [(1, 1)]


async def test_from_the_proposal_to_the_job(employment: Running, kafka: str, topics: str) -> None:
    (who,) = await proposed(employment, kafka, topics, 1, ROW, ROW | {"vacancy_no": "2"})
    match = match_id(who, VACANCY)
    async with (
        asking(employment, COUNSELLOR, centre="pursat") as counsellor,
        asking(employment, EMPLOYER, employer="lotus-works") as employer,
    ):
        early = await employer.post(f"/matches/{match}/placement", {"starts": STARTS})
        problem(early, 409, "not-accepted")
        key = uuid.uuid4().hex
        accepted = await counsellor.post(f"/matches/{match}/acceptance", None, key)
        again = await counsellor.post(f"/matches/{match}/acceptance", None, key)
        assert again.json() == accepted.json()
        assert again.headers["Idempotency-Replayed"] == "true"
        assert set(accepted.json()) == {"status", "ids", "links", "rows"}

        other = match_id(who, vacancy_id("lotus-works", "2"))
        problem(await counsellor.post(f"/matches/{other}/acceptance", None), 409, "accepted-another")

        late = await employer.post(f"/matches/{match}/placement", {"starts": "2099-01-01"})
        assert problem(late, 422, "too-late")["errors"][0]["field"] == "starts"
        placed = await employer.post(f"/matches/{match}/placement", {"starts": STARTS, "engagement": "employee"})
        assert placed.json()["status"] == "placed"
        changed = await employer.post(f"/matches/{match}/placement", {"starts": STARTS, "engagement": "self-employed"})
        problem(changed, 409, "placement-changed")
        problem(await counsellor.post(f"/matches/{match}/decline", {"reason": "wage"}), 409, "match-placed")

        (shown,) = (await employer.get(f"/vacancies/{VACANCY}/matches")).json()["matches"]
        assert (shown["person"], shown["state"], shown["starts"]) == (who, "placed", STARTS)

    await until(lambda: settled(employment, 0))
    (event,) = await ledger(employment, "placement-confirmed")
    assert event["data"] == {
        "match": match,
        "vacancy": VACANCY,
        "employer": "lotus-works",
        "occupation": "7112",
        "commune": "150101",
        "starts": STARTS,
        "engagement": "employee",
    }
    heard = attributes_of(await listen(kafka, topics + "employment"))
    mine = [each["type"].split(".")[2] for each in heard if each["subject"] == who]
    assert mine == ["match-proposed", "match-proposed", "match-accepted", "placement-confirmed"]
    assert [each["sequence"] for each in heard] == ["1", "2", "3", "4"]
    assert len({each["caseid"] for each in heard}) == 1


async def test_a_declined_proposal_is_followed_by_the_next_best(employment: Running, kafka: str, topics: str) -> None:
    (who,), told = seekers(1)
    await opened(employment, *[ROW | {"vacancy_no": str(number)} for number in range(1, 5)])
    await until(lambda: settled(employment, 0))
    await speak(kafka, topics, told)
    await until(lambda: settled(employment, 3))
    events = await ledger(employment, "match-proposed")
    assert len(events) == 3
    async with asking(employment, CENTRE_LEAD, centre="pursat") as lead:
        first = events[0]["data"]["match"]
        unknown = await lead.post(f"/matches/{first}/decline", {"reason": "mood"})
        assert "wage" in problem(unknown, 422, "unknown-code")["allowed"]
        await lead.post(f"/matches/{first}/decline", {"reason": "wage"})
        await until(lambda: settled(employment, 3))
        problem(await lead.post(f"/matches/{first}/acceptance", None), 409, "match-declined")
        shown = (await lead.get(f"/persons/{who}/matches")).json()
    assert sorted(each["state"] for each in shown["matches"]) == ["declined", "proposed", "proposed", "proposed"]
    assert len({event["data"]["vacancy"] for event in await ledger(employment, "match-proposed")}) == 4


async def test_consent_taken_back_ends_it(employment: Running, kafka: str, topics: str) -> None:
    facts = (registered(), CONSENT, recognised(), ConsentWithdrawn(purpose="employment"))
    (who,), told = seekers(1, *facts)
    await opened(employment, ROW)
    await speak(kafka, topics, told[:3])
    await until(lambda: settled(employment, 3))
    await speak(kafka, topics, told[3:])
    await until(lambda: settled(employment, 4))
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        answer = await officer.post(f"/matches/{match_id(who, VACANCY)}/acceptance", None)
        problem(answer, 409, "no-consent")
        shown = (await officer.get(f"/persons/{who}/matches")).json()
        assert [reason["code"] for reason in shown["against"]] == ["no-consent"]


async def test_why_not_for_any_pair(employment: Running, kafka: str, topics: str) -> None:
    (who,), told = seekers(1, registered("150201"), CONSENT, recognised("bricklaying"))
    await speak(kafka, topics, told)
    await until(lambda: settled(employment, 3))
    await opened(employment, ROW, ROW | {"vacancy_no": "2", "skills": "plastering"})
    await until(lambda: settled(employment, 3))
    async with asking(employment, COUNSELLOR, centre="pursat") as counsellor:
        yes = (await counsellor.get("/matches/explanation", person=who, vacancy=VACANCY)).json()
        other = vacancy_id("lotus-works", "2")
        no = (await counsellor.get("/matches/explanation", person=who, vacancy=other)).json()
        problem(await counsellor.get("/matches/explanation", person=who, vacancy=str(uuid.uuid4())), 404, "absent")
        problem(await counsellor.get("/matches/explanation", person=str(uuid.uuid4()), vacancy=other), 404, "absent")
        listed = (await counsellor.get(f"/matches/{match_id(who, VACANCY)}")).json()
    assert (yes["fits"], yes["state"], yes["score"]) == (True, "proposed", 30 + 12 + 15)
    assert [(part["code"], part["points"], part["most"]) for part in yes["parts"]] == [
        ("skills", 30, 60),
        ("place", 12, 25),
        ("occupation", 15, 15),
    ]
    (missing,) = yes["missing"]
    assert (missing["code"], missing["short_course"]) == ("plastering", True)
    assert (listed["score"], listed["parts"]) == (yes["score"], yes["parts"])
    assert (no["fits"], no["state"]) == (False, None)
    assert [reason["code"] for reason in no["against"]] == ["no-skill-in-common"]
    assert no["against"][0]["km"]


async def test_what_belongs_to_another_office_does_not_exist(employment: Running, kafka: str, topics: str) -> None:
    (who,) = await proposed(employment, kafka, topics, 1)
    match = match_id(who, VACANCY)
    reads: tuple[tuple[str, dict[str, str]], ...] = (
        (f"/matches/{match}", {}),
        (f"/persons/{who}/matches", {}),
        ("/matches/explanation", {"person": who, "vacancy": VACANCY}),
    )
    async with (
        asking(employment, COUNSELLOR, centre="preah-vihear") as elsewhere,
        asking(employment, EMPLOYER, employer="jasmine-homes") as rival,
        asking(employment, EMPLOYER, employer="lotus-works") as employer,
        asking(employment, OPERATOR) as operator,
        asking(employment, COUNSELLOR, centre="pursat") as counsellor,
    ):
        for path, parameters in reads:
            problem(await elsewhere.get(path, **parameters), 404, "absent")
            assert (await counsellor.get(path, **parameters)).status_code == 200
            for other in (employer, operator):
                problem(await other.get(path, **parameters), 403, "not-allowed")
        problem(await elsewhere.post(f"/matches/{match}/acceptance", None), 404, "absent")
        problem(await elsewhere.post(f"/matches/{match}/decline", {"reason": "wage"}), 404, "absent")
        problem(await counsellor.post(f"/matches/{match}/placement", {"starts": STARTS}), 403, "not-allowed")

        assert (await counsellor.post(f"/matches/{match}/acceptance", None)).status_code == 200
        problem(await rival.post(f"/matches/{match}/placement", {"starts": STARTS}), 404, "absent")
        problem(await rival.get(f"/vacancies/{VACANCY}"), 404, "absent")
        problem(await rival.get(f"/vacancies/{VACANCY}/matches"), 404, "absent")
        problem(await rival.get("/vacancies", employer="lotus-works"), 404, "absent")
        assert (await rival.get("/vacancies")).json() == {"vacancies": [], "after": None}
        assert len((await employer.get("/vacancies")).json()["vacancies"]) == 1
        assert len((await counsellor.get("/vacancies", free=True)).json()["vacancies"]) == 1
    rows = await employment.database.fetch("select taken from vacancy")
    assert rows[0][0] == 1


async def test_an_employer_learns_of_nobody_who_has_not_accepted(employment: Running, kafka: str, topics: str) -> None:
    people = await proposed(employment, kafka, topics, 2)
    async with (
        asking(employment, EMPLOYER, employer="lotus-works") as employer,
        asking(employment, EMPLOYMENT_OFFICER) as officer,
    ):
        path = f"/vacancies/{VACANCY}/matches"
        assert (await employer.get(path)).json() == {"matches": []}
        assert len((await officer.get(path)).json()["matches"]) == 2
        await officer.post(f"/matches/{match_id(people[0], VACANCY)}/acceptance", None)
        assert [each["person"] for each in (await employer.get(path)).json()["matches"]] == [people[0]]
        opening = (await employer.get(f"/vacancies/{VACANCY}")).json()
    assert (opening["seats"], opening["free"]) == (10, 9)
    assert opening["commune"]["km"]


async def test_rows_of_a_file_are_accepted_repeated_or_refused_one_by_one(employment: Running) -> None:
    yesterday = (utc_now().date() - timedelta(days=1)).isoformat()
    rows = (
        ROW,
        ROW | {"seats": "9"},
        ROW | {"vacancy_no": "2", "commune": "159999", "seats": "Sok Dara"},
        ROW | {"vacancy_no": "3", "closes": yesterday},
        ROW | {"vacancy_no": "4", "employer": "jasmine-homes"},
        ROW | {"vacancy_no": "5", "chief": "Sok Dara"},
        ROW | {"vacancy_no": "៦"},
    )
    async with asking(employment, EMPLOYER, employer="lotus-works") as employer:
        told = await employer.rows("/vacancies", *rows)
        again = await employer.rows("/vacancies", *rows)
    assert [row["status"] for row in told] == ["accepted", *["refused"] * 5, "accepted"]
    assert [row["status"] for row in again] == ["repeated", *["refused"] * 5, "repeated"]
    assert faults(told) == faults(again)
    assert faults(told) == [
        [],
        [("vacancy_no", "changed")],
        [("commune", "unknown-commune"), ("seats", "not-a-number")],
        [("closes", "past-date")],
        [("employer", "other-employer")],
        [("fields", "unknown-column")],
        [],
    ]
    assert all(fault["fix"] and fault["fix_km"] for row in told for fault in row["faults"])
    assert "Dara" not in str(told)
    assert "chief" not in str(told)
    assert len(await ledger(employment, "vacancy-opened")) == 2


def faults(rows: Sequence[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    return [[(fault["field"], fault["reason"]) for fault in row["faults"]] for row in rows]


async def test_a_batch_out_of_bounds_is_refused_whole(employment: Running) -> None:
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        bodies: list[Any] = [
            {"rows": []},
            {"rows": [line(n) for n in range(1, 502)]},
            {"rows": [line(0)]},
            {"rows": "x"},
        ]
        for body in (*bodies, [], {}):
            problem(await officer.post("/vacancies", body), 422, "faulty")
        assert await counted(officer) == 0


def line(number: int) -> dict[str, Any]:
    return {"line": number, "fields": ROW | {"vacancy_no": str(number)}}


async def counted(officer: Asker) -> int:
    return int((await officer.get("/counts")).json()["vacancies"])


async def test_lists_go_on_where_they_ended(employment: Running) -> None:
    await opened(employment, *[ROW | {"vacancy_no": str(number)} for number in range(7)])
    seen: list[str] = []
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        after: dict[str, str] = {}
        while True:
            page = (await officer.get("/vacancies", limit=3, **after)).json()
            seen += [each["vacancy"] for each in page["vacancies"]]
            if page["after"] is None:
                break
            after = {"after": page["after"]}
    assert seen == sorted(vacancy_id("lotus-works", str(number)) for number in range(7))


async def test_rows_can_be_checked_without_opening_anything(employment: Running) -> None:
    rows = (ROW, ROW | {"seats": "none"})
    async with asking(employment, EMPLOYMENT_OFFICER) as officer:
        body = {"rows": [{"line": number, "fields": row} for number, row in enumerate(rows, 2)]}
        told = (await officer.post("/vacancies?dry_run=true", body)).json()["rows"]
        assert [row["status"] for row in told] == ["accepted", "refused"]
        assert await counted(officer) == 0
        assert [row["status"] for row in await officer.rows("/vacancies", *rows)] == ["accepted", "refused"]
    assert len(await ledger(employment, "vacancy-opened")) == 1
