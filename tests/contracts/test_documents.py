"""The generated documents: complete, the same every time, and current in the repository."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker

from deploy.contracts.documents import (
    check,
    documents,
)
from deploy.contracts.services import load_services
from shared.events import OWNERS, REGISTRY, intake, training
from shared.outbox import headers_of
from tests.contracts.made_up import four, made_up

ASYNCAPI = Path(__file__).parent / "asyncapi" / "3.0.0.json"


def test_the_repository_holds_what_its_contracts_and_services_say() -> None:
    assert check(load_services()) == []


def test_the_order_of_lists_changes_nothing() -> None:
    assert documents(four(), "1.2.3") == documents(four(turned=True), "1.2.3")


def test_every_contract_and_service_has_its_document() -> None:
    paths = {path.as_posix() for path in documents(four(), "1.2.3")}
    assert paths == {
        "docs/events.md",
        "docs/flows.json",
        *[f"docs/asyncapi/{name}.json" for name in OWNERS],
        *[f"docs/schemas/{c.owner}/{c.fact}.v{c.version}.json" for c in REGISTRY.values()],
    }


def test_flows_say_who_tells_whom() -> None:
    services = [
        made_up("intake", [training.SeatReserved]),
        made_up("training", [intake.ReferralRequested, intake.CaseClosed], [training.SeatReserved]),
    ]
    flows = json.loads(documents(services, "1.2.3")[Path("docs/flows.json")])
    assert flows["topics"]["employment.vacancies"] == {"owner": "employment", "subject": "vacancy"}
    assert {topic["subject"] for name, topic in flows["topics"].items() if "." not in name} == {"person"}
    assert flows["services"]["training"] == {
        "consumes": ["reintegration.intake.case-closed.v1", "reintegration.intake.referral-requested.v1"],
        "emits": ["reintegration.training.seat-reserved.v1"],
    }


def test_the_map_names_producer_and_consumers() -> None:
    services = [made_up("intake", [training.SeatReserved]), made_up("notifications", [training.SeatReserved])]
    page = documents(services, "1.2.3")[Path("docs/events.md")]
    (row,) = (line for line in page.splitlines() if line.startswith("| [`seat-reserved`]"))
    assert row == (
        "| [`seat-reserved`](schemas/training/seat-reserved.v1.json) | 1 | `training` | person | nobody | "
        "intake, notifications | A seat on the course is held for the person. | "
        "`referral`, `code`, `course`, `provider?`, `starts?` |"
    )


def refusals(document: Any) -> list[str]:
    validator = Draft7Validator(json.loads(ASYNCAPI.read_text(encoding="utf-8")))
    return [error.message for error in validator.iter_errors(document)]


def of(name: str) -> Any:
    return json.loads(documents(four(), "1.2.3")[Path(f"docs/asyncapi/{name}.json")])


@pytest.mark.parametrize("name", OWNERS)
def test_asyncapi_documents_are_valid(name: str) -> None:
    document = of(name)
    assert refusals(document) == []
    assert document["info"]["version"] == "1.2.3"
    for reference in references(document):
        assert pointed(document, reference), reference


def test_an_invalid_document_is_refused() -> None:
    document = of("training")
    document["operations"]["send-training"]["action"] = "publish"
    assert refusals(document)


def references(part: Any) -> Iterable[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def pointed(document: Any, reference: str) -> Any:
    """What a reference inside the document points at. Raises KeyError where that is nothing."""
    start, *steps = reference.split("/")
    assert start == "#"
    for step in steps:
        document = document[step]
    return document


def test_asyncapi_shows_both_directions() -> None:
    service = made_up("training", [intake.ReferralRequested], [training.SeatReserved])
    document = json.loads(documents([service], "1.2.3")[Path("docs/asyncapi/training.json")])
    assert {name: operation["action"] for name, operation in document["operations"].items()} == {
        "send-training": "send",
        "receive-intake": "receive",
    }
    assert document["operations"]["receive-intake"]["bindings"]["kafka"]["groupId"]["const"] == "training"
    assert set(document["components"]["messages"]) == {
        "reintegration.intake.referral-requested.v1",
        "reintegration.training.seat-reserved.v1",
    }


@pytest.mark.parametrize("caseid", [None, "018f0000-0000-7000-8000-000000000003"])
def test_what_the_relay_sends_is_what_asyncapi_says(caseid: str | None) -> None:
    document = of("training")
    message = document["components"]["messages"]["reintegration.training.seat-reserved.v1"]
    identity, person = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-4000-8000-000000000002"
    trace = None if caseid is None else "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    row = (1, "training", person, "{}", identity, message["name"], 7, at, caseid, identity, caseid, trace)
    headers = {name: value.decode() for name, value in headers_of(row)}
    schema = {**message["headers"], "components": document["components"]}
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert not list(checker.iter_errors(headers))
    described = document["components"]["schemas"]["cloudevents-headers"]
    assert set(described["required"]) <= set(headers) <= set(described["properties"])
    for name, other in (("ce_type", "another"), ("ce_source", "/another"), ("ce_sequence", "0"), ("ce_id", "7")):
        assert list(checker.iter_errors({**headers, name: other}))
    for name in described["required"]:
        assert list(checker.iter_errors({key: value for key, value in headers.items() if key != name}))
