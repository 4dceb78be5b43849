"""Steady load through the public API, as offices make it: forms, vacancies, completions, decisions on referrals.

Each service has clients of its own: one that is away stalls its own calls only. A client whose answer is unclear sends
the same call with the same Idempotency-Key again, for as long as the run lasts; only what was answered for good is a
promise.
"""

import random
import uuid
from collections.abc import Mapping
from typing import Any, Final

from deploy.addresses import Addresses
from deploy.chaos import people
from deploy.chaos.desk import Desk, Step
from deploy.chaos.hard_lives import HardLives
from deploy.chaos.journal import Journal, Kind, Promise
from deploy.client import Actor, Client
from deploy.terminal import Failure

SHARES: Final = {"intake": 0.6, "training": 0.2, "employment": 0.2}
"""Of all calls, by the service that is asked. A person is registered, looked up and decided on twice at intake, to one
completion; vacancies are opened beside."""
LONG_SHARES: Final = {"intake": 0.73, "training": 0.25, "employment": 0.02}
"""Of a load that goes on for long: as in the country, there are far fewer vacancies than people to be told of them."""
CLIENTS: Final = {"intake": 6, "training": 3, "employment": 3}
PATIENCE: Final = 600.0
"""Seconds for which a call is repeated: longer than any outage here."""
LATER: Final = 0.5
"""Seconds until a step that has nothing to work on yet is tried again."""


class Load:
    """Offices at work, `rate` calls a second as far as the system takes them. `pause` returns once no call is open.

    The seed decides what is sent: the n-th form and the n-th vacancy of two runs are the same. Of the persons who come,
    some have hard lives (`hard_lives.py`).
    """

    def __init__(
        self, addresses: Addresses, journal: Journal, seed: int, rate: float, shares: Mapping[str, float] = SHARES
    ) -> None:
        self._client = Client(addresses, patience=PATIENCE)
        self._journal = journal
        self._forms = people.registrations(random.Random(f"{seed}/forms"))  # noqa: S311 - chance that a seed replays
        self._vacancies = people.vacancies(random.Random(f"{seed}/vacancies"))  # noqa: S311
        self._ended = False
        self._shares = shares
        fresh = {"intake": self._new_form, "training": self._nothing, "employment": self._new_vacancy}
        self._desks = {name: Desk(name, CLIENTS[name], share * rate, fresh[name]) for name, share in shares.items()}
        self._lives = HardLives(self._client, journal, self._desks["intake"], lambda: self._ended)

    def prepare(self) -> None:
        """Offer the courses that everybody is sent to, and open the desks."""
        operator = self._client.acting("operator", "operator")
        operator.post("training", "/courses", {"courses": people.catalogue()})
        operator.post("intake", "/offers", {"offers": people.catalogue()})
        self._lives.prepare()
        for desk in self._desks.values():
            desk.open()

    def pace(self, rate: float) -> None:
        """Another number of calls a second from now on."""
        for name, share in self._shares.items():
            self._desks[name].pace(share * rate)

    def resume(self) -> None:
        for desk in self._desks.values():
            desk.resume()

    def pause(self) -> None:
        """Make no new call, and return when every one that is open has its answer. Raises what a client failed with."""
        for desk in self._desks.values():
            desk.pause()
        for desk in self._desks.values():
            desk.await_quiet()
        self.check()

    def check(self) -> None:
        """Raise what a client failed with: a refusal is a mistake of the load or of the system, and never passed
        over."""
        for desk in self._desks.values():
            desk.check()

    def end(self) -> None:
        """Let everybody go home."""
        self._ended = True
        self._client.patience = 0
        for desk in self._desks.values():
            desk.close()
        for desk in self._desks.values():
            desk.await_gone()

    def _nothing(self) -> Step | None:
        return None

    def _new_form(self) -> Step:
        if life := self._lives.fresh():
            return life
        centre, form = next(self._forms)
        return lambda: self._register(centre, form)

    def _new_vacancy(self) -> Step:
        row = next(self._vacancies)
        return lambda: self._open_vacancy(row)

    def _register(self, centre: str, form: dict[str, str]) -> None:
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        ids = self._row(actor, "registration", "intake", "/registrations", form)
        if ids:
            self._journal.acknowledged(Promise("registration", ids["case"], ids["person"]))
            self._desks["intake"].later(lambda: self._refer(centre, ids["case"], ids["person"]), LATER)

    def _refer(self, centre: str, case: str, person: str) -> None:
        """The person carries her codes to the offices."""
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        referrals = {each["kind"]: each for each in actor.get("intake", f"/cases/{case}")["referrals"]}
        if "course" not in referrals or "legal-assistance" not in referrals:
            self._desks["intake"].later(lambda: self._refer(centre, case, person), LATER)
            return
        course, legal = referrals["course"], referrals["legal-assistance"]
        self._desks["training"].later(lambda: self._complete(course["code"], course["course"], person), 0)
        self._desks["intake"].later(lambda: self._decide(centre, legal["code"], person, "accept"), 0)

    def _complete(self, code: str, course: str, person: str) -> None:
        actor = self._client.acting(people.PROVIDER, "training-provider", provider=people.PROVIDER)
        if self._row(actor, "completion", "training", "/completions", people.completion(code, course)) is not None:
            self._journal.acknowledged(Promise("completion", code, person))

    def _decide(self, centre: str, code: str, person: str, decision: str) -> None:
        actor = self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)
        kind: Kind = "acceptance" if decision == "accept" else "outcome"
        if self._command(actor, kind, "intake", f"/referrals/{code}/decision", {"decision": decision}) is None:
            return
        self._journal.acknowledged(Promise(kind, code, person))
        if decision == "accept":
            self._desks["intake"].later(lambda: self._decide(centre, code, person, "complete"), LATER)

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
