"""Canaries: what centres write of people stays in intake, and there in the identity store."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
import pytest

from deploy.demo.evidence import published
from deploy.draining import Drain
from deploy.files import read_rows
from deploy.oracle.topics import Topics
from deploy.topics import read_topics
from services.__main__ import NAMES, service_named
from shared import reference
from tests.journey.conftest import Pilot

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot

CANARY: Final = {
    "form_no": "CANARY-1",
    "name_km": "គំរូ កាណារីលឿង",
    "name_latin": "Kumru Kanary Loeung",
    "sex": "female",
    "birth_date": "1987-03-09",
    "phone": "019 077 1234",
    "phone_owner": "self",
    "id_number": "099771234",
    "commune": "150101",
    "needs": "training;job;poverty;health-care;distress",
    "consent": "services;employment;messages;social-protection",
    "consent_given": "signed",
    "debt_usd": "771234",
    "note": "canary-note of the counsellor",
}
WORDS: Final = ("name_km", "name_latin", "note", "phone", "id_number")
"""Columns whose cells are looked for as they were typed."""
HIDDEN: Final = frozenset(code for code, need in reference.needs().items() if not need.publishable)
"""Needs that never leave intake."""
NUMBER: Final = re.compile(r"(?<![0-9a-fA-F])\+?(\d{8,12})(?![0-9a-fA-F])")
LAST_CENTURY: Final = re.compile(r"(?<!\d)(?!1990-12-31)19\d\d-\d\d-\d\d")
"""A birth date: nothing else in this system happened then, but for the example in the sentence about dates."""


RANDOM: Final = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[0-9]*[a-f])[0-9a-f]{16,}\b")
"""Ids of our own making and digests: among thousands of them some hold the digits of somebody's number by chance."""
ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


class Secrets:
    """All that was written of people in this run."""

    def __init__(self, pilot: Pilot) -> None:
        files = [file.path for file in pilot.inputs.files if file.kind == "intake"]
        rows = [CANARY, *(row.fields for file in files for row in read_rows(file, "intake"))]
        # A cell that is no more than a word or two of everyday language would be found everywhere.
        self.words = {cell.strip() for row in rows for name in WORDS if len(cell := row.get(name, "")) > 7}
        self.numbers = {_national(row[name]) for row in rows for name in ("phone", "id_number") if row.get(name)} - {""}

    def found_in(self, text: str) -> set[str]:
        text = RANDOM.sub("", text)
        words = {word for word in self.words if word in text}
        numbers = {number for number in NUMBER.findall(text) if _national(number) in self.numbers}
        return words | numbers | set(LAST_CENTURY.findall(text))


def _national(number: str) -> str:
    """A telephone's or card's digits without country code and leading zeros, of whatever script."""
    digits = "".join(str(int(each)) for each in number if each.isdecimal())
    return digits.removeprefix("855").lstrip("0") if len(digits) >= 8 else ""


@pytest.fixture(scope="module")
def secrets(pilot: Pilot) -> Secrets:
    return Secrets(pilot)


@pytest.fixture(scope="module")
def answers(pilot: Pilot) -> list[httpx.Response]:
    """What services answer to requests that hold a canary in every place where a value can stand; all are refused,
    but one registration, of which everything follows."""
    with httpx.Client(timeout=60) as http:
        heard = list(_ask_everything(pilot, http))
    with Drain(pilot.addresses, {name: service_named(name).topics for name in NAMES}) as drain:
        drain.wait()
    return heard


def test_digits_within_an_id_are_nobodys_number(secrets: Secrets) -> None:
    number = next(each for each in sorted(secrets.numbers) if len(each) == 8)
    uuids = f"{number}-ab1c-7d2e-8f3a-0123456789ab 0199b6c1-ab1c-7d2e-8f3a-{number}abcd"
    ids = f"{uuids} 00-{number}0123456789abcdef01234567-01"
    assert secrets.found_in(ids) == set()
    assert secrets.found_in(f"{ids} 0{number}")
    assert secrets.found_in(f"+855{number}")


def _ask_everything(pilot: Pilot, http: httpx.Client) -> Iterator[httpx.Response]:
    where = pilot.addresses

    def ask(method: str, service: str, path: str, **content: Any) -> httpx.Response:
        offices = {"centre": "pursat", "provider": "provider-a", "employer": "canary-works", "scheme": "nssf"}
        roles = ("centre-lead", "training-provider", "employer", "employment-officer", "scheme-officer", "assessor")
        token = where.token("canary", *roles, "operator", **offices)
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": uuid.uuid4().hex,
            **content.pop("headers", {}),
        }
        return http.request(method, where.services[service] + path, headers=headers, **content)

    def rows(*fields: dict[str, str]) -> dict[str, Any]:
        return {"rows": [{"line": line, "fields": row} for line, row in enumerate(fields, 2)]}

    yield ask("POST", "intake", "/registrations", json=rows(CANARY))
    person = _person_of(pilot)
    spoilt = [
        {**CANARY, "form_no": f"CANARY-{place}", column: CANARY["note"]} for place, column in enumerate(CANARY, 2)
    ]
    changed = {**CANARY, "note": "canary-note of another day"}
    yield ask("POST", "intake", "/registrations", json=rows(*spoilt, changed, {**CANARY, CANARY["note"]: "x"}))
    yield ask(
        "POST",
        "intake",
        f"/persons/{person}/contact",
        json={"phone": CANARY["phone"] + "5", "phone_owner": "self", "language": "km"},
    )
    yield ask("POST", "intake", f"/persons/{person}/cases", json={"fields": {**CANARY, "commune": CANARY["note"]}})
    vacancy = dict.fromkeys(reference.columns("vacancies"), CANARY["note"])
    yield ask("POST", "employment", "/vacancies", json=rows(vacancy, {CANARY["note"]: "x"}))
    completion = dict.fromkeys(reference.columns("completions"), CANARY["note"])
    yield ask("POST", "training", "/completions", json=rows(completion, {CANARY["note"]: "x"}))
    for service, path in (
        ("intake", "/registrations"),
        ("intake", f"/persons/{person}/contact"),
        ("intake", f"/persons/{person}/consents"),
        ("intake", f"/cases/{person}/needs"),
        ("intake", "/offers"),
        ("intake", "/referrals/4821-0937-5518/decision"),
        ("employment", "/vacancies"),
        ("employment", f"/matches/{person}/decline"),
        ("training", "/completions"),
        ("training", "/courses"),
        ("training", "/prior-learning/4821-0937-5518/decision"),
    ):
        for body in (
            {CANARY["note"]: CANARY["name_km"]},
            {"rows": CANARY["note"]},
            {"reason": CANARY["note"]},
            [CANARY],
        ):
            yield ask("POST", service, path, json=body)
        yield ask(
            "POST",
            service,
            path,
            content=b'{"note": "canary-note of the counsellor',
            headers={"Content-Type": "application/json"},
        )
    for service in NAMES:
        yield ask("GET", service, f"/{CANARY['note']}/{CANARY['name_latin']}", params={"name": CANARY["name_km"]})
        yield ask(
            "GET", service, "/counts", headers={"X-Correlation-Id": CANARY["note"], "traceparent": CANARY["note"]}
        )
        yield ask("GET", service, "/counts", headers={"Authorization": f"Bearer {CANARY['note']}"})
    yield ask("GET", "intake", f"/persons/{CANARY['note']}")
    yield ask("GET", "intake", f"/referrals/{CANARY['phone']}")
    yield ask("GET", "employment", "/vacancies", params={"employer": CANARY["note"]})
    yield ask("GET", "notifications", "/messages", params={"person": CANARY["note"]})


def _person_of(pilot: Pilot) -> str:
    return next(each.person for each in pilot.journal.persons.values() if each.centre == "pursat")


def test_no_answer_repeats_what_was_sent(answers: list[httpx.Response], secrets: Secrets) -> None:
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert {told["status"] for told in answers[0].json()["rows"]} == {"accepted"}
    refused = [answer for answer in answers if answer.status_code >= 400]
    assert len(refused) > 60
    assert max(answer.status_code for answer in answers) < 500
    for answer in answers:
        text = answer.text + json.dumps(dict(answer.headers)) + json.dumps(answer.text, ensure_ascii=False)
        assert secrets.found_in(text) == set(), answer.request.url
        assert "canary-note" not in text


def test_topics_hold_no_name_number_date_note_or_hidden_need(
    answers: list[httpx.Response], pilot: Pilot, secrets: Secrets
) -> None:
    assert answers
    records = 0
    with Topics(
        pilot.addresses.kafka, [topic.name for topic in read_topics()], pilot.addresses.topic_prefix, {}
    ) as topics:
        assert topics.missing == []
        for batch in topics.read(topics.bounds()):
            for record in batch:
                records += 1
                parts = [record.key or b"", record.value or b"", *(value or b"" for _, value in record.headers or ())]
                text = b"\n".join(parts).decode()
                assert secrets.found_in(text) == set()
                assert "canary-note" not in text
    assert records > 1_000
    spoken = {code for event in published(pilot.addresses) for code in _strings(event.data)}
    assert spoken & HIDDEN == set()
    assert "pawned" not in spoken


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def test_logs_hold_ids_and_codes_only(answers: list[httpx.Response], pilot: Pilot, secrets: Secrets) -> None:
    assert answers
    logs = sorted(Path(pilot.addresses.logs).glob("*.log*"))
    assert {f"{name}.log" for name in NAMES} <= {log.name for log in logs}
    for log in logs:
        text = log.read_text(errors="replace")
        assert secrets.found_in(text) == set(), log.name
        assert "canary-note" not in text
        if log.stem in NAMES:
            assert text.count('"event"') > 100
            assert {code for code in HIDDEN if f'"{code}"' in text} == set()


def test_metrics_and_spans_hold_numbers_and_codes_only(
    answers: list[httpx.Response], pilot: Pilot, secrets: Secrets
) -> None:
    assert answers
    for service, address in pilot.addresses.services.items():
        shown = httpx.get(f"{address}/metrics", trust_env=False).text
        assert "reintegration_events_applied_total{" in shown, service
        assert secrets.found_in(shown) == set()
        assert ID.search(shown) is None
        assert {code for code in HIDDEN if f'"{code}"' in shown} == set()
    spans = pilot.collector.spans
    assert {span.service for span in spans} == set(NAMES)
    assert len(spans) > 500
    told = "\n".join(f"{span.name} {span.attributes}" for span in spans)
    assert secrets.found_in(told) == set()
    assert ID.search(told) is None
    assert not [word for body in pilot.collector.bodies for word in (b"canary-note", b"Kanary") if word in body]


def test_messages_go_to_opaque_contacts_and_name_nobody(
    answers: list[httpx.Response], pilot: Pilot, secrets: Secrets
) -> None:
    assert answers
    letters = list(Path(pilot.addresses.outbox).glob("*/*.json"))
    assert len(letters) > 200
    for letter in letters:
        content = json.loads(letter.read_text())
        assert set(content) == {
            "message",
            "contact",
            "channel",
            "language",
            "template",
            "about",
            "happened_at",
            "parts",
            "text",
        }
        uuid.UUID(content["contact"])
        assert secrets.found_in(letter.read_text()) == set()
        assert content["text"]


async def test_only_the_identity_store_knows_who_people_are(
    answers: list[httpx.Response], pilot: Pilot, secrets: Secrets
) -> None:
    assert answers
    holding: dict[str, set[str]] = {}
    for service, url in pilot.addresses.databases.items():
        connection = await asyncpg.connect(url)
        try:
            tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
            for (table,) in tables:
                rows = await connection.fetch(f'select t::text from "{table}" t')
                if found := secrets.found_in("\n".join(row[0] for row in rows)):
                    holding[f"{service}.{table}"] = found
        finally:
            await connection.close()
    assert len(holding.pop("intake.identity")) > 500
    assert holding == {}
