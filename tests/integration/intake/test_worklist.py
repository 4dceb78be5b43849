"""The work list on a real database: what is due, late and waiting, on whom; the own centre's alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.intake import questionnaires
from services.intake.domain.norms import plan_by
from services.intake.queries.worklist import PARTS, answering, statement
from shared.local_time import day
from shared.service import Running
from shared.work import utc_now
from tests.integration.asking import Asker
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import referral_of, registered
from tests.integration.intake.moments import Moved, fire
from tests.integration.intake.test_assessments import held
from tests.integration.intake.test_caseplans import goal

pytestmark = pytest.mark.usefixtures("offered")

NORMS = questionnaires.norms()


async def listed(asker: Asker, **parameters: Any) -> list[dict[str, Any]]:
    answer = await asker.get("/worklist", **parameters)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def told(items: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(each["kind"], each["status"], each["on"]) for each in items}


async def test_a_new_case_asks_for_its_assessment_and_later_for_its_plan(office: Office, intake: Running) -> None:
    person, case = await registered(office.counsellor, needs="")
    (entry,) = await listed(office.counsellor)
    assert (entry["kind"], entry["about"], entry["status"], entry["on"]) == ("assessment", "entry", "due", "counsellor")
    assert (entry["case"], entry["person"], entry["name"]) == (case, person, "គំរូ ស្វាយខៀវ")
    assert entry["due_on"] == (day(utc_now()) + timedelta(days=NORMS.entry)).isoformat()
    assert entry["what"]["en"]
    assert entry["what"]["km"]
    assert told(await listed(office.counsellor, days=60)) == {
        ("assessment", "due", "counsellor"),
        ("plan", "due", "counsellor"),
    }
    assert await listed(office.elsewhere, days=366) == []
    assert (await office.operator.get("/worklist")).status_code == 403
    assert (await office.provider.get("/worklist")).status_code == 403
    intake.clock = Moved(timedelta(days=40))
    assert told(await listed(office.counsellor)) == {
        ("assessment", "late", "counsellor"),
        ("plan", "late", "counsellor"),
    }
    await office.counsellor.post(f"/cases/{case}/closing", {"reason": "moved-away"})
    assert await listed(office.counsellor, days=366) == []


async def test_the_plan_goes_from_the_counsellor_to_the_lead_and_back(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="")

    async def plan() -> tuple[str, str] | None:
        items = await listed(office.counsellor, kind="plan", days=60)
        return (items[0]["about"], items[0]["on"]) if items else None

    assert await plan() == ("none", "counsellor")
    await office.counsellor.post(f"/cases/{case}/goals", {"goals": [goal()]})
    assert await plan() == ("draft", "counsellor")
    await office.counsellor.post(f"/cases/{case}/case-plan/agreement", {"given": "signed"})
    assert await plan() == ("agreed", "lead")
    back = {"decision": "return", "reason": "too-much"}
    await office.lead.post(f"/cases/{case}/case-plan/decision", back)
    assert await plan() == ("returned", "counsellor")
    await office.counsellor.post(f"/cases/{case}/case-plan/agreement", {"given": "signed"})
    await office.lead.post(f"/cases/{case}/case-plan/decision", {"decision": "approve"})
    assert await plan() is None


@pytest.mark.parametrize(
    ("registered_on", "return_date"),
    [
        (date(2026, 1, 31), None),
        (date(2026, 11, 24), date(2025, 8, 2)),
        (date(2026, 3, 2), date(2026, 1, 31)),
        (date(2024, 2, 1), date(2024, 1, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
async def test_the_statement_knows_the_same_day_as_the_rule(
    office: Office, intake: Running, registered_on: date, return_date: date | None
) -> None:
    _, case = await registered(office.counsellor, needs="")
    await intake.database.fetch(
        "update cases set registered_on = $2, return_date = $3 where caseid = $1 returning caseid",
        case,
        registered_on,
        return_date,
    )
    (item,) = await listed(office.counsellor, kind="plan", days=366)
    assert item["due_on"] == plan_by(NORMS, registered_on, return_date).isoformat()
    shown = (await office.counsellor.get(f"/cases/{case}/case-plan")).json()
    assert shown["approve_by"] == item["due_on"]


async def test_later_assessments_goals_sessions_and_attempts_come_on_their_day(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor, needs="")
    today = day(utc_now())
    assert (await office.counsellor.post(f"/cases/{case}/assessments", held())).status_code == 200
    soon, later = (today + timedelta(days=days) for days in (5, 30))
    await office.counsellor.post(
        f"/cases/{case}/goals", {"goals": [goal(due_on=soon.isoformat()), goal(due_on=later.isoformat())]}
    )
    session = {"kind": "follow-up", "mode": "phone", "on": (today + timedelta(days=3)).isoformat()}
    await office.counsellor.post(f"/cases/{case}/sessions", session)
    call = {"channel": "phone", "outcome": "no-answer", "follow_up_on": (today + timedelta(days=1)).isoformat()}
    await office.counsellor.post(f"/cases/{case}/outreach", call)
    items = await listed(office.counsellor)
    assert [each["kind"] for each in items] == ["outreach", "session", "goal"]  # by their days
    assert await fire(intake, timedelta(days=100)) == 2
    intake.clock = Moved(timedelta(days=100))
    (assessment,) = await listed(office.counsellor, kind="assessment")
    assert (assessment["about"], assessment["status"]) == ("month-3", "late")
    assert len(await listed(office.counsellor, kind="goal")) == 2


async def test_a_legal_matter_waits_on_who_has_it(office: Office) -> None:
    _, case = await registered(office.counsellor, needs="")
    opened = await office.counsellor.post(f"/cases/{case}/matters", {"kind": "documents"})
    path = f"/cases/{case}/matters/{opened.json()['ids']['matter']}/steps"
    (item,) = await listed(office.counsellor, kind="matter", days=30)
    assert (item["on"], item["about"], item["status"]) == ("counsellor", "opened", "due")
    for step in ("papers-gathered", "application-filed"):
        await office.counsellor.post(path, {"step": step})
    (item,) = await listed(office.counsellor, kind="matter", days=0)
    assert (item["on"], item["about"], item["status"]) == ("office", "application-filed", "waiting")
    await office.counsellor.post(path, {"step": "closed", "outcome": "issued"})
    assert await listed(office.counsellor, kind="matter", days=366) == []


async def test_a_referral_is_waited_for_and_its_refusal_is_told(office: Office, intake: Running) -> None:
    _, case = await registered(office.counsellor, needs="legal-aid")
    code = (await referral_of(office.counsellor, case, "legal-assistance"))["code"]
    (item,) = await listed(office.counsellor, kind="referral")
    assert (item["code"], item["on"], item["status"]) == (code, "office", "waiting")
    refused = {"decision": "reject", "reason": "too-far"}
    assert (await office.lead.post(f"/referrals/{code}/decision", refused)).status_code == 200
    assert await listed(office.counsellor, kind="referral") == []
    (item,) = await listed(office.counsellor, kind="refusal")
    assert (item["code"], item["about"], item["status"], item["on"]) == (code, "too-far", "due", "counsellor")
    # Asked for once more: the refusal is dealt with.
    assert (await office.counsellor.post(f"/cases/{case}/plan", {})).status_code == 200
    assert await listed(office.counsellor, kind="refusal") == []
    assert len(await listed(office.counsellor, kind="referral")) == 1


async def test_a_proposal_waits_for_a_decision(office: Office) -> None:
    person, case = await registered(office.counsellor, needs="", birth_date="01/05/1960")
    facts = {"facts": {"nssf-member": True, "pregnant": False, "child-under-two": True}}
    assert (await office.counsellor.post(f"/persons/{person}/circumstances", facts)).status_code == 200
    items = await listed(office.counsellor, kind="proposal")
    answers = (await office.counsellor.get(f"/cases/{case}/eligibility")).json()
    eligible = {each["evaluation"]: each["scheme"] for each in answers if each["outcome"] == "eligible"}
    assert eligible
    assert {(each["item"], each["about"], each["on"], each["status"]) for each in items} == {
        (number, scheme, "counsellor", "due") for number, scheme in eligible.items()
    }
    for number in eligible:
        decided = await office.counsellor.post(f"/evaluations/{number}/decision", {"decision": "refer"})
        assert decided.status_code == 200, decided.text
    assert await listed(office.counsellor, kind="proposal") == []


async def test_a_transfer_waits_for_the_other_centres_lead(office: Office) -> None:
    person, _ = await registered(office.counsellor, needs="")
    asked = await office.counsellor.post(f"/persons/{person}/transfers", {"to": "oddar-meanchey", "reason": "moved"})
    number = asked.json()["ids"]["transfer"]
    (here,) = await listed(office.counsellor, kind="transfer")
    assert (here["status"], here["on"], here["office"], here["person"]) == (
        "waiting",
        "centre",
        "oddar-meanchey",
        person,
    )
    (there,) = await listed(office.elsewhere, kind="transfer")
    assert (there["status"], there["on"], there["office"], there["item"]) == ("due", "lead", "pursat", number)
    assert (there["person"], there["name"]) == (None, None)
    await office.counsellor.post(f"/transfers/{number}/withdrawal", {})
    assert await listed(office.elsewhere, kind="transfer") == []


async def test_it_is_cut_where_it_is_long_and_says_so(office: Office) -> None:
    for number in range(3):
        await registered(office.counsellor, form_no=f"PS-{number}", needs="")
    answer = (await office.counsellor.get("/worklist", most=2)).json()
    assert (len(answer["items"]), answer["more"]) == (2, True)
    answer = (await office.counsellor.get("/worklist", most=3)).json()
    assert (len(answer["items"]), answer["more"]) == (3, False)
    for wrong in ({"most": 501}, {"days": -1}, {"kind": "lunch"}):
        assert (await office.counsellor.get("/worklist", **wrong)).status_code == 422


@pytest.mark.parametrize("kind", sorted(PARTS))
async def test_each_part_is_read_alone_too(intake: Running, kind: str) -> None:
    rows = await intake.database.fetch(
        statement([kind]), "pursat", day(utc_now()), 10, 7, 1, 14, 7, 3, ["court"], None, *answering(), 7, 7
    )
    assert rows == []


MANY = 60_000
SEED = f"""
with made as (
    select gen_random_uuid() as person, gen_random_uuid() as caseid, number,
           case when number % 50 = 0 then 'pursat' else 'preah-vihear' end as centre
    from generate_series(1, {MANY}) as number
), persons as (
    insert into person (person, centre, caseid, sex, contact, channel, language, consents)
    select person, centre, caseid, 'female', gen_random_uuid(), 'none', 'km', '{{}}' from made
), cases as (
    insert into cases (caseid, person, centre, registered_on, commune, skills_claimed, state)
    select caseid, person, centre, current_date - number % 300, '150101', '[]', 'open' from made
), referrals as (
    insert into referral (referral, code, person, caseid, service, kind, purpose, requested_on, priority, state,
                          changed_on, requested_at, reason)
    select gen_random_uuid(), 'made-up ' || number, person, caseid, 'course', 'course', 'services', current_date,
           'normal', case when number % 20 = 0 then 'rejected' else 'requested' end, current_date, now(), 'full'
    from made
), assessments as (
    insert into assessment (assessment, person, caseid, moment, due_on, state)
    select gen_random_uuid(), person, caseid, 'month-3', current_date, 'due' from made
), goals as (
    insert into goal (goal, person, caseid, area, services, due_on, state)
    select gen_random_uuid(), person, caseid, 'work', '[]', current_date, 'open' from made
), matters as (
    insert into matter (matter, person, caseid, kind, state, next_on, opened_on, changed_on)
    select gen_random_uuid(), person, caseid, 'documents', 'opened', current_date, current_date, current_date from made
)
insert into session (session, person, caseid, kind, mode, planned_on, state)
select gen_random_uuid(), person, caseid, 'follow-up', 'phone', current_date, 'planned' from made
"""


def scanned(node: dict[str, Any]) -> set[str]:
    """Tables that a plan reads from end to end."""
    found = {node["Relation Name"]} if node["Node Type"] == "Seq Scan" else set()
    return found.union(*(scanned(inner) for inner in node.get("Plans", ())))


async def test_it_reads_what_is_the_centres_own_and_no_table_from_end_to_end(office: Office, intake: Running) -> None:
    await intake.database.fetch(f"{SEED} returning session")
    await intake.database.fetch("analyze")
    parameters = ["pursat", day(utc_now()), 101, 7, 1, 14, 7, 3, ["court"], None, *answering(), 7, 7]
    rows = await intake.database.fetch(f"explain (format json) {statement(list(PARTS))}", *parameters)
    ((plan,),) = [row[0] for row in rows]
    assert scanned(plan["Plan"]) <= {"conflict", "ended_consent", "outreach", "case_plan"}  # these are empty here
    answer = (await office.counsellor.get("/worklist", most=500)).json()
    assert (len(answer["items"]), answer["more"]) == (500, True)
