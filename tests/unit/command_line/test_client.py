"""A command is sent again with its own key until it is answered, and no longer than it was to be tried."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy.addresses import Addresses
from deploy.client import Client, RequestRefused
from deploy.terminal import Failure

Answer = tuple[int, Any] | None
"""Status and body; None: the connection is cut without one."""


class Desk:
    """A server that answers as it is told, one answer a request, the last one for ever, and keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    def answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            desk.asked.append((self.command, self.path, dict(self.headers), body))
            told = desk.answer()
            if told is None:
                self.connection.close()
                return
            content = told[1] if isinstance(told[1], bytes) else json.dumps(told[1]).encode()
            self.send_response(told[0])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _handle

        def log_message(self, format: str, *arguments: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    opened: list[Client] = []

    def to(url: str, patience: float = 20) -> Client:
        addresses = Addresses({"intake": url}, {}, "", "", str(tmp_path / "issuer"), "", "")
        opened.append(Client(addresses, patience))
        return opened[-1]

    yield to
    for client in opened:
        client.__exit__(None, None, None)


PROBLEM = {
    "type": "urn:reintegration:problem:vacancy-full",
    "title": "No place is left",
    "detail": "Choose another vacancy.",
    "errors": [{"field": "match", "reason": "x", "fix": "Look again.", "fix_km": ""}],
    "allowed": ["decline"],
}


def test_a_command_is_repeated_with_its_key_and_content(ask: Callable[..., Client]) -> None:
    desk = Desk(None, (503, PROBLEM), (429, b"slowly"), (200, {"status": "done"}))
    with serving(desk) as url:
        actor = ask(url).acting("sokha", "counsellor", centre="pursat")
        assert actor.post("intake", "/notes", {"words": "ស្វាយ"}, dry_run="true") == {"status": "done"}
    assert len(desk.asked) == 4
    assert len({headers["Idempotency-Key"] for _, _, headers, _ in desk.asked}) == 1
    assert {(method, path, body.decode()) for method, path, _, body in desk.asked} == {
        ("POST", "/notes?dry_run=true", '{"words":"ស្វាយ"}')
    }


def test_every_command_has_a_key_of_its_own_unless_one_is_given(ask: Callable[..., Client]) -> None:
    desk = Desk((200, {}))
    with serving(desk) as url:
        actor = ask(url).acting("sokha", "operator")
        for key in (None, None, "mine-0001"):
            actor.post("intake", "/notes", {}, key)
        actor.delete("intake", "/notes/1")
        actor.get("intake", "/notes")
    keys = [headers.get("Idempotency-Key") for _, _, headers, _ in desk.asked]
    assert len(set(keys[:2])) == 2
    assert keys[2] == "mine-0001"
    assert keys[3]
    assert keys[4] is None


def test_an_account_signs_once(ask: Callable[..., Client]) -> None:
    client = ask("http://127.0.0.1:1")
    assert client.acting("sokha", "operator") is client.acting("sokha", "operator")
    assert client.acting("sokha", "employer", employer="one") is not client.acting("sokha", "employer", employer="two")


def test_a_refusal_is_told_with_what_to_do_and_not_repeated(ask: Callable[..., Client]) -> None:
    desk = Desk((409, PROBLEM))
    with serving(desk) as url, pytest.raises(RequestRefused) as refused:
        ask(url).acting("sokha", "operator").post("intake", "/notes")
    assert len(desk.asked) == 1
    assert refused.value.problem.code == "vacancy-full"
    assert str(refused.value) == (
        "intake refused (409): No place is left. Choose another vacancy. (match: Look again.; possible: decline)"
    )


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"type": 1, "errors": 5}', b""])
def test_an_answer_of_another_program_is_a_sentence_too(body: bytes, ask: Callable[..., Client]) -> None:
    with serving(Desk((404, body))) as url, pytest.raises(RequestRefused, match="no answer of a service"):
        ask(url).acting("sokha", "operator").get("intake", "/notes")


@pytest.mark.parametrize("answer", [None, (503, PROBLEM)])
def test_patience_ends_with_a_sentence(answer: Answer, ask: Callable[..., Client]) -> None:
    desk = Desk(answer)
    with serving(desk) as url, pytest.raises(Failure, match="could not be asked") as failed:
        ask(url, patience=1.0).acting("sokha", "operator").get("intake", "/notes")
    assert not isinstance(failed.value, RequestRefused)
    assert len(desk.asked) > 1


def test_nobody_at_the_address_is_a_sentence(ask: Callable[..., Client]) -> None:
    with serving(Desk((200, {}))) as url:
        pass
    with pytest.raises(Failure, match=f"intake at {url} could not be asked"):
        ask(url, patience=0.5).acting("sokha", "operator").get("intake", "/notes")
