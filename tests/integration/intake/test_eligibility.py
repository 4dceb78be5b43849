"""Social protection on a real database: told in confidence, proposed, decided, and asked again when rules change."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from services.intake.domain import proposals, scheme_rules
from services.intake.handlers import eligibility as handlers
from services.intake.watching_rules import RulesWatch
from shared.access import COUNSELLOR, OPERATOR, SCHEME_OFFICER
from shared.service import Running
from tests.integration.asking import Asker, asking
from tests.integration.intake.clocked import Clock, clocked, fire
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import case_of, registered

SENSITIVE = ("pregnant", "idpoor", "disability", "family-package", "health-equity-fund", "child-under-two")


@pytest.fixture
async def timed(database_of: Callable[[str | Path], Awaitable[str]]) -> AsyncIterator[Running]:
    async with clocked(await database_of("intake"), Clock()) as running:
        yield running


async def says(asker: Asker, person: str, **facts: bool | None) -> None:
    body = {"facts": {name.replace("_", "-"): value for name, value in facts.items()}}
    answer = await asker.post(f"/persons/{person}/circumstances", body)
    assert answer.status_code == 200, answer.text


async def answers(asker: Asker, case: str) -> dict[str, dict[str, Any]]:
    answer = await asker.get(f"/cases/{case}/eligibility")
    assert answer.status_code == 200, answer.text
    return {each["scheme"]: each for each in answer.json()}


async def told(running: Running) -> list[str]:
    return [row[0] for row in await running.database.fetch("select data::text from ledger")]


async def test_told_in_confidence_proposed_and_decided(office: Office, intake: Running) -> None:
    counsellor = office.counsellor
    person, case = await registered(counsellor, needs="", birth_date="01/05/1960")
    assert (await counsellor.post(f"/cases/{case}/eligibility", {})).status_code == 200
    asked = await answers(counsellor, case)
    assert {each["outcome"] for each in asked.values()} == {"unknown"}
    assert all(question["km"] for each in asked.values() for question in each["missing"])
    assert not any(each["verified"] for each in asked.values())

    await says(counsellor, person, nssf_member=True, pregnant=False, child_under_two=True)
    package = (await answers(counsellor, case))["family-package"]
    assert (package["outcome"], package["why"]["reason"], package["rule"]) == (
        "eligible",
        "child-under-two",
        "family-package-1",
    )
    assert (await case_of(counsellor, case))["referrals"] == []  # a proposal only

    path = f"/evaluations/{package['evaluation']}/decision"
    assert (await office.elsewhere.post(path, {"decision": "refer"})).status_code == 404
    assert (await office.officer.post(path, {"decision": "refer"})).status_code == 403
    decided = await counsellor.post(path, {"decision": "refer"})
    assert decided.status_code == 200, decided.text
    again = await counsellor.post(path, {"decision": "not-now", "reason": "other"})
    assert again.status_code == 409
    (referral,) = (await case_of(counsellor, case))["referrals"]
    assert (referral["scheme"], referral["state"]) == ("family-package", "requested")
    assert (await answers(counsellor, case))["family-package"]["decided"]["decision"] == "refer"
    async with asking(intake, SCHEME_OFFICER, scheme="family-package") as officer:
        (waiting,) = (await officer.get("/schemes/family-package/referrals")).json()
        assert waiting["code"] == referral["code"]
        accepted = await officer.post(f"/referrals/{referral['code']}/decision", {"decision": "accept"})
        assert accepted.status_code == 200, accepted.text

    assert not any(word in data for data in await told(intake) for word in SENSITIVE)
    shown = {
        each["fact"]["fact"]: each["value"]
        for each in (await counsellor.get(f"/persons/{person}/circumstances")).json()
    }
    assert (shown["pregnant"], shown["nssf-member"], shown["disability"]) == (False, True, None)
    assert (await office.elsewhere.get(f"/persons/{person}/circumstances")).status_code == 404
    unknown = await counsellor.post(f"/persons/{person}/circumstances", {"facts": {"rich": True}})
    assert unknown.status_code == 422


async def test_rules_are_shown_with_their_source(office: Office) -> None:
    shown = (await office.counsellor.get("/rules")).json()
    by_version = {rule["version"]: rule for rule in shown["rules"]}
    assert not by_version["health-equity-fund-1"]["holds"]
    assert by_version["health-equity-fund-2"]["holds"]
    assert all(rule["source"] and rule["title_km"] and (rule["verified"] or rule["doubt"]) for rule in shown["rules"])


async def test_who_corrects_who_she_is_has_the_rules_asked(timed: Running) -> None:
    async with asking(timed, COUNSELLOR, centre="pursat") as counsellor:
        person, case = await registered(counsellor, needs="")
        card = {"based_on": 1, "idpoor_level": "idpoor-2", "idpoor_until": "2026-12-31"}
        changed = await counsellor.patch(f"/persons/{person}", card)
        assert changed.status_code == 200, changed.text
        await fire(timed)
        shown = await answers(counsellor, case)
        assert {scheme: each["outcome"] for scheme, each in shown.items()} == {
            "health-equity-fund": "eligible",
            "vocational-training": "eligible",
        }
        # An answer is only as good as the card.
        later = await counsellor.patch(f"/persons/{person}", {"based_on": 2, "idpoor_until": "2026-11-19"})
        assert later.status_code == 200, later.text
        await fire(timed)
        assert (await answers(counsellor, case))["health-equity-fund"]["outcome"] == "unknown"
        assert not any(word in data for data in await told(timed) for word in SENSITIVE)


async def test_other_rules_ask_about_every_open_case_again_once_and_in_pages(
    timed: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (proposals, handlers):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    async with asking(timed, COUNSELLOR, centre="pursat") as counsellor, asking(timed, OPERATOR) as operator:
        await RulesWatch(timed).step()
        await fire(timed)
        people = [await registered(counsellor, form_no=f"PS-{number:04}") for number in range(7)]
        for person, _ in people:
            await says(counsellor, person, equity_card=False)
        assert (await answers(counsellor, people[0][1]))["health-equity-fund"]["outcome"] == "not-eligible"
        closing = await counsellor.post(f"/cases/{people[6][1]}/closing", {"reason": "moved-away"})
        assert closing.status_code == 200, closing.text
        before = await evaluated(timed)

        held = scheme_rules.rules()
        changed = tuple(
            rule._replace(version="health-equity-fund-3", grounds=(scheme_rules.Ground("near-poor", NO_CARD),))
            if rule.version == "health-equity-fund-2"
            else rule
            for rule in held
        )
        monkeypatch.setattr(scheme_rules, "rules", lambda: changed)
        for watch in (RulesWatch(timed), RulesWatch(timed)):
            await watch.step()
            await watch.step()
        await fire(timed)
        for person, case in people[:6]:
            fund = (await answers(counsellor, case))["health-equity-fund"]
            assert (fund["outcome"], fund["rule"]) == ("eligible", "health-equity-fund-3")
            assert await evaluated(timed, person) == {"facts-told": 1, "rules-changed": 1}
        assert (await answers(counsellor, people[6][1]))["health-equity-fund"]["rule"] == "health-equity-fund-2"
        assert await evaluated(timed) == {**before, "rules-changed": 6}

        again = await operator.post("/rules/evaluation", {})
        assert again.status_code == 200, again.text
        await fire(timed)
        assert await evaluated(timed) == {**before, "rules-changed": 6}
        assert (await counsellor.post("/rules/evaluation", {})).status_code == 403
        assert not any(word in data for data in await told(timed) for word in SENSITIVE)


NO_CARD = (scheme_rules.Condition("idpoor", ("none",)),)


async def evaluated(running: Running, person: str | None = None) -> dict[str, int]:
    """How many times answers were told to be new, by what made the rules be asked."""
    rows = await running.database.fetch(
        "select data::jsonb ->> 'because', count(*) from ledger where type = $1 and ($2::uuid is null or subject = $2)"
        " group by 1",
        "reintegration.intake.eligibility-evaluated.v1",
        person,
    )
    return {row[0]: row[1] for row in rows}
