"""From proposal to job over HTTP: one last seat, who may do what, and what each is shown."""

import asyncio
import uuid
from datetime import timedelta

from services.employment.domain.model import match_id, vacancy_id
from shared.access import CENTRE_LEAD, COUNSELLOR, EMPLOYER, EMPLOYMENT_OFFICER, OPERATOR
from shared.events.intake import ConsentWithdrawn
from shared.service import Running
from shared.work import utc_now
from tests.integration.asking import asking
from tests.integration.core.speaking import attributes_of, listen, speak
from tests.integration.employment.opening import VACANCY, opened, problem
from tests.integration.employment.seeking import CONSENT, ROW, ledger, recognised, registered, seekers, settled
from tests.waiting import until

STARTS = (utc_now().date() + timedelta(days=7)).isoformat()


async def proposed(running: Running, kafka: str, topics: str, number: int, *rows: dict[str, str]) -> list[str]:
    """So many persons to whom these vacancies are proposed."""
    people, told = seekers(number)
    await speak(kafka, topics, told)
    await until(lambda: settled(running, len(told)))
    await opened(running, *(rows or (ROW,)))
    await until(lambda: settled(running, 0))
    return people


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
