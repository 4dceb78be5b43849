"""Commands and queries over HTTP, for the authors of a service's api.py.

A command is done once however often it is sent. Its `Idempotency-Key`, bound to who sent it, is inserted before
anything else in the command's own transaction, together with a keyed digest of what was asked; the answer is put
beside it before the commit. So a repeat waits for the first and gets its answer, the same key with other content is
refused (and kept where the service has a place for it), a refused command leaves its key free, and after a connection
was lost in the middle of a COMMIT the command is simply run again: either its key is there with the answer, or nothing
of it happened. No body is kept here.
"""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import asyncpg
from fastapi import Depends, Request, Response
from fastapi import Query as Parameter
from sqlalchemy.exc import DBAPIError

from shared.access import POLICY, Access, Principal, access
from shared.answers import Answer, Row
from shared.database import Connection, Rows
from shared.exchange import Exchange, exchange_of
from shared.kinds import Decision, Key, Working
from shared.problems import Faulty, is_busy, is_lost
from shared.rejections import LookAgain
from shared.service import Running
from shared.work import Cause, Work

__all__ = ["MOST_ROWS", "Answer", "Command", "CommandPermit", "DryRun", "Permit", "Query", "QueryPermit", "Row", "Unit"]

MOST_TRIES: Final = 5
MOST_ROWS: Final = 500
"""Rows that a batch command may bring."""

KEY: Final = re.compile(r"[\x21-\x7e]{8,200}")
"""What an Idempotency-Key looks like: 8 to 200 visible ASCII characters."""

DryRun = Annotated[bool, Parameter(description="check every row, keep nothing")]
"""A batch command's parameter: hand it to `Command.run` as `rehearse`."""

CLAIM = """
insert into command (principal, key, digest, recorded_at) values ($1, $2, $3, $4) on conflict do nothing
returning true
"""
FIRST = "select digest, status, answer::text from command where principal = $1 and key = $2"
ANSWERED = "update command set status = $3, answer = $4::text::jsonb where principal = $1 and key = $2"


class Permit:
    """A route's action: a dependency that lets a principal through whose roles the policy allows it."""

    def __init__(self, action: str) -> None:
        if action not in POLICY:
            raise ValueError(f"{action} is not declared: add it to the service's `allow`")
        self.action = action

    def admit(self, request: Request) -> Access:
        """How far whoever asks may go. Raises Forbidden."""
        exchange = exchange_of(request.scope)
        exchange.action = self.action
        if exchange.principal is None:
            raise Faulty("token-missing")
        return access(exchange.principal, self.action)


class QueryPermit(Permit):
    """The dependency that makes a query."""

    async def __call__(self, request: Request) -> "Query":
        allowed = self.admit(request)
        return Query(request.app.state.running, exchange_of(request.scope), allowed)


class CommandPermit(Permit):
    """The dependency that makes a command."""

    async def __call__(self, request: Request, response: Response) -> "Command":
        allowed = self.admit(request)
        key = request.headers.get("idempotency-key", "")
        if not KEY.fullmatch(key):
            raise Faulty("idempotency-key")
        return Command(request.app.state.running, request, response, allowed, key, await request.body())


class Asked:
    """What queries and commands have in common: who asks, and how far she reaches."""

    def __init__(self, running: Running, exchange: Exchange, allowed: Access) -> None:
        self.running = running
        self.access = allowed
        self.correlation = exchange.correlation

    @property
    def principal(self) -> Principal:
        return self.access.principal


class Query(Asked):
    """A request that only reads.

    Written `query: Annotated[Query, Query.of("intake.read-case")]`; `query.access` limits what is shown.
    """

    @staticmethod
    def of(action: str) -> Any:
        """What a query of this action is made by."""
        return Depends(QueryPermit(action))

    async def fetch(self, sql: str, *parameters: Any) -> Rows:
        """Rows of one statement."""
        return await self.running.database.fetch(sql, *parameters)


class Unit:
    """One run of a command: look up through `connection`, hold what is concerned, decide, apply."""

    def __init__(self, work: Work, cause: Cause) -> None:
        self._work = work
        self.cause = cause
        self._holding = False
        self.connection: Connection = work.connection
        self.working: Working = work.working

    async def hold(self, subjects: Collection[str], keys: Iterable[Key] = (), minted: Collection[str] = ()) -> Working:
        """Lock these subjects, then lock and load these aggregates; once a unit. `minted`: new ids of this command's
        own making, whose subjects nobody else can hold. What was looked up before may be stale by now: compare it with
        what is held, and raise LookAgain where it is."""
        if self._holding:
            raise RuntimeError("a unit of work holds what it needs once, so that none waits for another in a circle")
        self._holding = True
        await self._work.lock(subjects, minted)
        await self._work.load(keys)
        return self.working

    def apply(self, decision: Decision, cause: Cause | None = None) -> list[str]:
        """Take a decision, whole; returns the ids of its events. See `Work.apply`.

        `cause`: another than the command's own, in a unit that does several things that have nothing to do with each
        other.
        """
        return self._work.apply(decision, cause or self.cause)


class Command(Asked):
    """A request that changes something, done once for each principal and key.

    Written `command: Annotated[Command, Command.of("intake.withdraw-referral")]`.
    """

    def __init__(
        self, running: Running, request: Request, response: Response, allowed: Access, key: str, body: bytes
    ) -> None:
        exchange = exchange_of(request.scope)
        super().__init__(running, exchange, allowed)
        self._exchange = exchange
        self._response = response
        self.owner = (allowed.principal.subject, key)
        self.device_at = _device_time(request.headers.get("device-time"))
        self.method, self.path, self.body = request.method, request.scope["path"], body
        self.digest = _digest(running.settings.digest_key.get_secret_value(), request, body)
        self.status = getattr(request.scope.get("route"), "status_code", None) or 200
        self.cause = Cause(exchange.correlation, None, exchange.traceparent)

    @staticmethod
    def of(action: str) -> Any:
        """What a command of this action is made by."""
        return Depends(CommandPermit(action))

    def answer_with(self, status: int) -> None:
        """The HTTP status of the answer, kept with it; the route's own unless `act` says so."""
        self.status = self._response.status_code = status

    async def decide(
        self, subjects: Collection[str], keys: Iterable[Key], decide: Callable[[Working], tuple[Decision, Answer]]
    ) -> Answer:
        """Run a command whose subjects and aggregates are known beforehand."""
        wanted = tuple(keys)

        async def act(unit: Unit) -> Answer:
            decision, answer = decide(await unit.hold(subjects, wanted))
            unit.apply(decision)
            return answer

        return await self.run(act)

    async def run(
        self, act: Callable[[Unit], Awaitable[Answer]], rehearse: bool = False, again: bool = False
    ) -> Answer:
        """Run `act` in a unit of work and keep its answer, or give the answer that the key already has.

        With `rehearse` nothing is kept, not even the key: the answer says what would happen now. `again`: this request
        was tried before, so that an answer which is there may be its own.

        Whatever `act` raises rolls everything back. It is run again, so it must do nothing but through its unit: after
        LookAgain, after a deadlock, after another command inserted the same key of a table, and, once, after the
        connection was lost, be it in the middle of the COMMIT.
        """
        losses = 0
        for attempt in range(MOST_TRIES):
            try:
                return await self._once(act, again or attempt > 0, rehearse)
            except LookAgain:
                continue
            except _Rehearsed as done:
                return done.answer
            except _Reused:
                raise Faulty("key-reused", {} if rehearse else await self._kept_reused()) from None
            except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, OSError) as error:
                losses += is_lost(error)
                if losses > 1 or not (is_lost(error) or _worth_repeating(error)):
                    raise
        raise Faulty("busy")

    async def _once(self, act: Callable[[Unit], Awaitable[Answer]], repeat: bool, rehearse: bool) -> Answer:
        async with self.running.unit(()) as work:
            # Waits for whoever is at the same key right now, and goes on once that transaction has ended.
            if await work.connection.fetchval(CLAIM, *self.owner, self.digest, work.working.now) is None:
                return await self._first(work.connection, repeat)
            answer = await act(Unit(work, self.cause))
            note = self.running.service.device_times
            if note is not None and self.device_at is not None and work.recorded.ids:
                await note(work.connection, dict.fromkeys(work.recorded.ids, self.device_at))
            if rehearse:
                raise _Rehearsed(answer)
            kept = answer.model_dump_json(exclude_defaults=True)
            await work.connection.execute(ANSWERED, *self.owner, self.status, kept)
        return answer

    async def _first(self, connection: Connection, repeat: bool) -> Answer:
        row = await connection.fetchrow(FIRST, *self.owner)
        if row is None:
            raise LookAgain
        if not hmac.compare_digest(row[0], self.digest):
            raise _Reused
        if not repeat:
            self._exchange.replayed = True
            self._response.headers["Idempotency-Replayed"] = "true"
        self._response.status_code = row[1]
        return Answer.model_validate_json(row[2])

    async def _kept_reused(self) -> dict[str, str]:
        """Let the service keep what came with a used key, in a transaction of its own; headers that say where."""
        keep = self.running.service.reused
        if keep is None:
            return {}
        async with self.running.unit(()) as work:
            shown = await keep(self, work)
        return {} if shown is None else {"Location": shown}


class _Reused(Exception):
    """The key has the answer to something else."""


class _Rehearsed(Exception):
    """Rolls a unit of work back whose answer was all that was wanted; new ids are left out, since nothing has them."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        rows = [row.model_copy(update={"ids": {}}) if row.status == "accepted" else row for row in answer.rows]
        self.answer = Answer(status="checked", rows=rows)


def _device_time(told: str | None) -> datetime | None:
    """When the device says that it was written down; raises Faulty for what is no time with a time zone."""
    if told is None:
        return None
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 2000 <= at.year <= 2100:
        raise Faulty("bad-device-time")
    return at.astimezone(UTC)


def _digest(secret: str, request: Request, body: bytes) -> bytes:
    """HMAC-SHA256 of what is asked: keyed, so that nobody who reads the table can try out bodies."""
    scope = request.scope
    asked = b"%s\n%s?%s\n" % (scope["method"].encode(), scope["path"].encode(), scope["query_string"])
    return hmac.new(secret.encode(), asked + body, hashlib.sha256).digest()


def _worth_repeating(error: BaseException) -> bool:
    """A deadlock or serialization failure, or a row that another transaction inserted meanwhile (23505)."""
    state = getattr(error, "sqlstate", None)
    return (is_busy(error) and state != "55P03") or state == "23505"
