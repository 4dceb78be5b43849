"""A command is done once, however often, how parallel and over how broken a line it is sent."""

import asyncio
import uuid
from typing import Any

import httpx
import orjson
import pytest

from shared.commands import Unit
from shared.database import Rows
from shared.service import Running
from tests.integration.http import board as board_module
from tests.integration.http.conftest import Client
from tests.integration.http.proxy import Loss, Proxy


def note(**changed: Any) -> dict[str, Any]:
    return {"person": str(uuid.uuid4()), "words": "Bring the form.", **changed}


async def effects(board: Running) -> tuple[int, int, int]:
    """Notes, events and kept commands."""
    rows: Rows = await board.database.fetch(
        "select (select count(*) from note), (select count(*) from ledger), (select count(*) from command)"
    )
    return tuple(rows[0])


async def test_a_command_answers_with_status_ids_and_links(client: Client, board: Running) -> None:
    answer = await client.post("/notes", note(), headers={"X-Correlation-Id": "0192f0c1-0000-7000-8000-00000000abcd"})
    assert answer.status_code == 201
    body = answer.json()
    assert body["status"] == "written"
    assert body["links"] == {"note": f"/notes/{body['ids']['note']}"}
    assert (await client.get(body["links"]["note"])).status_code == 200
    (event,) = await board.database.fetch("select correlationid::text, traceparent from ledger")
    assert event[0] == "0192f0c1-0000-7000-8000-00000000abcd" == answer.headers["X-Correlation-Id"]
    assert event[1].split("-")[1] == "0192f0c1000070008000000000" + "00abcd" == answer.headers["traceparent"][3:35]


async def test_a_repeat_gets_the_first_answer_and_does_nothing(client: Client, board: Running) -> None:
    sent = note()
    first = await client.post("/notes", sent, key="form-0001")
    again = await client.post("/notes", sent, key="form-0001")
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert await effects(board) == (1, 1, 1)


async def test_of_32_at_once_one_has_an_effect(client: Client, board: Running) -> None:
    sent = note()
    answers = await asyncio.gather(*[client.post("/notes", sent, key="form-0001") for _ in range(32)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert await effects(board) == (1, 1, 1)


async def test_the_same_key_with_other_content_is_refused(client: Client, board: Running) -> None:
    await client.post("/notes", note(), key="form-0001")
    other = await client.post("/notes", note(), key="form-0001")
    assert other.status_code == 422
    assert other.json()["type"] == "urn:reintegration:problem:key-reused"
    elsewhere = await client.post("/batches", {"rows": [note()]}, key="form-0001")
    assert elsewhere.status_code == 422
    assert await effects(board) == (1, 1, 1)


async def test_a_key_belongs_to_who_sent_it(client: Client, board: Running) -> None:
    sent = note()
    for by in ("counsellor", "other-counsellor"):
        answer = await client.post("/notes", sent, by=by, key="form-0001")
        assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (201, False)
    assert await effects(board) == (2, 2, 2)


@pytest.mark.parametrize(
    ("refuse", "status", "kind", "allowed"),
    [
        ("rejected", 422, "no-room", None),
        ("conflict", 409, "closed-today", ["wait"]),
        ("absent", 404, "absent", None),
        ("catalogue", 422, "wrong-check-digits", None),
    ],
)
async def test_a_refused_command_leaves_its_key_free(
    client: Client, board: Running, refuse: str, status: int, kind: str, allowed: list[str] | None
) -> None:
    refused = await client.post("/notes", note(refuse=refuse), key="form-0001")
    assert refused.status_code == status
    problem = refused.json()
    assert problem["type"] == f"urn:reintegration:problem:{kind}"
    assert problem["detail"]
    assert any("\u1780" <= letter <= "\u17ff" for letter in problem["detail_km"])
    assert problem.get("allowed") == allowed
    assert await effects(board) == (0, 0, 0)
    assert (await client.post("/notes", note(), key="form-0001")).status_code == 201
    assert await effects(board) == (1, 1, 1)


async def test_no_body_is_kept(client: Client, board: Running) -> None:
    await client.post("/notes", note(words="Canary-7731"), key="form-0001")
    (row,) = await board.database.fetch("select command::text, answer::text from command")
    assert "Canary" not in row[0]
    assert set(orjson.loads(row[1])) == {"status", "ids", "links"}


@pytest.mark.parametrize("loss", ["before-commit", "after-commit", "while-committing"])
async def test_a_lost_commit_is_settled_by_the_key(client: Client, board: Running, proxy: Proxy, loss: Loss) -> None:
    assert (await client.get("/notes")).status_code == 200  # a connection is open
    sent = note()
    lost, proxy.lose = proxy.lost, loss
    answer = await client.post("/notes", sent, key="form-0001")
    assert proxy.lost == lost + 1
    assert answer.status_code == 201
    assert await effects(board) == (1, 1, 1)
    again = await client.post("/notes", sent, key="form-0001")
    assert again.json() == answer.json()
    assert await effects(board) == (1, 1, 1)


async def test_a_database_that_is_away_is_said_so_and_nothing_is_lost(
    client: Client, board: Running, proxy: Proxy
) -> None:
    sent = note()
    await client.get("/notes")
    await proxy.close()
    for answer in (await client.post("/notes", sent, key="form-0001"), await client.get("/notes")):
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:reintegration:problem:database-away"
        assert int(answer.headers["Retry-After"]) > 0
    await proxy.open()
    await board.database.engine.dispose()
    assert (await client.post("/notes", sent, key="form-0001")).status_code == 201
    assert await effects(board) == (1, 1, 1)


async def test_a_backend_that_is_ended_in_the_middle_costs_nothing(
    client: Client, board: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await board.database.fetch("insert into desk values ('north', gen_random_uuid())")
    runs = 0

    async def end_backend(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            await unit.connection.execute("select pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(board_module, "before_hold", end_backend)
    answer = await client.post("/desks/north/uses")
    assert (answer.status_code, runs) == (200, 2)
    assert (await board.database.fetch("select uses from desk"))[0][0] == 1


async def test_a_table_migrated_under_a_prepared_statement_costs_nothing(client: Client, board: Running) -> None:
    """PostgreSQL refuses a statement once its result has other types than it was prepared for; it is to be prepared
    again, and a transaction that met this, run again."""
    await board.database.fetch("insert into desk values ('north', gen_random_uuid())")
    assert (await client.post("/desks/north/uses")).status_code == 200
    await board.database.fetch("alter table desk alter column uses type bigint")
    try:
        answer = await client.post("/desks/north/uses")
    finally:
        await board.database.fetch("alter table desk alter column uses type integer")
    assert answer.status_code == 200, answer.text
    assert (await board.database.fetch("select uses from desk"))[0][0] == 2


async def test_a_stale_look_up_is_run_again(client: Client, board: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    await board.database.fetch("insert into desk values ('north', gen_random_uuid())")
    runs = 0

    async def given_away(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        if runs < 3:
            await board.database.fetch("update desk set person = gen_random_uuid()")

    monkeypatch.setattr(board_module, "before_hold", given_away)
    answer = await client.post("/desks/north/uses")
    ((person, uses),) = await board.database.fetch("select person::text, uses from desk")
    assert (answer.status_code, answer.json()["ids"]["person"], uses, runs) == (200, person, 1, 3)


async def test_a_look_up_that_is_always_stale_ends(
    client: Client, board: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await board.database.fetch("insert into desk values ('north', gen_random_uuid())")

    async def given_away(unit: Unit) -> None:
        await board.database.fetch("update desk set person = gen_random_uuid()")

    monkeypatch.setattr(board_module, "before_hold", given_away)
    answer = await client.post("/desks/north/uses", key="form-0001")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:reintegration:problem:busy")
    assert await effects(board) == (0, 0, 0)


async def test_many_at_one_desk_wait_for_each_other(client: Client, board: Running) -> None:
    await board.database.fetch("insert into desk values ('north', gen_random_uuid())")
    answers = await asyncio.gather(*[client.post("/desks/north/uses") for _ in range(20)])
    assert {answer.status_code for answer in answers} == {200}
    assert (await board.database.fetch("select uses from desk"))[0][0] == 20
    ((first, last, events),) = await board.database.fetch("select min(sequence), max(sequence), count(*) from ledger")
    assert (first, last, events) == (1, 20, 20)


async def test_a_batch_tells_of_every_row_and_is_done_once(client: Client, board: Running) -> None:
    await client.post("/notes", note(words="known"))
    rows = [note(words="new"), note(words="known"), note(words="bad", refuse="rejected"), note(words="newer")]
    first = await client.post("/batches", {"rows": rows}, key="file-0001")
    told = first.json()["rows"]
    assert [row["status"] for row in told] == ["accepted", "repeated", "refused", "accepted"]
    (fault,) = told[2]["faults"]
    assert (fault["field"], fault["reason"], fault["fix"]) == ("words", "no-room", "Take another board.")
    again = await client.post("/batches", {"rows": rows}, key="file-0001")
    assert again.json() == first.json()
    assert await effects(board) == (3, 3, 2)


async def test_a_batch_can_be_rehearsed_and_nothing_is_kept(client: Client, board: Running) -> None:
    await client.post("/notes", note(words="known"))
    rows = [note(words="new"), note(words="known"), note(words="bad", refuse="rejected")]
    before = await effects(board)
    told = (await client.post("/batches?dry_run=true", {"rows": rows}, key="file-0001")).json()
    assert [row["status"] for row in told["rows"]] == ["accepted", "repeated", "refused"]
    assert (told["status"], [row["ids"] for row in told["rows"]]) == ("checked", [{}, {}, {}])
    assert await effects(board) == before == (1, 1, 1)
    # The key is free: the same batch is now sent in earnest.
    done = await client.post("/batches", {"rows": rows}, key="file-0001")
    assert [row["status"] for row in done.json()["rows"]] == ["accepted", "repeated", "refused"]
    assert await effects(board) == (2, 2, 2)


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 201, b"with space", "ខ្មែរខ្មែរ".encode(), None])
async def test_a_command_needs_a_key_of_its_own(
    bare: httpx.AsyncClient, client: Client, board: Running, key: bytes | None
) -> None:
    headers = {b"Authorization": b"Bearer " + client.tokens["counsellor"].encode()}
    headers |= {b"Idempotency-Key": key} if key is not None else {}
    answer = await bare.post("/notes", json=note(), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:reintegration:problem:idempotency-key")
    assert await effects(board) == (0, 0, 0)
