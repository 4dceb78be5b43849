"""Commands that come at the same time are done together, and each is done once, as if it had come alone."""

import asyncio
import uuid

import httpx
import pytest

from shared.service import Running
from tests.integration.http.conftest import Client
from tests.integration.http.proxy import Loss, Proxy
from tests.integration.http.test_commands import effects, note


async def at_once(client: Client, *notes: dict[str, object], keys: list[str] | None = None) -> list[httpx.Response]:
    sent = zip(notes, keys or [uuid.uuid4().hex for _ in notes], strict=True)
    return await asyncio.gather(*[client.post("/gathered", each, key=key) for each, key in sent])


async def transactions(board: Running) -> int:
    rows = await board.database.fetch("select count(distinct recorded_at) from command")
    return int(rows[0][0])


async def test_many_at_once_take_few_transactions(client: Client, board: Running) -> None:
    answers = await at_once(client, *[note() for _ in range(60)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["ids"]["note"] for answer in answers}) == 60
    assert await effects(board) == (60, 60, 60)
    assert await transactions(board) < 20


async def test_each_is_answered_with_its_own(client: Client, board: Running) -> None:
    sent = [note(words=f"Room {number}.") for number in range(40)]
    for each, answer in zip(sent, await at_once(client, *sent), strict=True):
        (kept,) = await board.database.fetch(
            "select person::text, words from note where note = $1", answer.json()["ids"]["note"]
        )
        assert tuple(kept) == (each["person"], each["words"])
        (event,) = await board.database.fetch(
            "select correlationid::text from ledger where subject = $1", each["person"]
        )
        assert event[0] == answer.headers["X-Correlation-Id"]


async def test_of_32_with_one_key_one_has_an_effect(client: Client, board: Running) -> None:
    answers = await at_once(client, *[note(person=str(uuid.UUID(int=7)))] * 32, keys=["form-0001"] * 32)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert await effects(board) == (1, 1, 1)


async def test_a_known_key_among_new_ones_gets_its_first_answer(client: Client, board: Running) -> None:
    sent = note()
    first = await client.post("/gathered", sent, key="form-0001")
    *others, again, changed = await at_once(
        client,
        *[note() for _ in range(20)],
        sent,
        note(),
        keys=[f"form-1{n:03}" for n in range(20)] + ["form-0001"] * 2,
    )
    assert {answer.status_code for answer in others} == {201}
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert changed.json()["type"] == "urn:reintegration:problem:key-reused"
    assert await effects(board) == (21, 21, 21)


async def test_one_that_is_refused_costs_the_others_nothing(client: Client, board: Running) -> None:
    sent = [note() for _ in range(30)]
    sent[7] = note(refuse="conflict")
    answers = await at_once(client, *sent)
    assert [answer.status_code for answer in answers] == [409 if n == 7 else 201 for n in range(30)]
    assert await effects(board) == (29, 29, 29)


@pytest.mark.parametrize("loss", ["before-commit", "after-commit", "while-committing"])
async def test_a_lost_commit_of_a_group_is_settled_by_the_keys(
    client: Client, board: Running, proxy: Proxy, loss: Loss
) -> None:
    await asyncio.gather(*[client.get("/notes") for _ in range(4)])  # connections are open
    sent, keys = [note() for _ in range(30)], [f"form-2{n:03}" for n in range(30)]
    lost, proxy.lose = proxy.lost, loss
    answers = await at_once(client, *sent, keys=keys)
    assert proxy.lost == lost + 1
    assert {answer.status_code for answer in answers} == {201}
    assert not any("Idempotency-Replayed" in answer.headers for answer in answers)
    assert await effects(board) == (30, 30, 30)
    again = await at_once(client, *sent, keys=keys)
    assert [answer.json() for answer in again] == [answer.json() for answer in answers]
    assert await effects(board) == (30, 30, 30)
