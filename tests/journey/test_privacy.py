"""Canaries: what centres write of people stays in intake, and there in the identity store."""

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from deploy.demo.evidence import published
from deploy.draining import Drain
from deploy.oracle.topics import Topics
from deploy.topics import read_topics
from services.__main__ import NAMES, service_named
from shared import reference
from tests.journey.canaries import CANARY, HIDDEN, ID, IDENTITY_STORE, OTHERS, PARTIAL, Secrets
from tests.journey.conftest import Pilot

pytestmark = pytest.mark.timeout(900)  # a net for a hang: the first test here runs the whole pilot


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
    yield from _take_up(ask)
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


def _take_up(ask: Callable[..., httpx.Response]) -> Iterator[httpx.Response]:
    """Somebody of whom two write different things, one key for two things, and every field spoilt."""
    key = {"Idempotency-Key": "canary-device-key"}
    yield (new := ask("POST", "intake", "/persons", json=PARTIAL, headers=key))
    person, case = new.json()["ids"]["person"], new.json()["ids"]["case"]
    yield ask("POST", "intake", "/persons", json={**PARTIAL, "device_time": "2026-11-20T08:15:00Z"}, headers=key)
    name, number, broker = OTHERS
    for edit in ({"name_latin": "Kumru Kanary Srey"}, {"name_latin": name, "outside_ids": {"primero": number}}):
        yield ask("PATCH", "intake", f"/persons/{person}", json={"based_on": 1, **edit})
    for edit in ({"broker": "Canary Broker of Pailin"}, {"broker": broker}):
        yield ask("PATCH", "intake", f"/cases/{case}", json={"based_on": 1, **edit})
    for part, path in (("person", f"/persons/{person}"), ("case", f"/cases/{case}")):
        for field in PARTIAL[part]:
            yield ask("PATCH", "intake", path, json={"based_on": 1, field: [CANARY["note"]]})
            yield ask("PATCH", "intake", path, json={"based_on": 1, field: CANARY["note"] + "\u0007"})
    member = {"relation": CANARY["note"], "name": "Kumru Kanary Toch\u0007"}
    yield ask("POST", "intake", f"/persons/{person}/household", json=member)
    yield ask("POST", "intake", f"/conflicts/{person}/resolution", json={"choices": {CANARY["note"]: "kept"}})


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
    assert len(holding["intake.identity"]) > 500
    assert "Kumru Kanary Khiev" in holding["intake.change"]
    assert holding["intake.sealed"] >= {OTHERS[0], OTHERS[2], "canary-note lane 7"}
    for table in IDENTITY_STORE:
        del holding[table]
    assert holding == {}
