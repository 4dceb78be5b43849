"""One hard life, from the border to a second return, on the whole real system; and every service agrees with it.

Weeks pass: all services go by a clock that starts forty days back and is put forward, as a test of years' patience
cannot wait.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson
import pytest
from pydantic import SecretStr

from deploy import checking
from deploy.client import Actor, Client, RequestRefused
from deploy.settings import SystemSettings
from deploy.system import System
from services.intake import questionnaires
from tests.journey.conftest import last_object, reintegration
from tests.servers.choosing import Servers

BACK: Final = 40
"""Days by which the services' clocks are behind when the story begins."""
PATIENCE: Final = 60
"""Seconds after which what was to come does not come any more: a guard against hanging."""
OFFICES: Final = [
    {
        "office": f"legal-aid-{name}",
        "kinds": ["legal-assistance"],
        "provinces": provinces,
        "title_en": f"Legal aid {name}",
        "title_km": f"ជំនួយផ្នែកច្បាប់ {name}",
    }
    for name, provinces in (("near", ["15"]), ("far", []))
]


@dataclass
class Life:
    """The system, those who work in it, and a clock that goes as fast as the story needs."""

    system: System
    clock: Path
    client: Client
    days: int = -BACK
    codes: dict[str, str] = field(default_factory=dict)

    def pass_days(self, days: int) -> None:
        """Put every service's clock forward."""
        self.days += days
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(str(self.days * 86_400))
        fresh.replace(self.clock)

    @property
    def today(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def at(self, centre: str, role: str = "counsellor") -> Actor:
        return self.client.acting(f"{role}-{centre}", role, centre=centre)

    def office(self, name: str) -> Actor:
        return self.client.acting(name, "service-provider", provider=name)


@pytest.fixture(scope="module")
def life(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    clock = tmp_path_factory.mktemp("clock") / "offset"
    clock.write_text(str(-BACK * 86_400))
    settings = SystemSettings(kafka=servers.kafka, postgres=SecretStr(servers.postgres), port=0)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REINTEGRATION_CLOCK_OFFSET", str(clock))
        with System(None, settings) as system, Client(system.addresses) as client:
            yield Life(system, clock, client)


def eventually(look: Callable[[], Any]) -> Any:
    """What a look finds once it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
    return found


def refused(ask: Callable[[], Any]) -> int:
    """With which status a request is refused."""
    with pytest.raises(RequestRefused) as refusal:
        ask()
    return refusal.value.problem.status


def test_a_hard_life(life: Life) -> None:
    pursat, lead = life.at("pursat"), life.at("pursat", "centre-lead")
    operator = life.client.acting("operator", "operator")
    operator.post("intake", "/offices", {"offices": OFFICES})

    # At the border, with a name and nothing else.
    ids = pursat.post("intake", "/persons", {"person": {"name_km": "ខៀវ គំរូស្រី"}})["ids"]
    person, case = ids["person"], ids["case"]
    shown = pursat.get("intake", f"/persons/{person}")
    assert {"sex", "commune"} <= set(shown["missing"])

    # Completed at the centre; her card is with a money lender.
    pursat.patch(
        "intake",
        f"/persons/{person}",
        {
            "based_on": shown["version"],
            "name_latin": "Khiev Kumrusrey",
            "sex": "female",
            "age": 34,
            "phone": "019 000 077",
            "phone_owner": "family",
        },
    )
    pursat.patch(
        "intake",
        f"/cases/{case}",
        {
            "based_on": 1,
            "commune": "150101",
            "return_date": (life.today - timedelta(days=2)).date().isoformat(),
            "return_kind": "conflict",
            "border_point": "poipet",
            "country": "thailand",
            "sector": "garment",
            "occupation": "8153",
            "unpaid_wages_usd": 420,
            "debt_usd": 5_500,
            "id_missing_reason": "pawned",
        },
    )
    assert pursat.get("intake", f"/cases/{case}")["id_missing_reason"] == "pawned"
    pursat.post(
        "intake",
        f"/persons/{person}/consents",
        {"purposes": ["services", "employment", "messages"], "given": "spoken", "witness": "A neighbour, made up"},
    )

    # Needs and a plan that the lead approves.
    shipped = questionnaires.questionnaires()["interview-1"]
    easy = {code: next(iter(question.choices)) for code, question in shipped.questions.items()}
    held = {"moment": "entry", "questionnaire": "interview-1", "answers": easy | {"debt-owed": "behind"}}
    pursat.post("intake", f"/cases/{case}/assessments", held)
    pursat.post("intake", f"/cases/{case}/needs", {"needs": ["job", "debt-advice"]})
    goal = {"area": "wages", "text": "Get the wages that are owed.", "due_on": life.today.date().isoformat()}
    pursat.post("intake", f"/cases/{case}/goals", {"goals": [goal]})
    pursat.post("intake", f"/cases/{case}/case-plan/agreement", {"given": "spoken"})
    lead.post("intake", f"/cases/{case}/case-plan/decision", {"decision": "approve"})
    assert pursat.get("intake", f"/cases/{case}/case-plan")["state"] == "approved"

    _unanswered_until_another_office_accepts(life, person, case)
    _consent_withdrawn_and_given_again(life, person, case)
    _to_another_centre(life, person, case)
    _placed(life, person, case)
    second = _abroad_and_back(life, person, case)
    _every_service_agrees(life, person, case, second)


def _unanswered_until_another_office_accepts(life: Life, person: str, case: str) -> None:
    pursat, lead = life.at("pursat"), life.at("pursat", "centre-lead")
    code = pursat.post("intake", f"/cases/{case}/referrals", {"kind": "legal-assistance"})["ids"]["code"]

    def state() -> Any:
        return pursat.get("intake", f"/referrals/{code}")

    assert (state()["provider"], state()["state"]) == ("legal-aid-near", "requested")
    life.pass_days(10)
    eventually(lambda: state()["reminded"] == 1)
    life.pass_days(5)
    eventually(lambda: [each for each in lead.get("intake", "/referrals", view="lead") if each["code"] == code])
    life.pass_days(5)
    eventually(lambda: state()["reminded"] == 2)
    life.pass_days(11)
    eventually(lambda: state()["state"] == "re-routed")
    first, following = pursat.get("intake", f"/referrals/{code}/chain")
    assert (first["state"], following["provider"], following["number"]) == ("re-routed", "legal-aid-far", 2)
    assert first["rerouted_to"] == following["code"] != code

    office, again = life.office("legal-aid-far"), following["code"]
    assert refused(lambda: office.get("intake", f"/referrals/{again}/person")) == 409
    assert refused(lambda: life.office("legal-aid-near").get("intake", f"/referrals/{again}")) == 404
    office.post("intake", f"/referrals/{again}/decision", {"decision": "accept"})
    assert office.get("intake", f"/referrals/{again}/person")["name_latin"] == "Khiev Kumrusrey"
    life.codes["legal"] = again


def _consent_withdrawn_and_given_again(life: Life, person: str, case: str) -> None:
    pursat = life.at("pursat")
    for purpose in ("services", "messages", "employment"):
        pursat.delete("intake", f"/persons/{person}/consents/{purpose}")
    assert pursat.get("intake", f"/referrals/{life.codes['legal']}")["state"] == "withdrawn"
    assert (
        refused(lambda: life.office("legal-aid-far").get("intake", f"/referrals/{life.codes['legal']}/person")) >= 400
    )
    assert refused(lambda: pursat.post("intake", f"/cases/{case}/referrals", {"kind": "legal-assistance"})) == 409

    def ended() -> bool:
        consents = pursat.get("intake", f"/persons/{person}/consents")
        return all(each["ended"] and not each["ended"]["waiting"] for each in consents)

    eventually(ended)
    told = _told(pursat, person)
    purposes = ["services", "employment", "messages", "social-protection"]
    pursat.post("intake", f"/persons/{person}/consents", {"purposes": purposes, "given": "signed"})
    pursat.post("intake", f"/cases/{case}/plan")
    code = pursat.post("intake", f"/cases/{case}/referrals", {"kind": "legal-assistance"})["ids"]["code"]
    provider = pursat.get("intake", f"/referrals/{code}")["provider"]
    life.office(provider).post("intake", f"/referrals/{code}/decision", {"decision": "accept"})
    eventually(lambda: _told(pursat, person) > told)
    life.codes["legal"] = code


def _told(actor: Actor, person: str) -> int:
    """Messages that went out to her."""
    messages = actor.get("notifications", "/messages", person=person)["messages"]
    return sum(1 for each in messages if each["state"] == "delivered")


def _to_another_centre(life: Life, person: str, case: str) -> None:
    pursat, there = life.at("pursat"), life.at("preah-vihear", "centre-lead")
    transfer = pursat.post("intake", f"/persons/{person}/transfers", {"to": "preah-vihear", "reason": "moved"})["ids"]
    there.post("intake", f"/transfers/{transfer['transfer']}/decision", {"decision": "accept"})
    assert refused(lambda: pursat.get("intake", f"/cases/{case}")) == 404
    assert there.get("intake", f"/cases/{case}")["centre"] == "preah-vihear"
    (found,) = there.post("intake", "/persons/search", {"name": "kumrusrey"})
    assert found["person"] == person
    # Access moves in the other services as soon as they hear of it.
    for reaches in (_reaches_matches, _reaches_messages):
        eventually(lambda reaches=reaches: reaches(there, person))  # type: ignore[misc]
        eventually(lambda reaches=reaches: not reaches(pursat, person))  # type: ignore[misc]


def _reaches_matches(actor: Actor, person: str) -> bool:
    return _reaches(lambda: actor.get("employment", f"/persons/{person}/matches"))


def _reaches_messages(actor: Actor, person: str) -> bool:
    return _reaches(lambda: actor.get("notifications", "/messages", person=person))


def _reaches(look: Callable[[], Any]) -> bool:
    try:
        look()
    except RequestRefused:
        return False
    return True


def _placed(life: Life, person: str, case: str) -> None:
    there = life.at("preah-vihear")
    officer = life.client.acting("officer", "employment-officer")
    vacancy = {
        "vacancy_no": "HARD-1",
        "employer": "example-workshop",
        "occupation": "8153",
        "skills": "",
        "commune": "150101",
        "seats": "1",
        "wage_usd": "230",
        "closes": (life.today + timedelta(days=30)).date().isoformat(),
    }
    officer.post("employment", "/vacancies", {"rows": [{"line": 2, "fields": vacancy}]})

    def proposed() -> Any:
        matches = there.get("employment", f"/persons/{person}/matches")["matches"]
        return [each["match"] for each in matches if each["state"] == "proposed"]

    (match,) = eventually(proposed)
    officer.post("employment", f"/matches/{match}/acceptance")
    starts = life.today.date().isoformat()
    officer.post("employment", f"/matches/{match}/placement", {"starts": starts, "engagement": "employee"})
    placement = eventually(lambda: there.get("intake", f"/cases/{case}")["placement"])
    assert placement["match"] == match
    referrals = there.get("intake", f"/cases/{case}")["referrals"]
    assert [each["state"] for each in referrals if each["kind"] == "employment"][-1] == "completed"
    assert [each["scheme"] for each in referrals if each["kind"] == "social-protection"] == ["nssf"]


def _abroad_and_back(life: Life, person: str, case: str) -> str:
    there = life.at("preah-vihear")
    there.post("intake", f"/cases/{case}/closing", {"reason": "re-migrated"})
    life.pass_days(5)
    assert there.get("intake", f"/cases/{case}")["state"] == "closed"
    assert there.get("intake", f"/referrals/{life.codes['legal']}")["state"] == "withdrawn"
    returned = {"case": {"return_kind": "voluntary", "commune": "130101", "border_point": "osmach"}}
    second: str = there.post("intake", f"/persons/{person}/returns", returned)["ids"]["case"]
    assert there.get("intake", f"/persons/{person}")["cases"] == [second, case]
    return second


def _every_service_agrees(life: Life, person: str, case: str, second: str) -> None:
    there = life.at("preah-vihear")
    eventually(lambda: _cases_in_employment(life, person) == [second])
    timeline = there.get("intake", f"/persons/{person}/timeline")["events"]
    facts = [each["fact"] for each in timeline]
    for fact in (
        "case-registered",
        "case-changed",
        "assessment-recorded",
        "case-plan-agreed",
        "referral-reminded",
        "referral-escalated",
        "referral-expired",
        "referral-rerouted",
        "referral-accepted",
        "consent-withdrawn",
        "withdrawal-confirmed",
        "consent-given",
        "transfer-accepted",
        "match-proposed",
        "placement-confirmed",
        "case-closed",
    ):
        assert fact in facts, fact
    assert facts.index("referral-expired") < facts.index("referral-rerouted") < facts.index("transfer-accepted")
    assert facts.count("case-registered") == 2


def _cases_in_employment(life: Life, person: str) -> list[str]:
    async def read() -> str:
        connection = await asyncpg.connect(life.system.addresses.databases["employment"])
        try:
            cases: str = await connection.fetchval("select cases::text from seeker where person = $1", person)
        finally:
            await connection.close()
        return cases

    found: list[str] = orjson.loads(asyncio.run(read()))
    return found


def test_nothing_of_it_is_lost_doubled_or_sent_after_its_withdrawal(life: Life) -> None:
    eventually(lambda: checking.check(life.system.addresses).clean)
    data = life.system.folder.path
    told = reintegration("reconcile", "--since", "2026-01-01", "--grace", 0, "--json", "--data", data)
    assert told.returncode == 0, told.stdout + told.stderr
    assert last_object(told)["complete"]
    verified = reintegration("verify", "--data", data)
    assert verified.returncode == 0, verified.stdout + verified.stderr


async def test_no_referral_was_made_between_withdrawal_and_new_consent(life: Life) -> None:
    connection = await asyncpg.connect(life.system.addresses.databases["intake"])
    try:
        rows = await connection.fetch(
            "select split_part(type, '.', 3) as fact, data::jsonb ->> 'purpose' as purpose from ledger"
            " where type like '%consent-%' or type like '%referral-requested%' order by position"
        )
    finally:
        await connection.close()
    agreed = True
    for fact, purpose in rows:
        if purpose == "services":
            agreed = fact == "consent-given"
        elif fact == "referral-requested":
            assert agreed
    assert [row[0] for row in rows].count("referral-requested") >= 4
