"""Commands of one kind that come at the same time, done in one transaction.

A transaction costs the same whether it does one thing or thirty, so those that come while others are under way wait
for them and are done together: alone where there is little to do, in groups where there is much. Each keeps its own
key, its own answer and its own correlation. Where anything goes wrong with a group, nothing of it has happened, and
each of it is run by itself, as a command is that was never gathered.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Final, Generic, NamedTuple, TypeVar

from shared.commands import Answer, Command, Unit
from shared.work import Cause

MOST: Final = 64
"""Commands that one transaction takes up."""
AT_ONCE: Final = 2
"""Transactions of a gathering under way: while one waits for its commit, the next one fills."""

CLAIM: Final = """
insert into command (principal, key, digest, recorded_at)
select principal, key, digest, $4 from unnest($1::text[], $2::text[], $3::bytea[]) as new (principal, key, digest)
on conflict do nothing returning principal, key
"""
ANSWERED: Final = """
update command set status = new.status, answer = new.answer::jsonb
from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as new (principal, key, status, answer)
where command.principal = new.principal and command.key = new.key
"""

T = TypeVar("T")


class Gathered(NamedTuple, Generic[T]):
    """What one command of a group brings, and what its decisions follow from."""

    brought: T
    cause: Cause


Act = Callable[[Unit, Sequence[Gathered[T]]], Awaitable[list[Answer]]]
"""Does what a group brings in one unit of work, and returns an answer for each, in their order. It raises only what
concerns them all."""


class _Waiting(NamedTuple, Generic[T]):
    command: Command
    gathered: Gathered[T]
    answer: "asyncio.Future[Answer]"


class Gathering(Generic[T]):
    """The commands of one kind that a running service has to do."""

    def __init__(self, act: Act[T]) -> None:
        self._act = act
        self._waiting: deque[_Waiting[T]] = deque()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, command: Command, brought: T) -> Answer:
        """See `run` of this module."""
        waiting = _Waiting(command, Gathered(brought, command.cause), asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if len(self._under_way) < AT_ONCE:
            # In a context of its own: what it logs belongs to none of the requests more than to the others.
            task = asyncio.create_task(self._work(), name="gathered", context=Context())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return await waiting.answer

    async def _work(self) -> None:
        while group := self._group():
            alone, again = (group, False) if len(group) == 1 else await self._together(group)
            await asyncio.gather(*(self._alone(each, again) for each in alone))

    def _group(self) -> list[_Waiting[T]]:
        """The next to be done; the same key twice is not, since the second is to see what the first was answered."""
        owners: set[tuple[str, str]] = set()
        group: list[_Waiting[T]] = []
        later: list[_Waiting[T]] = []
        while self._waiting and len(group) < MOST:
            waiting = self._waiting.popleft()
            (later if waiting.command.owner in owners else group).append(waiting)
            owners.add(waiting.command.owner)
        self._waiting.extendleft(reversed(later))
        return group

    async def _together(self, group: list[_Waiting[T]]) -> tuple[list[_Waiting[T]], bool]:
        """Do a group; returns those that are to be run by themselves: whose key is known already, or all of them, told
        by True, where the transaction failed."""
        # Sorted, so that two transactions with the same keys wait for each other instead of locking each other out.
        by_owner = {each.command.owner: each for each in sorted(group, key=lambda each: each.command.owner)}
        try:
            claimed, answers = await self._try(by_owner)
        except Exception:
            # What it was is told when it happens again to one alone; what was of the group only has no more to say.
            return group, True
        for owner, answer in zip(claimed, answers, strict=True):
            _settle(by_owner.pop(owner).answer, answer)
        return list(by_owner.values()), False

    async def _try(self, by_owner: dict[tuple[str, str], _Waiting[T]]) -> tuple[list[tuple[str, str]], list[Answer]]:
        running = next(iter(by_owner.values())).command.running
        async with running.unit(()) as work:
            principals, keys = zip(*by_owner, strict=True)
            digests = [each.command.digest for each in by_owner.values()]
            rows = await work.connection.fetch(CLAIM, principals, keys, digests, work.working.now)
            claimed = [(row[0], row[1]) for row in rows]
            if not claimed:
                return [], []
            group = [by_owner[owner] for owner in claimed]
            unit = Unit(work, group[0].gathered.cause)
            answers = await self._act(unit, [each.gathered for each in group])
            await work.connection.execute(
                ANSWERED,
                *zip(*claimed, strict=True),
                [each.command.status for each in group],
                [answer.model_dump_json(exclude_defaults=True) for answer in answers],
            )
        return claimed, answers

    async def _alone(self, waiting: _Waiting[T], again: bool) -> None:
        async def act(unit: Unit) -> Answer:
            (answer,) = await self._act(unit, [waiting.gathered])
            return answer

        try:
            answer = await waiting.command.run(act, again=again)
        except BaseException as failure:
            if not waiting.answer.done():
                waiting.answer.set_exception(failure)
            if not isinstance(failure, Exception):
                raise
        else:
            _settle(waiting.answer, answer)


async def run(command: Command, act: Act[T], brought: T) -> Answer:
    """Have a command done together with those of the same `act` that come at the same time; its answer. Raises what
    running it alone raises."""
    gathering: Gathering[T] = command.running.gatherings.setdefault(act, Gathering(act))
    return await gathering.run(command, brought)


def _settle(future: "asyncio.Future[Answer]", answer: Answer) -> None:
    """Whoever waited may have gone."""
    if not future.done():
        future.set_result(answer)
