"""Asks a running system's services over HTTP, as somebody with a role.

A command carries an Idempotency-Key, and is sent again with the same key while its service is away, busy or starting:
so it is done once, however often it was sent. Methods block, and may be called from any thread.
"""

import time
import uuid
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, NamedTuple, Self, Unpack

import httpx

from deploy.addresses import Addresses
from deploy.terminal import Failure
from shared.access import Owners

AWAY: Final = frozenset({429, 502, 503, 504})
"""Answers after which the same request is worth sending again."""
ANSWER_SECONDS: Final = 60
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 3.0


class Problem(NamedTuple):
    """What of a service's problem (RFC 9457) its reader needs: a code, what is wrong, what to do, and with which
    fields; `allowed` is what would be possible instead."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class RequestRefused(Failure):
    """A service answered, and will not do it; `problem` says why and what to do."""

    def __init__(self, service: str, problem: Problem) -> None:
        self.service, self.problem = service, problem
        details = [*problem.errors, *([f"possible: {', '.join(problem.allowed)}"] if problem.allowed else [])]
        more = f" ({'; '.join(details)})" if details else ""
        super().__init__(f"{service} refused ({problem.status}): {problem.title}. {problem.detail}{more}")


class Client:
    """The services of one running system. `patience`: seconds for which a request is repeated before it has failed."""

    def __init__(self, addresses: Addresses, patience: float = 60) -> None:
        self.addresses = addresses
        self.patience = patience
        self._actors: dict[tuple[Any, ...], Actor] = {}
        self._http = httpx.Client(timeout=httpx.Timeout(ANSWER_SECONDS, connect=5), trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def acting(self, subject: str, *roles: str, **offices: Unpack[Owners]) -> "Actor":
        """Somebody with these roles, of these offices, by a token of the system's development issuer, signed once."""
        named = {office: str(code) for office, code in offices.items() if code is not None}
        account = (subject, roles, *sorted(named.items()))
        actor = self._actors.get(account)
        if actor is None:
            actor = self._actors[account] = Actor(self, self.addresses.token(subject, *roles, **named))
        return actor

    def send(self, method: str, service: str, path: str, headers: Mapping[str, str], **content: Any) -> httpx.Response:
        """Send a request until it is answered for good. Raises RequestRefused, or Failure where nobody answers."""
        url = self.addresses.services[service] + path
        end, pause = time.monotonic() + self.patience, FIRST_PAUSE
        while True:
            try:
                response = self._http.request(method, url, headers=dict(headers), **content)
            except httpx.TransportError as error:
                said = f"it does not answer ({type(error).__name__})"
            else:
                if response.is_success:
                    return response
                if response.status_code not in AWAY:
                    raise RequestRefused(service, _problem(response))
                said = _problem(response).detail
            if time.monotonic() + pause > end:
                raise Failure(f"{service} at {self.addresses.services[service]} could not be asked: {said}")
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


class Actor:
    """One account's requests."""

    def __init__(self, client: Client, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, service: str, path: str, **parameters: Any) -> Any:
        """The answer to a query, as JSON has it."""
        return self._client.send("GET", service, path, self._headers, params=parameters).json()

    def text(self, service: str, path: str, **parameters: Any) -> str:
        """The answer to a query that is text."""
        return self._client.send("GET", service, path, self._headers, params=parameters).text

    def post(self, service: str, path: str, body: Any = None, key: str | None = None, **parameters: Any) -> Any:
        """What became of a command. A `key` of one's own makes a later call the same command."""
        return self._command("POST", service, path, key, body, parameters)

    def patch(self, service: str, path: str, body: Any, key: str | None = None) -> Any:
        """Change part of what stands at this path; the answer's JSON."""
        return self._command("PATCH", service, path, key, body, {})

    def delete(self, service: str, path: str, key: str | None = None, **parameters: Any) -> Any:
        """What became of a command that takes something back."""
        return self._command("DELETE", service, path, key, None, parameters)

    def _command(
        self, method: str, service: str, path: str, key: str | None, body: Any, parameters: Mapping[str, Any]
    ) -> Any:
        headers = {**self._headers, "Idempotency-Key": key or uuid.uuid4().hex}
        content: dict[str, Any] = {"params": parameters}
        if body is not None:
            content["json"] = body
        return self._client.send(method, service, path, headers, **content).json()


def _problem(response: httpx.Response) -> Problem:
    """The problem in an answer; one made up where it holds none, as from a proxy or another program at this address."""
    status = response.status_code
    try:
        told = response.json()
        errors = tuple(f"{each['field']}: {each['fix']}" for each in told.get("errors", ()))
        code = str(told["type"]).rpartition(":")[2]
        return Problem(status, code, str(told["title"]), str(told["detail"]), errors, tuple(told.get("allowed", ())))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Problem(status, "", "this is no answer of a service", f"It said {response.reason_phrase or status}.")
