"""What every request passes before a route sees it, as plain ASGI: its envelope, its token, its body.

Plain, because a middleware that runs the request in a task group of its own breaks the cancelling of database work.
"""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from shared.access import Verifier
from shared.exchange import EXCHANGE, Exchange, exchange_of
from shared.metrics import Instruments
from shared.problems import Faulty, respond
from shared.telemetry import describe, log

LARGEST_BODY: Final = 2_000_000
LARGEST_HEADERS: Final = 32_000
LONGEST_ADDRESS: Final = 4_000
DEEPEST_JSON: Final = 20
BODY_SECONDS: Final = 30
"""How long a body may take to arrive."""

PUBLIC: Final = frozenset({"/", "/openapi.json", "/health/live", "/health/ready", "/metrics"})
"""Addresses that need no token: none of them tells anything of a person."""

SECURITY_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
)


class Envelope:
    """The outermost: correlation in and out, limits of the head, every error as a problem, one log line."""

    def __init__(self, app: ASGIApp, names: "NamesOfSchema", instruments: Instruments) -> None:
        self.app = app
        self._names = names
        self._instruments = instruments

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        failure: Exception | None = None
        exchange = Exchange.of({})

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_about(exchange), *SECURITY_HEADERS]
            await send(message)

        try:
            _check_head(scope)
            exchange = Exchange.of(Headers(scope=scope))
        except Faulty as error:
            failure = error
        scope[EXCHANGE] = exchange
        with bound_contextvars(correlation=exchange.correlation):
            try:
                if failure is not None:
                    raise failure
                await self.app(scope, receive, sending)
            except ClientDisconnect:
                status = status or 499  # nobody is left to answer; the number is the usual one for it
            except Exception as error:
                failure = error
                if not status:
                    response = respond(error, self._names(error), f"urn:uuid:{exchange.correlation}")
                    await response(scope, receive, sending)
            route = getattr(scope.get("route"), "path_format", None) or "-"  # the template: a path holds ids
            _tell(scope["method"], route, exchange, status, failure)
            self._instruments.request(exchange, scope["method"], route, status)


class NamesOfSchema:
    """The field names of an API's own description, read from it when the first faulty request comes."""

    def __init__(self, description: Callable[[], Any]) -> None:
        """`description` gives the OpenAPI document."""
        self.description = description
        self._names: frozenset[str] | None = None

    def __call__(self, error: Exception) -> frozenset[str]:
        if not isinstance(error, RequestValidationError):
            return frozenset()
        if self._names is None:
            self._names = frozenset(_names(self.description()))
        return self._names


def _names(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*(_names(item) for item in node))
    if not isinstance(node, dict):
        return set()
    own = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    if "in" in node and isinstance(node.get("name"), str):
        own.add(node["name"])
    return own.union(*(_names(value) for value in node.values()))


def _check_head(scope: Scope) -> None:
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise Faulty("address-too-long", most=LONGEST_ADDRESS)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS:
        raise Faulty("headers-too-large", most=LARGEST_HEADERS)


def _about(exchange: Exchange) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"x-correlation-id", exchange.correlation.encode()),
        (b"traceparent", exchange.traceparent.encode()),
    )


def _tell(method: str, route: str, exchange: Exchange, status: int, failure: Exception | None) -> None:
    """One line a command; of what only reads or probes, a line where it failed on our side."""
    line: dict[str, Any] = {
        "method": method,
        "route": route,
        "action": exchange.action,
        "status": status,
        "ms": round((perf_counter() - exchange.begun) * 1e3, 1),
    }
    if exchange.replayed:
        line["replayed"] = True
    if status >= 500 and failure is not None:
        log.error("request failed", **line, reason=describe(failure), where=_where(failure))
    elif method in ("GET", "HEAD", "OPTIONS"):
        log.debug("request", **line)
    else:
        log.info("command", **line)


def _where(error: BaseException) -> str:
    """The line that raised it: file, number and function, not the text, which may hold anything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "-"
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} in {code.co_name}"


class Authentication:
    """Closed by default: whatever is not public needs a token that is believed, before a byte of its body is read."""

    def __init__(self, app: ASGIApp, verifier: Verifier) -> None:
        self.app = app
        self._verifier = verifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in PUBLIC:
            authorization = Headers(scope=scope).get("authorization")
            exchange_of(scope).principal = self._verifier.principal(authorization)
        await self.app(scope, receive, send)


class Bodies:
    """Reads a body up to a limit, and lets it through when it is JSON of bounded depth."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self.app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared[:20]) > self._largest:
            raise Faulty("too-large", most=self._largest)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._read(receive)
        except TimeoutError:
            raise Faulty("too-slow") from None
        if body:
            _check_type(headers)
            _check_json(body)
        handed = False

        async def again() -> Message:
            nonlocal handed
            if handed:
                return await receive()
            handed = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again, send)

    async def _read(self, receive: Receive) -> bytes:
        """The whole body; one sent in chunks without a length is counted as it comes."""
        chunks, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > self._largest:
                raise Faulty("too-large", most=self._largest)
            if not message.get("more_body", False):
                return b"".join(chunks)


def _check_type(headers: Headers) -> None:
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    kind = kind.strip()
    charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
    json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    if not json or charset not in ("utf-8", "utf8") or headers.get("content-encoding", "identity") != "identity":
        raise Faulty("not-json-type")


def _check_json(body: bytes) -> None:
    try:
        level = [orjson.loads(body)]
    except orjson.JSONDecodeError as error:
        raise Faulty("not-json", line=error.lineno, column=error.colno) from None
    for _ in range(DEEPEST_JSON + 1):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            break
    else:
        raise Faulty("nested-too-deep", most=DEEPEST_JSON)
    # PostgreSQL's text and jsonb cannot hold it. An escaped backslash before it makes it harmless, and is rare enough
    # to be refused as well.
    if b"\\u0000" in body:
        raise Faulty("nul-character")
