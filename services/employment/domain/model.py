"""What employment knows, as aggregates: the fields of each are the columns of its table, the first one its key."""

import uuid
from datetime import date, datetime
from typing import NamedTuple

NAMESPACE = uuid.UUID("6a1f0e0c-3b43-4c8f-9c53-5a0f9d0c7e21")
"""Drawn once at random; never changed, since ids of vacancies and matches are made from it."""

PROPOSED, ACCEPTED, DECLINED, PLACED = "proposed", "accepted", "declined", "placed"
"""The states of a match. A match is proposed once, whatever became of it."""


def vacancy_id(employer: str, vacancy_no: str) -> str:
    """The vacancy's id: an employer's number names the same vacancy however often its row is sent."""
    return str(uuid.uuid5(NAMESPACE, f"vacancy {employer} {vacancy_no}"))


def match_id(person: str, vacancy: str) -> str:
    """The match's id: there is one match of a person and a vacancy, whoever of the two it was found from."""
    return str(uuid.uuid5(NAMESPACE, f"match {person} {vacancy}"))


class Seeker(NamedTuple):
    """A person as employment knows her, built from events; a blank row is made for whoever is first heard of.

    `cases` are her open cases, the latest last, `centres` all that registered her. `skills` are recognised, over all
    cases. `limits` are the kinds of work she does not want, as registered, `assessed` those found by the latest
    assessment. `consent` is that for employment, until `consent_until` where it ends by itself. `seeking` is false once
    her referral to the employment service was taken back. `accepted` is the match that waits for its employer, `placed`
    whether one has confirmed.

    Nothing here tells her sex, age, ethnicity or card: what is not kept cannot raise or lower a score.
    """

    person: str
    cases: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    commune: str | None = None
    occupation: str | None = None
    skills: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    assessed: tuple[str, ...] = ()
    consent: bool = False
    consent_until: date | None = None
    referral: str | None = None
    seeking: bool = True
    accepted: str | None = None
    placed: bool = False

    @property
    def wishes(self) -> tuple[str, ...]:
        """The kinds of work she does not want, each once, in one order."""
        return tuple(sorted({*self.limits, *self.assessed}))


class Vacancy(NamedTuple):
    """A vacancy of an employer; `taken` counts the seats promised or filled, never more than `seats`.

    `skills` are those that the work needs. `closes` is the last day, `wage_usd` US dollars a month.
    """

    vacancy: str
    employer: str
    vacancy_no: str
    occupation: str
    skills: tuple[str, ...]
    commune: str
    seats: int
    taken: int
    wage_usd: int | None
    closes: date | None
    opened_at: datetime

    @property
    def free(self) -> int:
        return self.seats - self.taken

    def is_closed(self, today: date) -> bool:
        return self.closes is not None and self.closes < today


class Match(NamedTuple):
    """A person and a vacancy that were found to fit, with the score and its parts as they were proposed.

    State: `proposed`, `accepted` (a seat is held, the employer is to confirm), `declined`, `placed`.
    """

    match: str
    person: str
    vacancy: str
    caseid: str | None
    state: str
    score: int
    parts: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    rules: str
    proposed_at: datetime
    reason: str | None = None
    starts: date | None = None
    engagement: str | None = None
