"""A loop ends when it is told to, whatever became of it."""

import asyncio

from shared.loop import Loop


class Dying(Loop):
    """Fails, and fails again at putting that right."""

    name, batch, poll_seconds = "dying", 1, 0.01

    async def step(self) -> int:
        raise RuntimeError("a failure")

    async def recover(self) -> None:
        raise RuntimeError("another")


class Stuck(Loop):
    """Is at one step for ever."""

    name, batch, poll_seconds, drain_seconds = "stuck", 1, 0.01, 0.05

    def __init__(self) -> None:
        super().__init__()
        self.left = False

    async def step(self) -> int:
        try:
            await asyncio.Event().wait()
        finally:
            self.left = True
        return 0


async def test_a_loop_that_died_does_not_keep_the_others_from_ending() -> None:
    loop = Dying()
    loop.start()
    while loop.running:
        await asyncio.sleep(0)
    await loop.stop()
    assert loop.failure == "RuntimeError"


async def test_a_step_that_does_not_end_is_left_when_its_time_is_over() -> None:
    loop = Stuck()
    loop.start()
    await asyncio.sleep(0)
    await loop.stop()
    assert loop.left
    assert not loop.running


async def test_a_loop_that_was_never_started_ends_at_once() -> None:
    await Stuck().stop()
