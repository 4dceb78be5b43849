"""Hard lives among the load: taken up with a name, sent to an office that keeps silent, consent taken back and given
again, moved to another centre, abroad again and back.

Each step is taken once the system shows what the one before led to, so that the clock of referrals and the end of a
consent are under way whenever a fault strikes. The clock goes by seconds here (`referral_clock.csv`).
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final

from deploy.chaos.desk import Desk
from deploy.chaos.journal import Journal, Kind, Promise
from deploy.client import Actor, Client, RequestRefused
from deploy.demo import people
from deploy.terminal import Failure

CLOCK: Final = Path(__file__).with_name("referral_clock.csv")
"""What `REINTEGRATION_REFERRAL_CLOCK` is to name in a run."""
EVERY: Final = 12
"""Of so many who come, one has a hard life."""
CENTRE, NEXT_CENTRE, COMMUNE = "pursat", "preah-vihear", "150101"
SILENT, ANSWERING = "shelter-sample-silent", "shelter-sample-answering"
AGAIN: Final = "again-1"
"""Version of the text that is agreed to after a withdrawal."""
PURPOSES: Final = ("services", "messages")
LOOK: Final = 0.5
"""Seconds between two looks at what is waited for."""
LOOKS: Final = 40
"""After so many the silent office answers itself: an outage may have made its last reminder late, and then it has a
day."""
OFFICES: Final = [
    {
        "office": office,
        "kinds": ["shelter"],
        "provinces": provinces,
        "title_en": "Shelter (sample)",
        "title_km": "ជម្រក (គំរូ)",
    }
    for office, provinces in ((SILENT, ["15"]), (ANSWERING, []))
]

Next = Callable[[], None]


class HardLives:
    """Begins one life after the other at intake's desk. `ended` tells whether the run is over, when a call may stay
    without an answer."""

    def __init__(self, client: Client, journal: Journal, desk: Desk, ended: Callable[[], bool]) -> None:
        self._client, self._journal, self._desk, self._ended = client, journal, desk, ended
        self._names: Iterator[tuple[str, str]] = cycle(people.names(2))
        self._phones: Iterator[str] = people.phones()
        self._numbers = count(1)

    def prepare(self) -> None:
        """Offer the two offices."""
        self._client.acting("operator", "operator").post("intake", "/offices", {"offices": OFFICES})

    def fresh(self) -> Next | None:
        """A new life, where it is time for one."""
        if next(self._numbers) % EVERY:
            return None
        (name_km, _), phone = next(self._names), next(self._phones)
        person = {"name_km": name_km, "phone": phone, "phone_owner": "self"}
        return lambda: self._take_up({"person": person, "case": {"commune": COMMUNE}})

    def _take_up(self, known: Mapping[str, Any]) -> None:
        ids = self._do("registration", "/persons", known)
        if ids:
            self._journal.acknowledged(Promise("registration", ids["case"], ids["person"]))
            self._soon(lambda: self._agree(ids["person"], ids["case"]))

    def _agree(self, person: str, case: str) -> None:
        said = {"purposes": PURPOSES, "given": "spoken"}
        if self._do(None, f"/persons/{person}/consents", said):
            self._soon(lambda: self._refer(person, case))

    def _refer(self, person: str, case: str) -> None:
        wanted = {"kind": "shelter", "priority": "emergency", "office": SILENT}
        ids = self._do("referral", f"/cases/{case}/referrals", wanted)
        if ids:
            self._journal.acknowledged(Promise("referral", ids["code"], person))
            self._later(lambda: self._look(person, case, ids["code"], LOOKS))

    def _look(self, person: str, case: str, code: str, looks: int) -> None:
        """Wait until the clock has sent her to the other office."""
        chain = self._lead().get("intake", f"/referrals/{code}/chain")
        last = chain[-1]
        if last["provider"] == SILENT and looks:
            self._later(lambda: self._look(person, case, code, looks - 1))
            return
        if last["provider"] == ANSWERING:
            self._journal.acknowledged(Promise("rerouting", code, person))
        self._soon(lambda: self._accept(person, case, last["provider"], last["code"]))

    def _accept(self, person: str, case: str, office: str, code: str) -> None:
        actor = self._client.acting(office, "service-provider", provider=office)
        try:
            accepted = self._do("shelter", f"/referrals/{code}/decision", {"decision": "accept"}, actor)
        except RequestRefused as refused:
            if refused.problem.code != "wrong-state":
                raise
            return  # the clock was faster, as where everybody paused for a verdict: nobody is left to ask
        if accepted:
            self._journal.acknowledged(Promise("shelter", code, person))
            self._soon(lambda: self._withdraw(person, case, list(PURPOSES)))

    def _withdraw(self, person: str, case: str, purposes: list[str]) -> None:
        """One purpose after the other."""
        purpose, *others = purposes
        path = f"/persons/{person}/consents/{purpose}"
        if self._answer(lambda key: self._lead().delete("intake", path, key), "withdrawal") is None:
            return
        if purpose == PURPOSES[0]:
            self._journal.acknowledged(Promise("withdrawal", person, person))
        following: Next = (
            (lambda: self._withdraw(person, case, others)) if others else (lambda: self._wait(person, case))
        )
        self._soon(following)

    def _wait(self, person: str, case: str) -> None:
        """Every service is to confirm, before she agrees again."""
        consents = self._lead().get("intake", f"/persons/{person}/consents")
        if all(each["ended"] and not each["ended"]["waiting"] for each in consents):
            self._soon(lambda: self._agree_again(person, case))
        else:
            self._later(lambda: self._wait(person, case))

    def _agree_again(self, person: str, case: str) -> None:
        said = {"purposes": PURPOSES, "given": "signed", "text_version": AGAIN}
        if self._do("consent", f"/persons/{person}/consents", said):
            self._journal.acknowledged(Promise("consent", person, person))
            self._soon(lambda: self._move(person, case))

    def _move(self, person: str, case: str) -> None:
        ids = self._do(None, f"/persons/{person}/transfers", {"to": NEXT_CENTRE, "reason": "moved"})
        if ids:
            self._soon(lambda: self._welcome(person, case, ids["transfer"]))

    def _welcome(self, person: str, case: str, transfer: str) -> None:
        if self._do("transfer", f"/transfers/{transfer}/decision", {"decision": "accept"}, self._lead(NEXT_CENTRE)):
            self._journal.acknowledged(Promise("transfer", transfer, person))
            self._soon(lambda: self._leave(person, case))

    def _leave(self, person: str, case: str) -> None:
        there = self._lead(NEXT_CENTRE)
        if self._do("closing", f"/cases/{case}/closing", {"reason": "re-migrated"}, there):
            self._journal.acknowledged(Promise("closing", case, person))
            self._soon(lambda: self._come_back(person))

    def _come_back(self, person: str) -> None:
        there = self._lead(NEXT_CENTRE)
        ids = self._do("registration", f"/persons/{person}/returns", {"case": {"return_kind": "voluntary"}}, there)
        if ids:
            self._journal.acknowledged(Promise("registration", ids["case"], person))

    def _lead(self, centre: str = CENTRE) -> Actor:
        return self._client.acting(f"lead-{centre}", "centre-lead", centre=centre)

    def _do(
        self, kind: Kind | None, path: str, body: Mapping[str, Any], actor: Actor | None = None
    ) -> dict[str, str] | None:
        """The ids of what was done; None where the run ended before there was an answer."""
        by = actor or self._lead()
        answer = self._answer(lambda key: by.post("intake", path, body, key), kind)
        ids: dict[str, str] | None = None if answer is None else answer["ids"]
        return ids

    def _answer(self, ask: Callable[[str], Any], kind: Kind | None) -> Any:
        try:
            return ask(uuid.uuid4().hex)
        except Failure:
            if not self._ended():
                raise
            if kind is not None:
                self._journal.unclear(kind)
            return None

    def _soon(self, step: Next) -> None:
        self._desk.later(step, 0)

    def _later(self, step: Next) -> None:
        self._desk.later(step, LOOK)
