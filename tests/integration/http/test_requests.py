"""Whatever comes in, the answer says what to do, holds nothing of it, and nothing is stored."""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from shared.access import DevelopmentIssuer
from shared.http import application, routes_and_actions
from shared.middleware import DEEPEST_JSON, LARGEST_BODY
from shared.service import Running
from tests.integration.http.conftest import Client

CANARY = "Canary-7731"
PERSON = str(uuid.uuid4())


@pytest.fixture
async def wary(client: Client, board: Running) -> AsyncIterator[Client]:
    """The client of a test in which nothing may be stored."""
    yield client
    (row,) = await board.database.fetch("select (select count(*) from note) + (select count(*) from command)")
    assert row[0] == 0


def checked(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """A problem as it must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert CANARY not in answer.text
    assert CANARY not in str(answer.headers)
    problem: dict[str, Any] = answer.json()
    assert problem["type"] == f"urn:reintegration:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["title_km"]
    assert problem["detail_km"]
    assert problem["instance"] == f"urn:uuid:{answer.headers['X-Correlation-Id']}"
    return problem


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"words": None}, "words", "not-text"),
        ({"words": ""}, "words", "too-short"),
        ({"words": CANARY * 30}, "words", "too-long"),
        ({"words": {CANARY: CANARY}}, "words", "not-text"),
        ({"person": CANARY}, "person", "not-an-id"),
        ({"kind": CANARY}, "kind", "not-of-list"),
        ({"seats": CANARY}, "seats", "not-a-whole-number"),
        ({"seats": 11}, "seats", "too-large"),
        ({"seats": 0}, "seats", "too-small"),
        ({"seats": 1.5}, "seats", "not-a-whole-number"),
        ({"seats": 2**70}, "seats", "too-large"),
        ({"commune": CANARY}, "commune", "not-a-commune"),
        ({"tags": CANARY}, "tags", "not-a-list"),
        ({"tags": ["a", CANARY]}, "tags.1", "not-a-code"),
        ({"tags": ["a", "b", "c", "d"]}, "tags", "too-many"),
        ({CANARY: 1}, "body", "unknown-field"),
    ],
)
async def test_a_faulty_field_is_named_with_what_to_do(
    wary: Client, changed: dict[str, Any], field: str, reason: str
) -> None:
    answer = await wary.post("/notes", content=_json({"person": PERSON, "words": "x", **changed}), headers=JSON)
    problem = checked(answer, 422, "faulty")
    (fault,) = problem["errors"]
    assert (fault["field"], fault["reason"]) == (field, reason)
    assert fault["fix"]
    assert fault["fix_km"]


async def test_faults_in_a_row_are_placed(wary: Client) -> None:
    answer = await wary.post("/batches", {"rows": [{"person": PERSON, "words": "x"}, {"person": CANARY}]})
    problem = checked(answer, 422, "faulty")
    assert [(fault["field"], fault["reason"]) for fault in problem["errors"]] == [
        ("rows.1.person", "not-an-id"),
        ("rows.1.words", "required"),
    ]


async def test_no_more_faults_are_listed_than_a_person_reads(wary: Client) -> None:
    answer = await wary.post("/batches", {"rows": [{"person": CANARY}] * 500})
    assert len(checked(answer, 422, "faulty")["errors"]) == 50


async def test_a_body_is_missing(wary: Client) -> None:
    problem = checked(await wary.post("/notes"), 422, "faulty")
    assert [(fault["field"], fault["reason"]) for fault in problem["errors"]] == [("body", "required")]


async def test_a_faulty_id_in_the_address(wary: Client) -> None:
    (fault,) = checked(await wary.get(f"/notes/{CANARY}"), 422, "faulty")["errors"]
    assert (fault["field"], fault["reason"]) == ("note", "not-an-id")


JSON = {"Content-Type": "application/json"}


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{" + CANARY.encode(), "not-json"),
        (b'{"person": "' + CANARY.encode() + b'"', "not-json"),
        (b"\xff\xfe" + CANARY.encode(), "not-json"),
        ('{"words": "ភាសា"}'.encode("utf-16"), "not-json"),
        (b'{"words": "\xe1\x9e"}', "not-json"),
        (b'{"words": "\\ud800"}', "not-json"),
        (b'{"words": NaN}', "not-json"),
        (b'{"seats": 1e400}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[" * 1_000 + b"]" * 1_000, "nested-too-deep"),
        (b'{"a":' * (DEEPEST_JSON + 1) + b"1" + b"}" * (DEEPEST_JSON + 1), "nested-too-deep"),
        (b'{"words": "a\\u0000b"}', "nul-character"),
        (b" ", "not-json"),
    ],
)
async def test_what_is_not_json_is_refused_before_it_is_looked_at(wary: Client, body: bytes, kind: str) -> None:
    problem = checked(await wary.post("/notes", content=body, headers=JSON), 400, kind)
    if kind == "not-json":
        assert "line 1" in problem["detail"]


async def test_the_deepest_json_that_is_taken(wary: Client) -> None:
    body = b'{"a":' * DEEPEST_JSON + b"1" + b"}" * DEEPEST_JSON
    checked(await wary.post("/notes", content=body, headers=JSON), 422, "faulty")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": f"multipart/form-data; boundary={CANARY}"},
        {"Content-Type": "application/json; charset=windows-1252"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": ""},
    ],
)
async def test_another_type_of_body_is_refused(wary: Client, headers: dict[str, str]) -> None:
    checked(await wary.post("/notes", content=b'{"words": "x"}', headers=headers), 415, "not-json-type")


async def test_a_body_in_utf_8_by_name_is_taken(client: Client) -> None:
    body = _json({"person": PERSON, "words": "x"})
    headers = {"Content-Type": 'Application/JSON; Charset="UTF-8"'}
    assert (await client.post("/notes", content=body, headers=headers)).status_code == 201


async def test_a_body_over_the_limit_is_refused(wary: Client) -> None:
    body = b'{"words": "' + b"x" * LARGEST_BODY + b'"}'
    checked(await wary.post("/notes", content=body, headers=JSON), 413, "too-large")

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 50_000):
            yield body[start : start + 50_000]

    checked(await wary.post("/notes", content=chunks(), headers=JSON), 413, "too-large")
    checked(await wary.post("/notes", content=b"{}", headers=JSON | {"Content-Length": "-1"}), 413, "too-large")


@pytest.mark.parametrize(
    ("authorization", "kind"),
    [
        (None, "token-missing"),
        ("Basic c29raGE6c2VjcmV0", "token-missing"),
        ("Bearer", "token-missing"),
        (f"Bearer {CANARY}", "token-refused"),
        ("Bearer " + "a" * 5_000, "token-refused"),
    ],
)
async def test_without_a_good_token_every_door_is_closed(
    bare: httpx.AsyncClient, authorization: str | None, kind: str
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for path in ("/notes", f"/notes/{PERSON}", "/no-such-address", "/docs", "/openapi.json/", "/health"):
        answer = await bare.get(path, headers=headers)
        checked(answer, 401, kind)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    checked(await bare.post("/notes", content=b"x" * 3_000_000, headers=headers), 401, kind)


async def test_a_role_that_may_not_is_refused_whatever_it_sends(wary: Client) -> None:
    problem = checked(await wary.post("/notes", {"person": PERSON, "words": "x"}, by="officer"), 403, "not-allowed")
    assert problem["allowed"] == ["centre-lead", "counsellor"]
    checked(await wary.post("/notes", {"person": CANARY}, by="officer", key="short"), 403, "not-allowed")
    checked(await wary.get("/notes", by="operator"), 403, "not-allowed")


async def test_what_belongs_to_another_centre_does_not_exist(client: Client) -> None:
    written = (await client.post("/notes", {"person": PERSON, "words": CANARY})).json()["links"]["note"]
    other = checked(await client.get(written, by="other-counsellor"), 404, "absent")
    nobody = checked(await client.get(f"/notes/{uuid.uuid4()}", by="other-counsellor"), 404, "absent")
    assert {**other, "instance": ""} == {**nobody, "instance": ""}
    assert (await client.get("/notes", by="other-counsellor")).json() == []
    assert len((await client.get("/notes", by="officer")).json()) == 1
    assert (await client.get(written, by="officer")).json()["words"] == CANARY


async def test_addresses_and_methods_that_are_not_there(wary: Client) -> None:
    checked(await wary.get(f"/{CANARY}"), 404, "no-such-address")
    wrong = await wary.post("/")
    checked(wrong, 405, "no-such-method")
    assert wrong.headers["Allow"] == "GET"
    checked(await wary.get("/notes?words=" + CANARY * 1_000), 414, "address-too-long")
    large = {"X-Large": CANARY * 4_000}
    checked(await wary.post("/notes", {}, headers=large), 431, "headers-too-large")


async def test_a_fault_of_our_own_tells_nothing(wary: Client) -> None:
    checked(await wary.post("/failures", by="operator"), 500, "unexpected")


async def test_correlation_is_taken_or_made(client: Client) -> None:
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
    answer = await client.post("/failures", by="operator", headers={"traceparent": trace})
    assert answer.headers["X-Correlation-Id"] == "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
    assert answer.headers["traceparent"].split("-")[1:4:2] == ["4bf92f3577b34da6a3ce929d0e0e4736", "00"]
    assert answer.headers["traceparent"] != trace
    for wrong in ("00-" + "0" * 32 + "-00f067aa0ba902b7-01", CANARY, "ff" + trace[2:]):
        made = (await client.post("/failures", by="operator", headers={"traceparent": wrong})).headers
        assert made["traceparent"].split("-")[1] == made["X-Correlation-Id"].replace("-", "")
    checked(await client.post("/failures", headers={"X-Correlation-Id": CANARY}), 400, "bad-correlation-id")


async def test_answers_are_not_kept_or_framed(client: Client) -> None:
    headers = (await client.get("/notes")).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


async def test_the_description_says_who_may_call_what(bare: httpx.AsyncClient) -> None:
    document = (await bare.get("/openapi.json")).json()
    operation = document["paths"]["/notes"]["post"]
    assert operation["x-action"] == "board.write-note"
    assert operation["x-roles"] == ["centre-lead", "counsellor"]
    assert operation["security"] == [{"token": []}]
    key = next(each for each in operation["parameters"] if each["name"] == "Idempotency-Key")
    assert key["required"]
    assert "default" in operation["responses"]
    assert "422" not in operation["responses"]
    assert "Problem" in document["components"]["schemas"]
    page = (await bare.get("/")).text
    assert "board.write-note" in page
    assert "<script" not in page


async def test_every_route_has_an_action_or_the_service_does_not_start(
    board: Running, issuer: DevelopmentIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {(method, path): action for method, path, action in routes_and_actions(application(board))}
    assert table["POST", "/notes"] == "board.write-note"
    assert {path for (_, path), action in table.items() if action is None} == {
        "/",
        "/health/live",
        "/health/ready",
        "/metrics",
    }

    async def open_door() -> str:
        return "come in"

    routes = board.service.router.routes
    monkeypatch.setattr(board.service.router, "routes", list(routes))
    board.service.router.add_api_route("/open", open_door)
    with pytest.raises(ValueError, match="GET /open has no action"):
        application(board)
