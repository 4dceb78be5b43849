"""A desk by itself: whoever waits at one stalls nobody at another, and a pause waits for calls that are open."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import pytest

from deploy.chaos import people
from deploy.chaos.desk import Desk, Step

HANG_SECONDS = 30
FAST = 10_000


def nothing() -> Step | None:
    return None


@contextmanager
def at_work(fresh: Callable[[], Step | None] = nothing, clients: int = 2) -> Iterator[Desk]:
    desk = Desk("office", clients, FAST, fresh)
    desk.open()
    try:
        desk.resume()
        yield desk
    finally:
        desk.close()
        desk.await_gone()


def test_a_service_that_does_not_answer_stalls_only_its_own_calls() -> None:
    answered, many = threading.Event(), threading.Semaphore(0)

    def wait() -> None:
        answered.wait(HANG_SECONDS)

    with at_work(lambda: wait) as paused, at_work(lambda: many.release):
        try:
            assert all(many.acquire(timeout=HANG_SECONDS) for _ in range(100))
        finally:
            answered.set()
        paused.pause()
        paused.await_quiet()
        paused.check()


def test_a_pause_waits_for_the_call_that_is_open_and_begins_none() -> None:
    begun, answered, quiet = threading.Event(), threading.Event(), threading.Event()
    done: list[str] = []

    def call() -> None:
        begun.set()
        answered.wait(HANG_SECONDS)
        done.append("answered")

    def wait() -> None:
        desk.await_quiet()
        quiet.set()

    with at_work() as desk:
        desk.later(call, 0)
        assert begun.wait(HANG_SECONDS)
        desk.pause()
        desk.later(lambda: done.append("begun in the pause"), 0)
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not quiet.is_set()
        answered.set()
        assert quiet.wait(HANG_SECONDS)
        waiting.join()
        assert done == ["answered"]


def test_what_was_begun_goes_on_before_anything_new_begins() -> None:
    order: list[str] = []
    over = threading.Event()

    def begin() -> None:
        order.append("new")
        over.set()

    def new() -> Step | None:
        return None if over.is_set() else begin

    desk = Desk("office", 1, FAST, new)
    for number in range(3):
        desk.later(lambda number=number: order.append(str(number)), -3 + number)  # type: ignore[misc]
    desk.open()
    desk.resume()
    assert over.wait(HANG_SECONDS)
    desk.close()
    desk.await_gone()
    assert order == ["0", "1", "2", "new"]


def test_what_a_client_fails_with_is_raised_to_who_pauses() -> None:
    def refuse() -> None:
        raise ValueError("refused")

    with at_work(clients=1) as desk:
        desk.later(refuse, 0)
        desk._at_work[0].exception(HANG_SECONDS)
        desk.await_quiet()
        with pytest.raises(ValueError, match="refused"):
            desk.check()


def test_a_seed_sends_the_same_forms_and_vacancies_whoever_is_faster() -> None:
    first, second = (list(islice(people.registrations(random.Random("3/forms")), 30)) for _ in range(2))
    assert first == second
    assert first != list(islice(people.registrations(random.Random("4/forms")), 30))
    assert len({form["phone"] for _, form in first}) == 30
    assert {course["course"] for course in people.catalogue()} >= {"sewing-sample-1", "sewing-sample-8"}
