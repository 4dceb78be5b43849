"""A pilot's files through a running system, act by act, and every count held against every other in the end."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from deploy import checking, tracing
from deploy.addresses import Addresses
from deploy.client import Client
from deploy.demo import counselling, deciding, protecting, referring, sending
from deploy.demo.evidence import Published, published
from deploy.demo.inputs import Inputs, write_inputs
from deploy.demo.journal import Journal, Sent
from deploy.demo.reconciling import Line, reconcile
from deploy.demo.world import World
from deploy.draining import Drain
from deploy.oracle import Report
from deploy.terminal import Failure
from services.__main__ import NAMES, service_named

AT_ONCE: Final = 8
"""Requests in parallel, as from so many desks."""
COMPLETIONS: Final = 400
AWAY_SECONDS: Final = 120
ROAD: Final = (
    "training.completion-recorded",
    "training.skills-recognised",
    "employment.match-proposed",
    "employment.match-accepted",
    "employment.placement-confirmed",
    "intake.referral-requested",
    "intake.referral-accepted",
)
"""From a course to a job and its insurance; the last two count for the scheme's referral only."""

T = TypeVar("T")


@dataclass
class Outcome:
    """What the demo did and found. `story`: the timeline of one person who went the whole road, `told` the messages she
    got, `road` the time of each station. `steps`: seconds by what was done."""

    journal: Journal
    lines: list[Line]
    verdict: Report
    story: dict[str, Any]
    told: list[dict[str, Any]]
    road: dict[str, datetime]
    corrected: Sent
    events: Counter[str]
    steps: dict[str, float] = field(default_factory=dict)

    @property
    def sent(self) -> list[Sent]:
        """The files, in the order in which their answers were complete."""
        return self.journal.sent

    @property
    def problems(self) -> list[str]:
        """What does not reconcile, in sentences; empty where everything does."""
        found = [
            f"{sent.file.path.name}: {sent.mistaken} rows were not answered as planned"
            for sent in self.sent
            if sent.mistaken
        ]
        found += [f"{line.name}: the sides differ by {line.difference}" for line in self.lines if line.difference]
        if not self.verdict.clean:
            found.append(f"the oracle found {', '.join(self.verdict.anomalies)}")
        if not self.verdict.drained or self.verdict.waiting:
            found.append("the oracle found events under way or parked")
        if not self.road:
            found.append("nobody went the whole road")
        return found


class Steps:
    """Does one thing after the other, tells what, and notes how long each took."""

    def __init__(self, begin: Callable[[str], None], end: Callable[[str, float], None]) -> None:
        self._begin, self._end = begin, end
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, act: Callable[[], T]) -> T:
        self._begin(name)
        begun = time.monotonic()
        result = act()
        self.seconds[name] = round(time.monotonic() - begun, 2)
        self._end(name, self.seconds[name])
        return result


def go(
    addresses: Addresses,
    inputs: Inputs,
    folder: Path,
    seed: int,
    completions: int,
    steps: Steps,
    tell: Callable[[str], None],
) -> Outcome:
    """Take the inputs through a running system. Raises Failure where a service refuses what it must not, or hangs."""
    with ExitStack() as stack:
        client = stack.enter_context(Client(addresses))
        pool = ThreadPoolExecutor(AT_ONCE)
        stack.callback(pool.shutdown, cancel_futures=True)
        drain = stack.enter_context(Drain(addresses, {name: service_named(name).topics for name in NAMES}))
        world = World(client, inputs, folder, seed, today(), pool, Journal())
        return _go(world, drain, completions, steps, tell)


def _go(world: World, drain: Drain, completions: int, steps: Steps, tell: Callable[[str], None]) -> Outcome:
    addresses, journal = world.client.addresses, world.journal

    def settle() -> None:
        drain.wait(tell)

    def seen(look: Callable[[], T]) -> T:
        return patiently(look, tell)

    steps("courses are offered", lambda: sending.offer_courses(world))
    steps("centres send forms, agencies vacancies", lambda: sending.send_files(world))
    corrected = steps("a corrected report is sent again", lambda: sending.send_corrected(world))
    sending.note_files(world)
    steps("plans, referrals, seats, messages", settle)
    steps("offices are asked, and answer", lambda: referring.refer(world))
    steps("rules propose, counsellors decide", lambda: protecting.propose(world))
    steps("counsellors' casework", lambda: counselling.counsel(world))
    steps("counsellors' days", lambda: deciding.counsel(world))
    sheets = steps("providers fetch their sheets", lambda: sending.sheets(world))
    steps("assessors recognise prior learning", lambda: deciding.assess(world, sheets))
    steps("providers send completions", lambda: sending.send_completions(world, sheets, completions))
    steps("skills, matches, messages", settle)
    proposed = [event for event in seen(lambda: published(addresses)) if event.fact == "employment.match-proposed"]
    accepted = steps("people accept and decline", lambda: deciding.choose(world, proposed))
    persons = {event.data["match"]: event.subject for event in proposed}
    steps("employers confirm", lambda: deciding.confirm(world, accepted, persons))
    steps("eligibility, new proposals, messages", settle)
    steps("the scheme's officer decides", lambda: deciding.decide(world))
    steps("the last messages", settle)

    events = steps("every event is read", lambda: seen(lambda: published(addresses)))
    journal.settle_codes(
        {event.data["code"]: event.subject for event in events if event.fact == "intake.referral-requested"}
    )
    lines = steps("counts are compared", lambda: seen(lambda: reconcile(addresses, journal, events)))
    verdict = steps("the oracle reads everything", lambda: seen(lambda: checking.check(addresses)))
    person, road = whole_road(events)
    operator = world.operator()
    story = tracing.timeline(operator, person) if person else {}
    told = operator.get("notifications", "/messages", person=person)["messages"] if person else []
    facts = Counter(event.type for event in events)
    return Outcome(journal, lines, verdict, story, told, road, corrected, facts, steps.seconds)


def patiently(look: Callable[[], T], tell: Callable[[str], None]) -> T:
    """What a look at the system shows; it is looked again while Kafka or a database is away, for two minutes."""
    end = time.monotonic() + AWAY_SECONDS
    while True:
        try:
            return look()
        except Failure as failure:
            if time.monotonic() > end:
                raise
            tell(str(failure))
        time.sleep(1)


def today() -> date:
    """The day of the files: by UTC, which no service is ahead of by a day that would make one a future date."""
    return datetime.now(UTC).date()


def prepare(folder: Path, seed: int) -> Inputs:
    """Write the files that are sent. Raises Failure where the folder cannot be written."""
    make_folder(folder)
    try:
        return write_inputs(folder, seed, today())
    except OSError as error:
        raise Failure(f"The folder {folder} cannot be written: {error.strerror}.") from None


def make_folder(folder: Path) -> None:
    """Raises Failure where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"The folder {folder} cannot be made: {error.strerror}.") from None


def whole_road(events: Sequence[Published]) -> tuple[str, dict[str, datetime]]:
    """A person who went all of it, heard of it, and has the least beside; and when she passed each station. Nobody: ''
    and nothing."""
    passed: dict[str, dict[str, datetime]] = {}
    for event in events:
        if event.fact in ROAD and (not event.fact.startswith("intake.") or event.data["kind"] == "social-protection"):
            passed.setdefault(event.subject, {}).setdefault(event.fact, event.time)
    number = Counter(event.subject for event in events)
    told = {event.subject for event in events if event.data.get("template") == "placement-confirmed"}
    whole = [
        person
        for person, stations in passed.items()
        if person in told
        and len(stations) == len(ROAD)
        and [stations[fact] for fact in ROAD] == sorted(stations.values())
    ]
    if not whole:
        return "", {}
    person = min(whole, key=lambda each: (number[each], each))
    return person, {fact: passed[person][fact] for fact in ROAD}
