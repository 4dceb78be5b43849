"""Steady load through the public API, as offices make it: forms, vacancies, completions, decisions on referrals.

A client whose answer is unclear sends the same call with the same Idempotency-Key again, for as long as the run lasts;
only what was answered for good is a promise.
"""

import random
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from deploy.addresses import Addresses
from deploy.chaos import people
from deploy.chaos.journal import Journal, Kind, Promise
from deploy.client import Actor, Client
from deploy.terminal import Failure

WORKERS: Final = 8
PATIENCE: Final = 600.0
"""Seconds for which a call is repeated: longer than any outage here."""
LATER: Final = 0.5
"""Seconds until a step that has nothing to work on yet is tried again."""
VACANCIES: Final = 0.25
"""Of a vacancy to one registration."""


class Load:
    """Desks at work, `rate` calls a second as far as the system takes them. `pause` returns once no call is open."""

    def __init__(self, addresses: Addresses, journal: Journal, seed: int, rate: float) -> None:
        dice = random.Random(f"{seed}/load")  # noqa: S311 - chance that a seed replays
        self._client = Client(addresses, patience=PATIENCE)
        self._journal = journal
        self._dice = dice
        self._pace = 1 / rate
        self._forms, self._vacancies = people.registrations(dice), people.vacancies(dice)
        self._steps: deque[tuple[float, Callable[[], None]]] = deque()
        self._lock = threading.Lock()
        self._next = 0.0
        self._going, self._ended = threading.Event(), False
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="desk")
        self._open = 0
        self._quiet = threading.Condition(self._lock)
        self._desks: list[Future[None]] = []

    def prepare(self) -> None:
        """Offer the course that everybody is sent to."""
        operator = self._client.acting("operator", "operator")
        operator.post("training", "/courses", {"courses": people.catalogue()})
        operator.post("intake", "/offers", {"offers": people.catalogue()})
        self._desks = [self._pool.submit(self._work) for _ in range(WORKERS)]

    def resume(self) -> None:
        self._going.set()

    def pause(self) -> None:
        """Make no new call, and return when every one that is open has its answer. Raises what a desk failed with."""
        self._going.clear()
        with self._quiet:
            self._quiet.wait_for(lambda: self._open == 0 or any(desk.done() for desk in self._desks))
        self.check()

    def check(self) -> None:
        """Raise what a desk failed with: a refusal is a mistake of the load or of the system, and never passed over."""
        for desk in self._desks:
            if desk.done():
                desk.result()

    def end(self) -> None:
        """Let the desks go home."""
        self._ended = True
        self._going.set()
        self._client.patience = 0
        self._pool.shutdown()

    def _work(self) -> None:
        while not self._ended:
            self._going.wait()
            step = self._take()
            if step is None:
                time.sleep(0.02)
                continue
            try:
                step()
            finally:
                with self._quiet:
                    self._open -= 1
                    self._quiet.notify_all()

    def _take(self) -> Callable[[], None] | None:
        """The next step, when it is time for one."""
        with self._lock:
            now = time.monotonic()
            if self._ended or not self._going.is_set() or now < self._next:
                return None
            self._next = max(self._next, now - 1) + self._pace
            self._open += 1
            if self._steps and self._steps[0][0] <= now:
                return self._steps.popleft()[1]
            if self._dice.random() < VACANCIES:
                row = next(self._vacancies)
                return lambda: self._open_vacancy(row)
            centre, form = next(self._forms)
            return lambda: self._register(centre, form)

    def _later(self, step: Callable[[], None], seconds: float = LATER) -> None:
        with self._lock:
            self._steps.append((time.monotonic() + seconds, step))

    def _register(self, centre: str, form: dict[str, str]) -> None:
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        ids = self._row(actor, "registration", "intake", "/registrations", form)
        if ids:
            self._journal.acknowledged(Promise("registration", ids["case"], ids["person"]))
            self._later(lambda: self._refer(centre, ids["case"], ids["person"]))

    def _refer(self, centre: str, case: str, person: str) -> None:
        """The person carries her codes to the offices."""
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        referrals = {each["kind"]: each["code"] for each in actor.get("intake", f"/cases/{case}")["referrals"]}
        if "course" not in referrals or "legal-assistance" not in referrals:
            self._later(lambda: self._refer(centre, case, person))
            return
        self._later(lambda: self._complete(referrals["course"], person), 0)
        self._later(lambda: self._decide(centre, referrals["legal-assistance"], person, "accept"), 0)

    def _complete(self, code: str, person: str) -> None:
        actor = self._client.acting(people.PROVIDER, "training-provider", provider=people.PROVIDER)
        if self._row(actor, "completion", "training", "/completions", people.completion(code)) is not None:
            self._journal.acknowledged(Promise("completion", code, person))

    def _decide(self, centre: str, code: str, person: str, decision: str) -> None:
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        kind: Kind = "acceptance" if decision == "accept" else "outcome"
        if self._command(actor, kind, "intake", f"/referrals/{code}/decision", {"decision": decision}) is None:
            return
        self._journal.acknowledged(Promise(kind, code, person))
        if decision == "accept":
            self._later(lambda: self._decide(centre, code, person, "complete"))

    def _open_vacancy(self, row: dict[str, str]) -> None:
        actor = self._client.acting("officer", "employment-officer")
        ids = self._row(actor, "vacancy", "employment", "/vacancies", row)
        if ids:
            self._journal.acknowledged(Promise("vacancy", ids["vacancy"], ids["vacancy"]))

    def _row(self, actor: Actor, kind: Kind, service: str, path: str, fields: dict[str, str]) -> dict[str, str] | None:
        """The ids of a row that was taken. Raises Failure where it was refused: every row here is right."""
        answer = self._command(actor, kind, service, path, {"rows": [{"line": 2, "fields": fields}]})
        if answer is None:
            return None
        row = answer["rows"][0]
        if row["status"] not in ("accepted", "waiting"):
            raise Failure(f"{service} answered a {kind} with {row['status']}: {row['faults']}")
        ids: dict[str, str] = row["ids"]
        return ids

    def _command(self, actor: Actor, kind: Kind, service: str, path: str, body: Any) -> Any:
        """The answer; None where the run ended before there was one."""
        try:
            return actor.post(service, path, body, uuid.uuid4().hex)
        except Failure:
            if not self._ended:
                raise
            self._journal.unclear(kind)
            return None
