"""Timers on real PostgreSQL: each once, in pages, put off when they cannot be, never dropped."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta

from shared.handling import Handlers
from shared.kinds import Decision, Key, NewTimer, Timer, Working
from shared.service import Running, Service
from shared.work import Cause, new_id, utc_now
from tests.integration.core.parrot import TALLIES, parrot, says
from tests.integration.core.speaking import attributes_of, data_of, listen, needs, person, speak
from tests.waiting import until

Start = Callable[..., Awaitable[Running]]


async def set_timers(running: Running, *timers: NewTimer) -> None:
    async with running.unit([timer.subject for timer in timers]) as work:
        work.apply(Decision(timers=timers), Cause(new_id()))


async def left(running: Running) -> int:
    rows = await running.database.fetch("select count(*) from timer")
    return int(rows[0][0])


async def test_consequences_are_worked_off_in_pages_each_a_transaction_of_its_own(
    kafka: str, topics: str, running: Start
) -> None:
    service, who = await running(parrot()), person()
    await speak(kafka, topics, [needs(who, 1, "pages5")])
    await until(lambda: service.timers.counts["fired"] == 5)
    await until(lambda: all_sent(service))

    said = await listen(kafka, topics + "training")
    assert [each["skills"] for each in data_of(said)][1:] == [[f"page-{n}"] for n in (5, 4, 3, 2, 1)]
    times = [each["time"] for each in attributes_of(said)]
    assert times == sorted(set(times)), "each page has a transaction, hence a time, of its own"
    assert len({each["correlationid"] for each in attributes_of(said)}) == 1
    assert await left(service) == 0


async def all_sent(running: Running) -> bool:
    return not await running.database.fetch("select 1 from unsent limit 1")


async def test_a_thousand_due_timers_fire_once_each_also_with_two_at_work(
    topics: str, running: Start, kafka: str
) -> None:
    first = await running(parrot())
    second = await running(parrot(), url=first.settings.database_url.get_secret_value())
    people = [person() for _ in range(1000)]
    soon = utc_now() + timedelta(seconds=1)
    await set_timers(first, *[NewTimer("page", who, soon, {"left": 1}) for who in people])
    await until(lambda: first.timers.counts["fired"] + second.timers.counts["fired"] >= 1000)
    await until(lambda: all_sent(first))

    said = attributes_of(await listen(kafka, topics + "training"))
    assert sorted(each["subject"] for each in said) == sorted(people)
    assert await left(first) == 0


class Stop(Exception):
    """Raised by a timer's rule until it is told to go on."""


def stubborn(fails: dict[str, bool], waits: bool = False) -> Service:
    base, handlers = parrot(), Handlers()
    handlers.events.update(base.handlers.events)

    @handlers.timer("stubborn", waits_for_parked=waits)
    def run(working: Working, timer: Timer) -> Decision:
        if fails.get(timer.subject):
            raise Stop
        return Decision(events=(says(timer.subject, ("done",), timer.correlationid),))

    return Service(base.name, base.folder, handlers, base.kinds, base.emits, base.router)


async def test_a_failing_timer_is_put_off_and_the_others_go_on(running: Start) -> None:
    bad, good = person(), person()
    fails = {bad: True}
    service = await running(stubborn(fails))
    await set_timers(service, NewTimer("stubborn", bad, utc_now()), NewTimer("stubborn", good, utc_now()))
    await until(lambda: service.timers.counts["put_off"] >= 1)
    await until(lambda: only_left(service, bad))

    fails.clear()
    await service.database.fetch("update timer set due_at = now()")
    service.timers.wake()
    await until(lambda: nothing_left(service))
    rows = await service.database.fetch("select subject::text from ledger order by position")
    assert sorted(row[0] for row in rows) == sorted([bad, good])


async def only_left(running: Running, who: str) -> bool:
    rows = await running.database.fetch("select subject::text, attempts from timer")
    return [row["subject"] for row in rows] == [who] and rows[0]["attempts"] >= 1


async def nothing_left(running: Running) -> bool:
    return await left(running) == 0


async def test_a_timer_that_must_not_overtake_parked_events_waits_for_them(
    kafka: str, topics: str, running: Start
) -> None:
    who = person()
    service = await running(stubborn({}, waits=True))
    await speak(kafka, topics, [needs(who, 1, "fail")])
    await until(lambda: service.consumer.counts["parked"] == 1)
    before: datetime = utc_now()
    await set_timers(service, NewTimer("stubborn", who, before))
    await until(lambda: put_off_since(service, before))
    assert service.timers.counts["fired"] == 0


async def put_off_since(running: Running, before: datetime) -> bool:
    rows = await running.database.fetch("select due_at from timer")
    return bool(rows[0][0] > before + timedelta(seconds=30))


async def test_a_timer_taken_back_does_not_fire(running: Start) -> None:
    service, who = await running(parrot()), person()
    await set_timers(service, NewTimer("page", who, utc_now() + timedelta(hours=1), {"left": 1}))
    async with service.unit([who]) as work:
        work.apply(Decision(cancelled=[("page", who)]), Cause(new_id()))
    assert await left(service) == 0


async def test_a_timer_that_cannot_say_what_it_needs_is_put_off_and_the_others_go_on(running: Start) -> None:
    bad, good = person(), person()
    base, handlers = parrot(), Handlers()

    def keys(timer: Timer) -> Iterator[Key]:
        yield TALLIES(timer.data["person"])

    @handlers.timer("keyed", keys=keys)
    def run(working: Working, timer: Timer) -> Decision:
        return Decision(events=(says(timer.subject, ("done",), timer.correlationid),))

    service = await running(Service(base.name, base.folder, handlers, base.kinds, base.emits, base.router))
    now = utc_now()
    await set_timers(service, NewTimer("keyed", bad, now), NewTimer("keyed", good, now, {"person": good}))
    await until(lambda: service.timers.counts["fired"] == 1)
    await until(lambda: only_left(service, bad))
