"""Conflicts that nobody decided in time."""

from collections.abc import Iterator, Sequence

from services.intake import sealed
from services.intake.domain import conflicts
from services.intake.handlers.noting import HANDLERS
from services.intake.storage import CONFLICTS
from shared.database import Connection
from shared.kinds import Decision, Key, Timer, Working


def _conflict(timer: Timer) -> Iterator[Key]:
    yield CONFLICTS(timer.data["conflict"])


async def _forget(connection: Connection, timers: Sequence[Timer], _: Working) -> None:
    """What stood in them is taken away in the transaction in which they expire."""
    await sealed.forget(connection, "conflict", [timer.data["conflict"] for timer in timers])


@HANDLERS.timer(conflicts.EXPIRES, keys=_conflict, look_up=_forget)
def expire_conflict(working: Working, timer: Timer) -> Decision:
    """Nothing where somebody decided meanwhile."""
    return conflicts.expire(working.get(CONFLICTS, timer.data["conflict"]), working.now)
